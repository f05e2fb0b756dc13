using System.Globalization;
using System.Reflection;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Numerics;

/// <summary>The derivative of every member with a formula, against differences of the same formulas in double precision.</summary>
public class FormulaDerivativeTests
{
    private const int Trials = 60;

    /// <summary>How many trials must be away from kinks and poles.</summary>
    private const int Needed = 3;

    private static readonly Lazy<Suite> Shared = new(() => new Suite());

    public static TheoryData<string> Members => new(Suite.Members.Select(NumericMembers.NameOf));

    [Theory]
    [MemberData(nameof(Members))]
    public void TheDerivativeOfTheMemberIsThatOfTheFormula(string name)
    {
        var at = Suite.Members.FindIndex(member => NumericMembers.NameOf(member) == name);
        var primal = Shared.Value.Primal("M" + at.ToString(CultureInfo.InvariantCulture));
        var (gradient, tangent) = (Shared.Value.Companion(at, "Grad"), Shared.Value.Companion(at, "Jvp"));
        var (random, good) = (new Random(at + 1), 0);
        for (var trial = 0; trial < Trials && good < 8; trial++)
        {
            var arguments = primal.GetParameters().Select(p => Draw(p.ParameterType, random, trial % 2 == 0)).ToArray();
            var shape = primal.GetParameters().Select(p => p.ParameterType).ToArray();
            var flat = arguments.SelectMany((a, i) => Leaves(a, shape[i])).ToArray();
            if (Differences(primal, arguments, shape, flat) is not { } expected) continue;
            var actual = Gradient(gradient, arguments, shape);
            var scale = Math.Max(1, expected.Max(Math.Abs));
            if (scale > 200) continue;
            good++;
            var isDouble = gradient.ReturnType == typeof(double);
            Assert.True(
                expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= scale * (isDouble ? 1e-6 : 2e-4)),
                $"{name}: {string.Join(" ", expected)} and not {string.Join(" ", actual)}, at {string.Join(" ", flat)}");
            var direction = flat.Select(_ => random.NextDouble() - 0.5).ToArray();
            var along = expected.Zip(direction, (d, t) => d * t).Sum();
            var jvp = Tangent(tangent, arguments, shape, direction);
            Assert.True(Math.Abs(jvp - along) <= scale * (isDouble ? 1e-6 : 5e-4), $"{name}: tangent {along} and not {jvp}, at {string.Join(" ", flat)}");
        }

