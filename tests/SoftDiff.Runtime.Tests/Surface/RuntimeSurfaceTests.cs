using System.Reflection;
using SoftDiff.Runtime.Tests.Golden;

namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>The public operators of the runtime: what stands beside each marked method.</summary>
public class RuntimeSurfaceTests
{
    private static readonly Dictionary<Type, Type> Single = new()
    {
        [typeof(double)] = typeof(float),
        [typeof(double).MakeByRefType()] = typeof(float).MakeByRefType(),
    };

    /// <summary>The methods marked [SoftOperator], as text, so that a failure names one.</summary>
    public static TheoryData<string> Operators() => [.. Marked.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, MethodInfo> Marked { get; } = typeof(Soft).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(method => method.IsDefined(typeof(SoftOperatorAttribute)))
        .ToDictionary(method => method.DeclaringType!.FullName + ": " + method, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Operators))]
    public void HasEveryForm(string name)
    {
        var value = Marked[name];
        var isSoft = value.GetParameters().Any(p => p.ParameterType == typeof(SoftMode));
        foreach (var suffix in isSoft ? ["", "St"] : new[] { "" })
        {
            foreach (var single in new[] { false, true })
            {
                var method = Find(value, value.Name + suffix, single);
                var (vjp, jvp) = (Derivative(value, method, suffix + "Vjp", single), Derivative(value, method, suffix + "Jvp", single));
                Assert.All(method.GetParameters(), p => AssertSameDefault(p, value.GetParameters()[p.Position], single));
                AssertRules(method, suffix);
                Assert.True(vjp.IsPublic && jvp.IsPublic);
            }
        }
    }

    [Fact]
    public void TheDocumentationListsEveryOperator()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "soft-operators.md"));
        Assert.All(Marked.Values.Select(method => method.Name).Distinct(), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    /// <summary>Those of the paper's library.</summary>
    [Fact]
    public void TheListOfStraightThroughOperatorsIsComplete()
    {
        string[] names =
        [
            "Abs", "ArgMax", "ArgMedian", "ArgMin", "ArgPercentile", "ArgQuantile", "ArgSort", "Clamp", "Equal", "Greater", "GreaterEqual",
            "Heaviside", "IsClose", "Less", "LessEqual", "Max", "Median", "Min", "NotEqual", "Percentile", "Quantile", "Rank", "Relu", "Round",
            "Sign", "Sort", "TopK",
        ];
        Assert.All(names, name => Assert.NotEmpty(typeof(Soft).GetMember(name + "St")));
    }

    /// <summary>
    /// The softness stands behind the inputs and outputs, so its cotangent and tangent stand behind theirs, in every form.
    /// </summary>
    [Theory]
    [MemberData(nameof(Operators))]
    public void TheSoftnessHasItsDerivativesInTheSamePlace(string name)
    {
        var value = Marked[name];
        if (!Array.Exists(value.GetParameters(), p => p.Name == "softness")) return;
        var required = value.GetParameters().Where(p => !p.HasDefaultValue).ToList();
        string Capital(string parameter) => char.ToUpperInvariant(parameter[0]) + parameter[1..];
        bool IsOutput(ParameterInfo p) => Invocation.Plain(p.ParameterType).Name is "Span`1" or "TensorSpan`1";
        var differentiated = required.Where(p => p.ParameterType.Name != "Int32" && p.ParameterType != typeof(SoftRandom)
            && !p.IsDefined(typeof(NonDifferentiableAttribute))).ToList();
        var isVoid = value.ReturnType == typeof(void);
        var cotangents = isVoid ? required.Where(IsOutput).Select(p => "c" + Capital(p.Name!)) : ["cResult"];
        foreach (var suffix in new[] { "", "St" })
        {
            var vjp = Derivative(value, value, suffix + "Vjp", single: false);
            Assert.Equal(value.ReturnType, vjp.ReturnType);
            Assert.Equal(
                [.. cotangents, .. differentiated.Where(p => !IsOutput(p)).Select(p => "d" + Capital(p.Name!)), "dSoftness"], Added(vjp));
            var jvp = Derivative(value, value, suffix + "Jvp", single: false);
            Assert.Equal(
                [.. differentiated.Select(p => "t" + Capital(p.Name!)), "tSoftness", .. isVoid ? (string[])[] : ["tResult"]], Added(jvp));
        }

        IEnumerable<string> Added(MethodInfo derivative) =>
            derivative.GetParameters().Where(p => !p.HasDefaultValue).Skip(required.Count).Select(p => p.Name!);
    }

    /// <summary>A public method named as the derivative of another is that of an operator.</summary>
    [Fact]
    public void EveryDerivativeBelongsToAMarkedMethod()
    {
        string[] forms = ["Vjp", "Jvp", "StVjp", "StJvp"];
        var names = Marked.Values.SelectMany(m => forms.Select(form => m.Name + form)).ToHashSet(StringComparer.Ordinal);
        var stray = typeof(Soft).Assembly.GetExportedTypes().Where(t => t.Name is "Soft" or "Safe" || t.DeclaringType == typeof(Soft))
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(m => m.Name).Where(n => n.EndsWith("Vjp", StringComparison.Ordinal) || n.EndsWith("Jvp", StringComparison.Ordinal))
            .Where(n => !names.Contains(n));
        Assert.Empty(stray.Distinct());
    }

    private static void AssertRules(MethodInfo method, string suffix)
    {
        var name = method.Name.Substring(0, method.Name.Length - suffix.Length);
        Assert.Equal(name + "Backward", method.GetCustomAttribute<CustomVjpAttribute>()?.Backward);
        Assert.Equal(method.Name + "Tangent", method.GetCustomAttribute<CustomJvpAttribute>()?.Tangent);
        foreach (var rule in new[] { name + "Backward", method.Name + "Tangent" })
        {
            Assert.Contains(method.DeclaringType!.GetMember(rule).OfType<MethodInfo>(), m => StartsWith(m, method));
        }
    }

    // A destination is written in the operator and read in its reverse rule.
    private static bool StartsWith(MethodInfo rule, MethodInfo primal) => rule.GetParameters().Length > primal.GetParameters().Length
        && primal.GetParameters().Zip(rule.GetParameters()).All(p => p.First.Name == p.Second.Name
            && (p.First.ParameterType == p.Second.ParameterType || Arguments(p.First).SequenceEqual(Arguments(p.Second))));

    private static Type[] Arguments(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return (type.IsByRef ? type.GetElementType()! : type).GetGenericArguments();
    }

    private static MethodInfo Find(MethodInfo value, string name, bool single)
    {
        var types = value.GetParameters().Select(p => single ? InSingle(p.ParameterType) : p.ParameterType).ToArray();
        var found = value.DeclaringType!.GetMethod(name, BindingFlags.Static | BindingFlags.Public, types);
        Assert.True(found is not null, $"There is no {name}({string.Join(", ", types.Select(t => t.Name))}).");
        return found;
    }

    private static MethodInfo Derivative(MethodInfo value, MethodInfo method, string suffix, bool single)
    {
        var parameters = method.GetParameters().Select(p => (p.Name, p.ParameterType)).ToList();
        var found = value.DeclaringType!.GetMember(value.Name + suffix).OfType<MethodInfo>()
            .Where(m => parameters.All(m.GetParameters().Select(p => (p.Name, p.ParameterType)).Contains)).ToList();
        Assert.True(found.Count > 0, $"There is no {value.Name}{suffix}{(single ? " for floats" : "")} with all parameters of {method}.");
        return found[0];
    }

    private static void AssertSameDefault(ParameterInfo actual, ParameterInfo expected, bool single)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.IsDefined(typeof(NonDifferentiableAttribute)), actual.IsDefined(typeof(NonDifferentiableAttribute)));
        var value = single && expected.RawDefaultValue is double number ? (float)number : expected.RawDefaultValue;
        Assert.Equal(value, actual.RawDefaultValue);
    }

    private static Type InSingle(Type type)
    {
        if (Single.TryGetValue(type, out var single)) return single;
        if (type.IsByRef) return InSingle(type.GetElementType()!).MakeByRefType();
        if (!type.IsGenericType) return type;
        return type.GetGenericTypeDefinition().MakeGenericType(Array.ConvertAll(type.GetGenericArguments(), InSingle));
    }
}
