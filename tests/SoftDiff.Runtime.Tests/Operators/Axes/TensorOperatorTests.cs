using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Operators.Axes;

/// <summary>
/// The public operators on tensors, beyond the reference rows: against their rows, in parallel, in place, and what they refuse.
/// </summary>
public class TensorOperatorTests
{
    private static readonly double[] X = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(3 * i) + (0.1 * i % 1))];

    [Fact]
    public void EachRowIsThatOfTheOperatorOfRows()
    {
        double[] sorted = new double[60], row = new double[5];
        Soft.Sort(T(X, 3, 4, 5), W(sorted, 3, 4, 5), -1, 0.2, method: SortMethod.SoftSort);
        for (var i = 0; i < 12; i++)
        {
            Soft.Sort(X.AsSpan(5 * i, 5), row, 0.2, method: SortMethod.SoftSort);
            Assert.Equal(row, sorted[(5 * i)..((5 * i) + 5)]);
        }

        double[] max = new double[15];
        Soft.Max(T(X, 3, 4, 5), W(max, 3, 1, 5), 1, keepDims: true);
        Assert.Equal(Soft.Max([X[22], X[27], X[32], X[37]]), max[7]);
    }

    [Fact]
    public void ParallelIsSequentialToTheLastBit()
    {
        double[] y = new double[300], again = new double[300], dX = new double[60], dAgain = new double[60], c = new double[300];
        for (var i = 0; i < c.Length; i++) c[i] = Math.Cos(i);
        Soft.ArgSortVjp(T(X, 3, 5, 4), W(y, 3, 5, 4, 5), T(c, 3, 5, 4, 5), W(dX, 3, 5, 4), out var dSoftness, 1);
        Soft.ArgSortVjp(T(X, 3, 5, 4), W(again, 3, 5, 4, 5), T(c, 3, 5, 4, 5), W(dAgain, 3, 5, 4), out var repeated, 1, parallel: true);
        Assert.Equal(dSoftness, repeated);
        Assert.Equal(y, again);
        Assert.Equal(dX, dAgain);
    }

    [Fact]
    public void NaNStaysInItsRow()
    {
        double[] x = [.. X[..12]], y = new double[12];
        x[5] = double.NaN;
        Soft.Rank(T(x, 3, 4), W(y, 3, 4), 1);
        for (var i = 0; i < 12; i++) Assert.Equal(i / 4 == 1, double.IsNaN(y[i]));
        Soft.Rank(T(x, 3, 4), W(y, 3, 4), 0);
        for (var i = 0; i < 12; i++) Assert.Equal(i % 4 == 1, double.IsNaN(y[i]));
    }

    [Fact]
    public void SeveralQuantilesAreEachStacked()
    {
        double[] q = [0.9, 0, 0.4], y = new double[9], one = new double[3], c = [.. X[..9]], dX = new double[12], sum = new double[12];
        double[] part = new double[12];
        Soft.Quantile(T(X[..12], 4, 3), q, W(y, 3, 3), 0);
        var dSoftness = 0.0;
        for (var i = 0; i < 3; i++)
        {
            Soft.Quantile(T(X[..12], 4, 3), q[i], W(one, 3), 0);
            Assert.Equal(one, y[(3 * i)..((3 * i) + 3)]);
            Soft.QuantileVjp(T(X[..12], 4, 3), q[i], default, T(c[(3 * i)..((3 * i) + 3)], 3), W(part, 4, 3), out var partSoftness, 0);
            dSoftness += partSoftness;
            for (var j = 0; j < 12; j++) sum[j] += part[j];
        }

        Soft.QuantileVjp(T(X[..12], 4, 3), q, default, T(c, 3, 3), W(dX, 4, 3), out var all, 0);
        Assert.Equal(dSoftness, all, 1e-14);
        for (var j = 0; j < 12; j++) Assert.Equal(sum[j], dX[j], 1e-15);

        double[] percentiles = new double[9];
        Soft.Percentile(T(X[..12], 4, 3), [90, 0, 40], W(percentiles, 3, 3), 0);
        for (var j = 0; j < 9; j++) Assert.Equal(y[j], percentiles[j], 1e-14);
        double[] indices = new double[36];
        Soft.ArgQuantile(T(X[..12], 4, 3), q, W(indices, 3, 3, 4), 0);
        for (var i = 0; i < 9; i++) Assert.Equal(1, indices[(4 * i)..((4 * i) + 4)].Sum(), 1e-14);
        Assert.Throws<ArgumentException>("q", () => Soft.Quantile(T(X[..12], 4, 3), [], W(y, 3, 3), 0));
        Assert.Throws<ArgumentOutOfRangeException>("q", () => Soft.Quantile(T(X[..12], 4, 3), [0.5, double.NaN, 1], W(y, 3, 3), 0));
        Assert.Throws<ArgumentException>("p", () => Soft.Percentile(T(X[..12], 4, 3), [], W(y, 3, 3), 0));
        Assert.Throws<ArgumentException>("destination", () => Soft.Quantile(T(X[..12], 4, 3), q, W(y, 3, 1, 3), 1));
    }

    [Fact]
    public void TheTopKGivesValuesAndIndicesTogetherOrAlone()
    {
        double[] values = new double[6], indices = new double[24], v = new double[6], p = new double[24], dX = new double[12],
            d1 = new double[12], d2 = new double[12];
        double[] cValues = X[..6], cIndices = X[10..34];
        Soft.TopK(T(X[..12], 3, 4), 2, W(values, 3, 2), W(indices, 3, 2, 4));
        Soft.TopK(T(X[..12], 3, 4), 2, W(v, 3, 2), default);
        Soft.TopK(T(X[..12], 3, 4), 2, default, W(p, 3, 2, 4));
        Assert.Equal(values, v);
        Assert.Equal(indices, p);
        Soft.TopKVjp(T(X[..12], 3, 4), 2, default, default, T(cValues, 3, 2), T(cIndices, 3, 2, 4), W(dX, 3, 4), out var both);
        Soft.TopKVjp(T(X[..12], 3, 4), 2, W(v, 3, 2), default, T(cValues, 3, 2), default, W(d1, 3, 4), out var first);
        Soft.TopKVjp(T(X[..12], 3, 4), 2, default, W(p, 3, 2, 4), default, T(cIndices, 3, 2, 4), W(d2, 3, 4), out var second);
        Assert.Equal(both, first + second, 1e-13);
        for (var i = 0; i < 12; i++) Assert.Equal(dX[i], d1[i] + d2[i], 1e-13);

        Assert.Throws<ArgumentOutOfRangeException>("k", () => Soft.TopK(T(X[..12], 3, 4), 5, W(new double[15], 3, 5), default));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => Soft.TopK(T(X[..12], 3, 4), 0, default, default));
        Assert.Throws<ArgumentException>("values", () => Soft.TopK(T(X[..12], 3, 4), 2, W(v, 2, 3), default));
        Assert.Throws<ArgumentException>("indices", () => Soft.TopK(T(X[..12], 3, 4), 2, W(v, 3, 2), W(p, 3, 4, 2)));
        Assert.Throws<ArgumentException>("method", () => Soft.TopK(
            T(X[..12], 3, 4), 2, W(v, 3, 2), W(p, 3, 2, 4), method: SortMethod.FastSoftSort));
        Assert.Equal(values, v);
    }

    [Fact]
    public void StraightThroughNeedsNoDestination()
    {
        double[] c = X[..12], dX = new double[12], dSoft = new double[12], y = new double[12], hard = new double[12];
        Soft.SortVjp(T(X[12..24], 3, 4), default, T(c, 3, 4), W(dSoft, 3, 4), out var dSoftness, 1);
        Soft.SortStVjp(T(X[12..24], 3, 4), default, T(c, 3, 4), W(dX, 3, 4), out var again, 1);
        Assert.Equal(dSoftness, again);
        Assert.Equal(dSoft, dX);
        Soft.SortStVjp(T(X[12..24], 3, 4), W(y, 3, 4), T(c, 3, 4), W(dX, 3, 4), out _, 1);
        Soft.Sort(T(X[12..24], 3, 4), W(hard, 3, 4), 1, mode: SoftMode.Hard);
        Assert.Equal(hard, y);
    }

    [Fact]
    public void ResultsMayReplaceInputs()
    {
        double[] inPlace = [.. X], y = new double[60], dX = new double[60], c = [.. X.Reverse()];
        Soft.SortVjp(T(X, 3, 4, 5), W(y, 3, 4, 5), T(c, 3, 4, 5), W(dX, 3, 4, 5), out _, 1);
        Soft.Sort(T(inPlace, 3, 4, 5), W(inPlace, 3, 4, 5), 1);
        Assert.Equal(y, inPlace);
        Soft.SortVjp(T(X, 3, 4, 5), default, T(c, 3, 4, 5), W(c, 3, 4, 5), out _, 1);
        Assert.Equal(dX, c);
    }

    [Fact]
    public void OptionsAreChecked()
    {
        double[] y = [7, 7, 7, 7], x = X[..4];
        Assert.Throws<ArgumentOutOfRangeException>("softness", () => Soft.Sort(T(x, 2, 2), W(y, 2, 2), softness: 0));
        Assert.Throws<ArgumentOutOfRangeException>("softness", () =>
            Soft.SortVjp(T(x, 2, 2), W(y, 2, 2), T(x, 2, 2), W(y, 2, 2), out _, 0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("mode", () => Soft.Rank(T(x, 2, 2), W(y, 2, 2), 0, mode: (SoftMode)50));
        Assert.Throws<ArgumentException>("mode", () => Soft.Rank(T(x, 2, 2), W(y, 2, 2), 0, mode: SoftMode.C1PNorm));
        Assert.Throws<ArgumentException>("method", () => Soft.ArgMax(T(x, 2, 2), W(y, 2, 2), 0, method: SortMethod.SmoothSort));
        Assert.Throws<ArgumentException>("logProbEps", () => Soft.ArgMax(T(x, 2, 2), W(y, 2, 2), 0, logProbEps: 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => Soft.Sort(T(x, 2, 2), W(y, 2, 2), 2));
        Assert.Equal([7.0, 7, 7, 7], y);
    }

    [Fact]
    public void AllocatesNothing()
    {
        double[] x = [.. X], y = new double[60], c = [.. X], dX = new double[60], q = [0.2, 0.7], quantiles = new double[24];
        Allocations.AssertNone(() => Soft.SortVjp(T(x, 3, 4, 5), W(y, 3, 4, 5), T(c, 3, 4, 5), W(dX, 3, 4, 5), out _, 1));
        Allocations.AssertNone(() => Soft.Quantile(T(x, 3, 4, 5), q, W(quantiles, 2, 3, 4), 2));
        Allocations.AssertNone(() => Soft.TopK(T(x, 3, 4, 5), 2, W(quantiles, 3, 4, 2), default));
    }

    private static ReadOnlyTensorSpan<double> T(double[] data, params ReadOnlySpan<nint> shape) => new(data, shape, default);

    private static TensorSpan<double> W(double[] data, params ReadOnlySpan<nint> shape) => new(data, shape, default);
}
