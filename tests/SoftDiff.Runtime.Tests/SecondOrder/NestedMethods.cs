using System.Reflection;
using SoftDiff.Runtime.Tests.Golden;
using SoftDiff.Runtime.Tests.Operators.Axes;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>The reverse modes for double, their rules, and points to try them at.</summary>
internal static class NestedMethods
{
    public static IEnumerable<MethodInfo> Vjps() => Operators()
        .Where(m => m.Name.EndsWith("Vjp", StringComparison.Ordinal) && !m.Name.EndsWith("StVjp", StringComparison.Ordinal));

    /// <summary>The rules of operators that have rules themselves.</summary>
    public static IEnumerable<MethodInfo> Rules() => Operators().Where(m => m.IsDefined(typeof(CustomVjpAttribute)))
        .Where(m => new[] { "Backward", "Tangent" }.Any(suffix => m.Name.EndsWith(suffix, StringComparison.Ordinal)))
        .Where(m => !m.Name.EndsWith("StTangent", StringComparison.Ordinal));

    public static MethodInfo Vjp(string name, string signature) => Vjps().Single(m => m.Name == name && Signature(m) == signature);

    public static MethodInfo Rule(string name, string signature) => Rules().Single(m => m.Name == name && Signature(m) == signature);

    /// <summary>The operator of which it is a derivative.</summary>
    public static string Operator(MethodInfo derivative) =>
        new[] { "Vjp", "Backward", "Tangent" }.Where(suffix => derivative.Name.EndsWith(suffix, StringComparison.Ordinal))
            .Select(suffix => derivative.Name[..^suffix.Length]).First();

    /// <summary>What tells overloads apart.</summary>
    public static string Signature(MethodInfo method) => string.Join(
        ", ", method.GetParameters().Where(p => NestedPoint.Element(p) == typeof(double)).Select(p => Invocation.Plain(p.ParameterType).Name.Split('`')[0] + " " + p.Name));

    private static IEnumerable<MethodInfo> Operators() => new[] { typeof(Soft), typeof(Safe), typeof(Soft.Random) }
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(m => m.GetParameters().All(p => NestedPoint.Element(p) != typeof(float)));

    public static Invocation Rule(MethodInfo vjp, string suffix)
    {
        var primal = vjp.GetParameters().Where(p => !p.IsOut).ToList();
        return Invocation.Of(vjp.DeclaringType!.GetMethods(BindingFlags.Public | BindingFlags.Static).Single(m =>
            m.Name == vjp.Name + suffix
            && m.GetParameters().Select(p => p.Name).Take(primal.Count).SequenceEqual(primal.Select(p => p.Name))
            && m.GetParameters().Zip(primal).All(p => Kind(p.First) == Kind(p.Second))));
    }

    /// <summary>All that there is to choose, at all shapes; what does not go together is left out.</summary>
    public static IEnumerable<NestedPoint> Points(MethodInfo vjp, Random random, bool hasTies = false)
    {
        var isTensor = vjp.GetParameters().Any(p => Invocation.IsTensor(Invocation.Plain(p.ParameterType)));
        var layout = MemoryLayout.Dense;
        foreach (var options in Options(vjp))
        {
            foreach (var shape in isTensor ? OfTensors(vjp) : new[] { 1, 2, 5, 9 }.SelectMany(n => OfRow(vjp, n)))
            {
                foreach (var (option, value) in shape.Options) options[option] = value;
                if (isTensor) layout = (MemoryLayout)(((int)layout + 1) % 3);
                var point = new NestedPoint(vjp, options, shape, layout, random, hasTies);
                if (point.Exists) yield return point;
            }
        }
    }

    private static IEnumerable<NestedShapes> OfTensors(MethodInfo vjp) => IsSampler(vjp) ? SampleShapes.OfTensors(vjp) : TensorShapes.Of(vjp);

    private static IEnumerable<NestedShapes> OfRow(MethodInfo vjp, int n) => IsSampler(vjp) ? SampleShapes.OfRow(vjp, n) : [NestedShapes.OfRow(Operator(vjp), n)];

    private static bool IsSampler(MethodInfo vjp) => vjp.DeclaringType == typeof(Soft.Random);

    // A destination that a rule only reads is what it was.
    private static (Type, bool, bool) Kind(ParameterInfo p) =>
        (NestedPoint.Element(p), NestedPoint.IsArray(p), Invocation.IsTensor(Invocation.Plain(p.ParameterType)));

    private static IEnumerable<Dictionary<string, object?>> Options(MethodInfo vjp)
    {
        var choices = new List<Dictionary<string, object?>> { new(StringComparer.Ordinal) };
        foreach (var parameter in vjp.GetParameters())
        {
            object[] values = parameter switch
            {
                { Name: "keepDims" or "replace" } => [],
                { Name: "parallel" } => [Operator(vjp).Length % 2 == 0],
                { Name: "k" } => [2],
                { Name: "quantileMethod" } => [QuantileMethod.Linear],
                _ when parameter.ParameterType.IsEnum => [.. Enum.GetValues(parameter.ParameterType).Cast<object>()],
                _ when parameter.ParameterType == typeof(bool) => [true, false],
                _ => [],
            };
            if (values.Length == 0) continue;
            choices = [.. choices.SelectMany(c => values.Select(v => new Dictionary<string, object?>(c, StringComparer.Ordinal) { [parameter.Name!] = v }))];
        }

        return choices;
    }
}
