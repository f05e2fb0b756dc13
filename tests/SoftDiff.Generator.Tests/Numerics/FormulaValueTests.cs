using System.Numerics;
using System.Reflection;
using SoftDiff.Generator.Frontend.Numerics;

namespace SoftDiff.Generator.Tests.Numerics;

/// <summary>The formulas compute what the framework computes.</summary>
public class FormulaValueTests
{
    /// <summary>
    /// Sums in another order, and the estimates of the framework, differ in the last bits: relative to the largest number of a result, and to its
    /// square in an inverse, which is large if the matrix is almost singular.
    /// </summary>
    private const double FloatTolerance = 4e-6;

    private const double DoubleTolerance = 1e-13;

    public static TheoryData<string> Members => new(NumericMembers.Types.SelectMany(NumericMembers.Of)
        .Where(member => NumericMembers.Formula(member) is not null && !TakesSpans(member)).Select(NumericMembers.NameOf).Distinct());

    private static bool TakesSpans(MethodBase member) => member.GetParameters().Any(p => p.ParameterType.IsByRefLike);

    [Theory]
    [MemberData(nameof(Members))]
    public void TheFormulaHasTheValueOfTheMember(string name)
    {
        var member = NumericMembers.Types.SelectMany(NumericMembers.Of).Single(m => NumericMembers.NameOf(m) == name);
        var formula = NumericMembers.Formula(member)!;
        var random = new Random(20261130);
        for (var trial = 0; trial < 200; trial++)
        {
            var numbers = new Numbers(random, trial % 3 == 0);
            var (expected, actual) = (Run(member, numbers), Run(formula, numbers));
            Assert.True(Agree(expected, actual, name.Contains("Invert") || name.Contains("(Plane, Matrix")), $"{name}, trial {trial}: {string.Join(" ", expected)} and not {string.Join(" ", actual)}, from {numbers}");
        }
    }

    private static bool Agree(IReadOnlyList<object> expected, IReadOnlyList<object> actual, bool isInverse)
    {
        if (expected.Count != actual.Count) return false;
        var floats = expected.Where(e => e is float or double).Select(e => Math.Abs(Convert.ToDouble(e))).Where(double.IsFinite).ToList();
        var scale = floats.Count == 0 ? 1 : Math.Max(floats.Max(), 1e-3);
        if (isInverse) scale *= Math.Max(scale, 1);

        // Where the framework multiplies zeros by infinities, or tests for them, the formulas may have another number that is none.
        if (expected.Any(IsNoNumber)) return actual.Any(IsNoNumber);
        return expected.Zip(actual).All(pair => pair.First switch
        {
            float or double when Convert.ToDouble(pair.First) is var e && Convert.ToDouble(pair.Second) is var a =>
                e.Equals(a) || Math.Abs(e - a) <= scale * (pair.First is float ? FloatTolerance : DoubleTolerance),
            var other => other.ToString() == pair.Second.ToString(),
        });
    }

    private static bool IsNoNumber(object value) => value is float or double && !double.IsFinite(Convert.ToDouble(value));

    /// <summary>What a member leaves: its result, its receiver, and what it passes out, as numbers.</summary>
    private static List<object> Run(MethodBase member, Numbers numbers)
    {
        numbers.Restart();
        var receiver = member.IsStatic || member.IsConstructor ? null : numbers.Next(member.DeclaringType!);
        var arguments = member.GetParameters().Select(p => p.IsOut ? null : numbers.Next(p.ParameterType)).ToArray();
        object? result;
        try
        {
            result = member is ConstructorInfo constructor ? constructor.Invoke(arguments) : member.Invoke(receiver, arguments);
        }
        catch (TargetInvocationException thrown)
        {
            return [thrown.InnerException!.GetType().Name];
        }

        var left = new List<object?> { result, receiver };
        left.AddRange(arguments.Where((_, i) => member.GetParameters()[i].ParameterType is { IsByRef: true } or { IsArray: true }));
        return left.SelectMany(Leaves).ToList();
    }

    private static IEnumerable<object> Leaves(object? value) => value switch
    {
        null => [],
        Array array => array.Cast<object>(),
        _ when value.GetType().IsPrimitive => [value],
        _ => value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(f => Leaves(f.GetValue(value))),
    };

    /// <summary>Arguments, the same for a member and its formula.</summary>
    private sealed class Numbers(Random random, bool isSmall)
    {
        private readonly List<double> _drawn = [];
        private int _next;

        public void Restart() => _next = 0;

        public object Next(Type type)
        {
            if (type == typeof(float)) return (float)Draw();
            if (type == typeof(double)) return Draw();
            if (type == typeof(int)) return (int)(Math.Abs(Draw()) * 10) % 3;
            if (type == typeof(byte)) return (byte)((int)(Math.Abs(Draw()) * 10) % 3);
            if (type == typeof(nint)) return (nint)(Draw() * 10);
            if (type == typeof(nuint)) return (nuint)(Math.Abs(Draw()) * 10);
            if (type.IsPrimitive) return Convert.ChangeType((int)(Math.Abs(Draw()) * 10), type);
            if (type.IsEnum) return Enum.ToObject(type, (int)(Math.Abs(Draw()) * 10) % 5);
            if (type.IsArray) return new float[20];
            var value = Activator.CreateInstance(type)!;
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)) field.SetValue(value, Next(field.FieldType));
            return value;
        }

        private double Draw()
        {
            if (_next == _drawn.Count) _drawn.Add(isSmall ? random.Next(-2, 3) : random.NextDouble() * 4 - 1.5);
            return _drawn[_next++];
        }

        public override string ToString() => string.Join(" ", _drawn);
    }
}
