using System.Numerics;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>A reference row in the precision under test: what the call of an operator needs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class Call<T>(GoldenRow row)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public GoldenRow Row => row;

    public T Softness { get; } = T.CreateChecked(row.Softness);

    public SoftMode Mode { get; } = row.ModeName switch
    {
        null or "smooth" => SoftMode.Smooth,
        "c0" => SoftMode.C0,
        "c1" => SoftMode.C1,
        "c2" => SoftMode.C2,
        "hard" or "_hard" => SoftMode.Hard,
        "_c1_pnorm" => SoftMode.C1PNorm,
        "_c2_pnorm" => SoftMode.C2PNorm,
        var name => throw new NotSupportedException($"mode {name}"),
    };

    public bool Standardize { get; } = row.Flag("standardize", absent: true);

    public bool Descending { get; } = row.Flag("descending");

    public bool GatedGrad { get; } = row.Flag("gated_grad", absent: true);

    public bool Gated { get; } = row.Flag("gated");

    public bool KeepDims { get; } = row.Flag("keepdims");

    public bool LogProbs { get; } = row.Flag("return_log_probs");

    public T LogProbEps { get; } = T.CreateChecked(row.Number("log_prob_eps", 0));

    public bool Geometric { get; } = row.Flag("use_geometric_mean");

    public int K { get; } = row.Integer("k", 0);

    public int[] OutputShape => row.Output.Shape;

    public int OutputLength => row.Output.Data.Length;

    public T[] Cotangent { get; } = Convert(row.Cotangent.Data);

    /// <summary>The axis; null for the flattened array, and where the row has no axis.</summary>
    public int? Axis => row.Integers("axis") is [var axis] ? axis : null;

    public QuantileMethod QuantileMethod => row.TextOrNull("quantile_method") switch
    {
        null or "linear" => QuantileMethod.Linear,
        "lower" => QuantileMethod.Lower,
        "higher" => QuantileMethod.Higher,
        "nearest" => QuantileMethod.Nearest,
        "midpoint" => QuantileMethod.Midpoint,
        var name => throw new NotSupportedException($"quantile method {name}"),
    };

    public T[] this[string input] => Convert(row.Inputs[input].Data);

    public int[] ShapeOf(string input) => row.Inputs[input].Shape;

    public T Number(string option, double absent) => T.CreateChecked(row.Number(option, absent));

    public SortMethod Method(SortMethod absent = SortMethod.NeuralSort) => row.Method switch
    {
        null => absent,
        "softsort" => SortMethod.SoftSort,
        "neuralsort" => SortMethod.NeuralSort,
        "fast_soft_sort" => SortMethod.FastSoftSort,
        "smooth_sort" => SortMethod.SmoothSort,
        "ot" => SortMethod.OptimalTransport,
        "sorting_network" => SortMethod.SortingNetwork,
        var name => throw new NotSupportedException($"method {name}"),
    };

    private static T[] Convert(double[] values) => Array.ConvertAll(values, T.CreateChecked);
}

/// <summary>What a reverse rule gave.</summary>
/// <param name="Value">The value; null where the form does not give it.</param>
/// <param name="Gradients">The gradient for each differentiable input, by its name in the row.</param>
/// <param name="Softness">The cotangent of the softness; null for an operator without one.</param>
internal sealed record Pullback<T>(T[]? Value, IReadOnlyDictionary<string, T[]> Gradients, T? Softness)
    where T : struct;

/// <summary>Directions for a forward rule.</summary>
internal sealed record Direction<T>(IReadOnlyDictionary<string, T[]> Tangents, T Softness);

/// <summary>What a forward rule gave.</summary>
internal sealed record Pushforward<T>(T[] Value, T[] Tangent);

/// <summary>One way to call an operator, bound to a row.</summary>
/// <param name="Name">scalar, span, span in place, tensor …</param>
internal sealed record Form<T>(string Name, Func<T[]> Value, Func<Pullback<T>> Vjp, Func<Direction<T>, Pushforward<T>> Jvp)
    where T : struct;
