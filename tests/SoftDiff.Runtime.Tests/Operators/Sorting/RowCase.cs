using System.Numerics;

namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>A row operator with its options, called with arrays, so that tests are written once for all of them.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Length">The length of the result for that of the row.</param>
public sealed record RowCase<T>(
    string Name, Func<int, int> Length, RowCase<T>.ValueOf Value, RowCase<T>.VjpOf Vjp, RowCase<T>.JvpOf Jvp)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public delegate void ValueOf(ReadOnlySpan<T> x, Span<T> y);

    public delegate T VjpOf(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX);

    public delegate void JvpOf(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY);

    internal static RowCase<T> Of<TRow>(string name, TRow row)
        where TRow : struct, IRowOperator<T> =>
        new(name, n => row.Shape(n).Length, (x, y) => row.Value(x, y), (x, y, c, d) => row.Vjp(x, y, c, d), (x, t, s, y, u) => row.Jvp(x, t, s, y, u));

    public T[] ValueAt(T[] x)
    {
        var y = new T[Length(x.Length)];
        Value(x, y);
        return y;
    }

    public (T[] Gradient, T Softness) Pullback(T[] x, T[] c)
    {
        var dX = new T[x.Length];
        var dSoftness = Vjp(x, default, c, dX);
        return (dX, dSoftness);
    }

    public T[] Pushforward(T[] x, T[] tX, T tSoftness)
    {
        var (y, tY) = (new T[Length(x.Length)], new T[Length(x.Length)]);
        Jvp(x, tX, tSoftness, y, tY);
        return tY;
    }

    public override string ToString() => Name;
}

/// <summary>The row operators in all their kinds.</summary>
internal static class RowCases<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static SoftMode[] SoftModes { get; } = [SoftMode.Smooth, SoftMode.C0, SoftMode.C1, SoftMode.C2];

    public static SortMethod[] PermutationMethods { get; } = [SortMethod.SoftSort, SortMethod.NeuralSort];

    /// <summary>All operators by the methods of this folder, in all soft modes.</summary>
    public static IEnumerable<RowCase<T>> Soft(double softness, bool standardize) =>
        from method in PermutationMethods
        from mode in SoftModes
        from @case in Of(softness, mode, method, standardize)
        select @case;

    /// <summary>Values, ranks and indices.</summary>
    public static IEnumerable<RowCase<T>> Of(double softness, SoftMode mode, SortMethod method, bool standardize) =>
        [.. Values(softness, mode, method, standardize), .. Indices(softness, mode, method, standardize)];

    public static IEnumerable<RowCase<T>> Values(double softness, SoftMode mode, SortMethod method, bool standardize)
    {
        var options = new SortOptions<T>(T.CreateChecked(softness), mode, method, standardize);
        var q = T.CreateChecked(0.3);
        string Name(string name) => $"{name} {method} {mode} s={softness} standardize={standardize}";
        return
        [
            RowCase<T>.Of(Name("max"), new MaxRow<T>(options)),
            RowCase<T>.Of(Name("max, ungated"), new MaxRow<T>(options, gatedGrad: false)),
            RowCase<T>.Of(Name("min"), new MinRow<T>(options)),
            RowCase<T>.Of(Name("sort"), new SortRow<T>(options, descending: false)),
            RowCase<T>.Of(Name("sort, descending"), new SortRow<T>(options, descending: true)),
            RowCase<T>.Of(Name("sort, ungated"), new SortRow<T>(options, descending: false, gatedGrad: false)),
            RowCase<T>.Of(Name("top 1"), new TopKRow<T>(options, 1)),
            RowCase<T>.Of(Name("quantile"), new QuantileRow<T>(options, q, QuantileMethod.Linear)),
            RowCase<T>.Of(Name("quantile, lower"), new QuantileRow<T>(options, q, QuantileMethod.Lower)),
            RowCase<T>.Of(Name("median"), new QuantileRow<T>(options, T.CreateChecked(0.5), QuantileMethod.Midpoint)),
            RowCase<T>.Of(Name("rank"), new RankRow<T>(options, descending: true)),
            RowCase<T>.Of(Name("rank, ascending"), new RankRow<T>(options, descending: false)),
        ];
    }

    public static IEnumerable<RowCase<T>> Indices(double softness, SoftMode mode, SortMethod method, bool standardize)
    {
        var options = new SortOptions<T>(T.CreateChecked(softness), mode, method, standardize);
        var q = T.CreateChecked(0.3);
        var log = new LogOptions<T>(true, T.Zero);
        var clipped = new LogOptions<T>(true, T.CreateChecked(0.01));
        string Name(string name) => $"{name} {method} {mode} s={softness} standardize={standardize}";
        return
        [
            RowCase<T>.Of(Name("argmax"), new ArgMaxRow<T>(options)),
            RowCase<T>.Of(Name("argmin"), new ArgMinRow<T>(options)),
            RowCase<T>.Of(Name("argsort"), new ArgSortRow<T>(options, descending: false)),
            RowCase<T>.Of(Name("argsort, descending"), new ArgSortRow<T>(options, descending: true)),
            RowCase<T>.Of(Name("top 1 index"), new TopKIndexRow<T>(options, 1)),
            RowCase<T>.Of(Name("argquantile"), new ArgQuantileRow<T>(options, q, QuantileMethod.Linear)),
            RowCase<T>.Of(Name("argmax, clipped logarithms"), new ArgMaxRow<T>(options, clipped)),
            RowCase<T>.Of(Name("argquantile, clipped logarithms"), new ArgQuantileRow<T>(options, q, QuantileMethod.Linear, clipped)),
            .. mode != SoftMode.Smooth ? (IEnumerable<RowCase<T>>)[] :
            [
                RowCase<T>.Of(Name("argsort, logarithms"), new ArgSortRow<T>(options, descending: false, log)),
                RowCase<T>.Of(Name("argquantile, logarithms"), new ArgQuantileRow<T>(options, q, QuantileMethod.Linear, log)),
            ],
        ];
    }
}
