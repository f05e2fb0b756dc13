using System.Reflection;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>Shapes for the samplers: of their inputs, the noise and the samples, of which there are two.</summary>
internal static class SampleShapes
{
    public static IEnumerable<NestedShapes> OfRow(MethodInfo vjp, int n) => NestedMethods.Operator(vjp) switch
    {
        "Categorical" => [Of([n], [2 * n], [2 * n], ("replace", true)), Of([n], [n], [n], ("replace", false))],
        "Choice" => [Of([n], [2 * n], [2], ("replace", true)), Of([n], [n], [1], ("replace", false))],
        "Binomial" or "Multinomial" => [Of([n], [2 * n], [n])],
        _ => [Of([n], [n], [n])],
    };

    public static IEnumerable<NestedShapes> OfTensors(MethodInfo vjp) => NestedMethods.Operator(vjp) switch
    {
        "Categorical" =>
        [
            Of([2, 3], [2, 2, 3], [2, 2, 3], ("axis", -1), ("replace", true)),
            Of([3, 2], [2, 3, 2], [2, 2, 3], ("axis", 0), ("replace", true)),
            Of([2, 3], [2, 3], [2, 2, 3], ("axis", 1), ("replace", false)),
        ],
        "Choice" =>
        [
            Of([3, 2], [6], [2, 2], ("axis", 0), ("replace", true)),
            Of([2, 3], [3], [2, 2], ("axis", -1), ("replace", false)),
        ],
        "Binomial" or "Multinomial" => [Of([2, 3], [2, 2, 3], [2, 3], ("trials", 2)), Of([4], [2, 4], [4], ("trials", 2))],
        "Permutation" => [Of([2, 3], [2, 3], [2, 3], ("axis", 1)), Of([3, 1, 2], [3], [3, 1, 2], ("axis", 0))],
        _ => [Of([2, 3], [2, 3], [2, 3]), Of([2, 1, 2], [2, 1, 2], [2, 1, 2])],
    };

    // The probabilities of a choice are a row.
    private static NestedShapes Of(int[] input, int[] noise, int[] samples, params (string Name, object? Value)[] options)
    {
        var axis = options.FirstOrDefault(o => o.Name == "axis").Value as int? ?? 0;
        var isChoice = options.Any(o => o.Name == "replace") && noise.Length == 1;
        var arrays = new Dictionary<string, int[]>(StringComparer.Ordinal)
        {
            [""] = input,
            ["uniform"] = noise,
            ["gumbel"] = noise,
            ["destination"] = samples,
        };
        if (isChoice) arrays["p"] = [input[axis < 0 ? axis + input.Length : axis]];
        return new NestedShapes($"[{string.Join(", ", input)}] to [{string.Join(", ", samples)}]", arrays, [.. options, ("random", new SoftRandom(5))]);
    }
}
