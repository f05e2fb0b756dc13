using System.Text.Json;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>Rows in the form of the references, without an answer: for properties that must hold whatever the answer is.</summary>
internal static class Synthetic
{
    public static readonly string[] Modes = ["smooth", "c0", "c1", "c2"];

    private static readonly string[] Plans = ["softsort", "neuralsort", "ot", "sorting_network"];

    private static readonly string[] All = [.. Plans, "fast_soft_sort", "smooth_sort"];

    /// <summary>The operators along an axis, with the methods they have and the shape that a row of n becomes.</summary>
    public static IReadOnlyDictionary<string, AxisOperator> AxisOperators { get; } = new AxisOperator[]
    {
        new("argmax", Plans, n => [n]),
        new("argmin", Plans, n => [n]),
        new("max", All, _ => []),
        new("min", All, _ => []),
        new("argsort", Plans, n => [n, n]),
        new("sort", All, n => [n]),
        new("rank", All, n => [n]),
        new("argquantile", Plans, n => [n]),
        new("argmedian", Plans, n => [n]),
        new("argpercentile", Plans, n => [n]),
        new("quantile", All, _ => []),
        new("median", All, _ => []),
        new("percentile", All, _ => []),
        new("top_k.values", All, n => [K(n)]),
        new("top_k.indices", ["softsort", "neuralsort", "ot"], n => [K(n), n]),
    }.ToDictionary(op => op.Name, StringComparer.Ordinal);

    public static bool Exists(string method, string mode) => method != "smooth_sort" || mode is "smooth" or "hard";

    public static int K(int n) => (n + 2) / 3;

    /// <summary>An operator on an array whose last axis is the row; leading axes are kept.</summary>
    public static GoldenRow Row(AxisOperator op, string method, string mode, double softness, bool standardize, int[] lead, double[] x, Random random)
    {
        var n = x.Length / lead.Aggregate(1, (product, length) => product * length);
        int[] shape = [.. lead, .. op.Shape(n)];
        var length = shape.Aggregate(1, (product, l) => product * l);
        return new GoldenRow(JsonSerializer.SerializeToElement(new Dictionary<string, object>
        {
            ["id"] = $"{op.Name} {method} {mode} s={softness} standardize={standardize} n={n}",
            ["op"] = op.Name,
            ["mode"] = mode,
            ["method"] = method,
            ["softness"] = softness,
            ["standardize"] = standardize,
            ["axis"] = -1,
            ["descending"] = random.Next(2) == 0,
            ["k"] = K(n),
            ["q"] = 0.3,
            ["p"] = 30,
            ["inputs"] = Arrays(("x", [.. lead, n], x)),
            ["output"] = Array(shape, new double[length]),
            ["cotangent"] = Array(shape, Numbers(length, random)),
            ["grads"] = Arrays(("x", [.. lead, n], new double[x.Length])),
            ["grad_softness"] = 0,
        }, Names));
    }

    public static double[] Numbers(int count, Random random) => Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1).ToArray();

    // NaN and the infinities are written as names, as in the references.
    private static JsonSerializerOptions Names { get; } = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static Dictionary<string, object> Arrays(params (string Name, int[] Shape, double[] Data)[] arrays) =>
        arrays.ToDictionary(a => a.Name, a => Array(a.Shape, a.Data));

    private static object Array(int[] shape, double[] data) => new { shape, data };
}

/// <summary>An operator along an axis.</summary>
/// <param name="Name">Its name in the references.</param>
/// <param name="Methods">The methods it has.</param>
/// <param name="Shape">What a row of n elements becomes.</param>
internal sealed record AxisOperator(string Name, string[] Methods, Func<int, int[]> Shape);