        Assert.True(good >= Needed, $"{name}: only {good} trials are away from kinks.");
    }

    private static object Draw(Type type, Random random, bool isPositive)
    {
        if (type == typeof(double)) return (isPositive || random.Next(2) == 0 ? 1 : -1) * (0.15 + 0.75 * random.NextDouble());
        if (type.IsEnum) return Enum.ToObject(type, random.Next(5));
        if (type == typeof(nint)) return (nint)random.Next(3);
        if (type == typeof(nuint)) return (nuint)random.Next(3);
        if (type == typeof(float)) return (float)(0.15 + 0.75 * random.NextDouble());
        if (type.IsPrimitive) return Convert.ChangeType(random.Next(2), type, CultureInfo.InvariantCulture);
        var value = Activator.CreateInstance(type)!;
        foreach (var field in Fields(type)) field.SetValue(value, Draw(field.FieldType, random, isPositive));
        return value;
    }

    private static IEnumerable<FieldInfo> Fields(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    private static bool IsNumber(Type type) => type == typeof(float) || type == typeof(double);

    /// <summary>The numbers of a value that carry a derivative.</summary>
    private static IEnumerable<double> Leaves(object value, Type type) => IsNumber(type) ? [Convert.ToDouble(value, CultureInfo.InvariantCulture)]
        : type.IsPrimitive || type.IsEnum ? [] : Fields(type).SelectMany(f => Leaves(f.GetValue(value)!, f.FieldType));

    /// <summary>A value of a type with the numbers of another, which may have another precision.</summary>
    private static object Build(Type type, object like, Queue<double> leaves)
    {
        if (IsNumber(type)) return Convert.ChangeType(leaves.Dequeue(), type, CultureInfo.InvariantCulture);
        if (type.IsPrimitive || type.IsEnum) return like;
        var value = Activator.CreateInstance(type)!;
        foreach (var (field, own) in Fields(type).Zip(Fields(like.GetType()))) field.SetValue(value, Build(field.FieldType, own.GetValue(like)!, leaves));
        return value;
    }

    /// <summary>Central differences; null where there is a kink, a pole or an exception.</summary>
    private static double[]? Differences(MethodInfo primal, object[] arguments, Type[] shape, double[] flat)
    {
        double At(int i, double h)
        {
            var moved = new Queue<double>(flat.Select((x, j) => i == j ? x + h : x));
            return Convert.ToDouble(primal.Invoke(null, arguments.Select((a, k) => Build(shape[k], a, moved)).ToArray()), CultureInfo.InvariantCulture);
        }

        double Slope(int i, double h) => (8 * (At(i, h) - At(i, -h)) - (At(i, 2 * h) - At(i, -2 * h))) / (12 * h);

        try
        {
            var slopes = new double[flat.Length];
            for (var i = 0; i < flat.Length; i++)
            {
                slopes[i] = Slope(i, 1e-4);
                if (!(Math.Abs(slopes[i] - Slope(i, 3e-4)) <= 1e-6 * Math.Max(1, Math.Abs(slopes[i])))) return null;
            }

            return slopes;
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static double[] Gradient(MethodInfo gradient, object[] arguments, Type[] shape)
    {
        var given = Given(gradient, arguments, shape);
        gradient.Invoke(null, given);
        return given.Skip(arguments.Length).SelectMany(d => Leaves(d!, d!.GetType())).ToArray();
    }

    private static object?[] Given(MethodInfo companion, object[] arguments, Type[] shape)
    {
        var parameters = companion.GetParameters();
        var given = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++) given[i] = Build(parameters[i].ParameterType, arguments[i], new Queue<double>(Leaves(arguments[i], shape[i])));
        return given;
    }

    private static double Tangent(MethodInfo tangent, object[] arguments, Type[] shape, double[] direction)
    {
        var (given, rest) = (Given(tangent, arguments, shape), new Queue<double>(direction));
        var at = arguments.Length;
        foreach (var (argument, _) in arguments.Zip(shape).Where(pair => Leaves(pair.First, pair.Second).Any()))
        {
            given[at] = Build(tangent.GetParameters()[at].ParameterType, argument, rest);
            at++;
        }

        tangent.Invoke(null, given);
        return Convert.ToDouble(given[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>The methods with their companions, and in double precision.</summary>
    private sealed class Suite
    {
        private readonly Type _companions;
        private readonly Type _primals;

        public Suite()
        {
            var source = MemberMethods.Source(Members);
            var run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, Phases.Default, source);
            run.AssertClean();
            _companions = run.Load().GetType("Probe.Members", throwOnError: true)!;
            var texts = FormulaTexts.Texts().Append(source.Replace("[Differentiable]", "")).Select((text, i) => new SourceFile(i + ".cs", MemberMethods.Doubled(text)));
            var doubled = GeneratorHarness.Compile(CompilationSettings.Default with { AssemblyName = "Doubled" }, texts.ToArray());
            _primals = run.Load(doubled).GetType("Probe.Members", throwOnError: true)!;
        }

        /// <summary>All members but constants, which depend on nothing.</summary>
        public static List<MethodBase> Members { get; } = NumericMembers.Types.SelectMany(NumericMembers.Of)
            .Where(m => NumericMembers.Formula(m) is not null && !(m is { IsStatic: true, IsSpecialName: true } && m.GetParameters().Length == 0)).ToList();

        public MethodInfo Primal(string name) => _primals.GetMethod(name)!;

        public MethodInfo Companion(int member, string suffix) => _companions.GetMethod("M" + member.ToString(CultureInfo.InvariantCulture) + suffix)!;
    }
}
