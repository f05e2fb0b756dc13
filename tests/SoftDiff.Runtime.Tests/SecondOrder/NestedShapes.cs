using SoftDiff.Runtime.Tests.Golden;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>The shapes of the arrays of a reverse mode, by the names of the arrays of the operator, and the options that go with them.</summary>
internal sealed class NestedShapes(string name, Dictionary<string, int[]> arrays, params (string Name, object? Value)[] options)
{
    public IEnumerable<(string Name, object? Value)> Options => options;

    /// <summary>Those of an operator of rows of n elements, and the top two of them.</summary>
    public static NestedShapes OfRow(string name, int n) => new($"n = {n}", new(StringComparer.Ordinal)
    {
        ["destination"] = [name == "ArgSort" ? n * n : n],
        ["softIndex"] = [name == "Take" ? n * n : n],
        ["values"] = [2],
        ["indices"] = [2 * n],
        [""] = [n],
    });

    /// <summary>The shape of an array, also of what is derived from it: a cotangent, a gradient, a tangent, what is joined with them.</summary>
    public int[] Of(string parameter)
    {
        if (parameter.EndsWith("Dot", StringComparison.Ordinal) || parameter.EndsWith("Bar", StringComparison.Ordinal)) parameter = parameter[..^3];
        if (parameter.Length > 1 && parameter[0] is 'c' or 'd' or 't' && char.IsUpper(parameter[1])) parameter = char.ToLowerInvariant(parameter[1]) + parameter[2..];
        return arrays.TryGetValue(parameter, out var shape) ? shape : arrays[""];
    }

    public override string ToString() => name;
}
