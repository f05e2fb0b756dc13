namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>The public forms for one row: arguments, and results in the memory of inputs.</summary>
public sealed class RowFormTests
{
    private static readonly double[] X = [0.3, -1, 2, 0.5, -0.25];

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Soft.Sort(default(ReadOnlySpan<double>), default)).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Soft.Max(ReadOnlySpan<double>.Empty)).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Soft.Sort(X, new double[4])).ParamName);
        var error = Assert.Throws<ArgumentException>(() => Soft.ArgSort(X, new double[5]));
        Assert.Contains("length 5; it must have length 25", error.Message, StringComparison.Ordinal);
        Assert.Equal("cDestination", Assert.Throws<ArgumentException>(() => Soft.SortVjp(X, default, new double[4], new double[5], out _)).ParamName);
        Assert.Equal("dX", Assert.Throws<ArgumentException>(() => Soft.SortVjp(X, default, new double[5], new double[4], out _)).ParamName);
        Assert.Equal("dX", Assert.Throws<ArgumentException>(() => Soft.MaxVjp(X, 1, new double[4], out _)).ParamName);
        Assert.Equal("tX", Assert.Throws<ArgumentException>(() => Soft.SortJvp(X, new double[5], new double[4], new double[5], 0)).ParamName);
        Assert.Equal("tDestination", Assert.Throws<ArgumentException>(() => Soft.SortJvp(X, new double[5], new double[5], new double[4], 0)).ParamName);
        Assert.Equal("values", Assert.Throws<ArgumentException>(() => Soft.TopK(X, 2, new double[3], default)).ParamName);
        Assert.Equal("indices", Assert.Throws<ArgumentException>(() => Soft.TopK(X, 2, new double[2], new double[5])).ParamName);
        Assert.Equal("cValues", Assert.Throws<ArgumentException>(() => Soft.TopKVjp(X, 2, default, default, default, default, new double[5], out _)).ParamName);
    }

    [Fact]
    public void Wrong_options_are_refused_before_anything_is_written()
    {
        var y = new double[5];
        foreach (var softness in new[] { 0, -1, double.NaN })
        {
            Assert.Equal("softness", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Sort(X, y, softness)).ParamName);
            Assert.Equal("softness", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.ArgMax(X, y, softness, SoftMode.Hard)).ParamName);
        }

        Assert.Equal("mode", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Sort(X, y, mode: (SoftMode)99)).ParamName);
        Assert.Equal("method", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.ArgMax(X, y, method: (SortMethod)99)).ParamName);
        AssertNames<ArgumentException>("C1PNorm", "NeuralSort", () => Soft.Sort(X, y, mode: SoftMode.C1PNorm));
        AssertNames<ArgumentException>("C2PNorm", "SoftSort", () => Soft.ArgMax(X, y, mode: SoftMode.C2PNorm));
        AssertNames<ArgumentException>("C1", "SmoothSort", () => Soft.Sort(X, y, mode: SoftMode.C1, method: SortMethod.SmoothSort));
        AssertNames<ArgumentException>("Smooth", "FastSoftSort", () => Soft.ArgMax(X, y, method: SortMethod.FastSoftSort));
        AssertNames<ArgumentException>("Hard", "SmoothSort", () => Soft.ArgMax(X, y, mode: SoftMode.Hard, method: SortMethod.SmoothSort));
        AssertNames<ArgumentException>("Smooth", "FastSoftSort", () => Soft.TopK(X, 1, y.AsSpan(0, 1), new double[5], method: SortMethod.FastSoftSort));
        foreach (var k in new[] { -1, 0, 6 })
        {
            Assert.Equal("k", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.TopK(X, k, y.AsSpan(0, Math.Clamp(k, 0, 5)), default)).ParamName);
        }

        Assert.Equal("q", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Quantile(X, double.NaN)).ParamName);
        Assert.Equal("quantileMethod", Assert.Throws<ArgumentOutOfRangeException>(
            () => Soft.Quantile(X, 0.5, quantileMethod: (QuantileMethod)9)).ParamName);
        Assert.Equal("logProbEps", Assert.Throws<ArgumentOutOfRangeException>(
            () => Soft.ArgMax(X, y, returnLogProbs: true, logProbEps: 1.5)).ParamName);
        Assert.Equal("logProbEps", Assert.Throws<ArgumentException>(() => Soft.ArgMax(X, y, logProbEps: 0.1)).ParamName);
        Assert.All(y, v => Assert.Equal(0, v));
    }

    [Fact]
    public void Results_may_take_the_place_of_inputs()
    {
        var expected = new double[5];
        Soft.Sort(X, expected);
        var buffer = X.ToArray();
        Soft.Sort(buffer, buffer);
        Assert.Equal(expected, buffer);

        double[] c = [1, 2, -1, 0.5, 3];
        var (y, dX) = (new double[5], new double[5]);
        Soft.SortVjp(X, y, c, dX, out var dSoftness);
        var gradient = c.ToArray();
        Soft.SortVjp(X, default, gradient, gradient, out var again);
        Assert.Equal(dSoftness, again);
        Assert.Equal(dX, gradient);
        gradient = X.ToArray();
        Soft.SortVjp(gradient, y, c, gradient, out var onceMore);
        Assert.Equal(dSoftness, onceMore);
        Assert.Equal(dX, gradient);
        Assert.Equal(expected, y);

        var (value, t) = (new double[5], new double[5]);
        Soft.SortJvp(X, value, c, t, 2);
        var (inPlace, tangent) = (X.ToArray(), c.ToArray());
        Soft.SortJvp(inPlace, inPlace, tangent, tangent, 2);
        Assert.Equal(value, inPlace);
        Assert.Equal(t, tangent);

        gradient = X.ToArray();
        Assert.Equal(Soft.Max(X), Soft.MaxVjp(gradient, 2, gradient, out _));
        Soft.MaxVjp(X, 2, dX, out _);
        Assert.Equal(dX, gradient);
    }

    [Fact]
    public void Partial_overlap_is_refused()
    {
        var array = new double[10];
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Soft.Sort(array.AsSpan(0, 5), array.AsSpan(1, 5))).ParamName);
        Assert.Equal("dX", Assert.Throws<ArgumentException>(() => Soft.SortVjp(array.AsSpan(0, 5), default, new double[5], array.AsSpan(1, 5), out _)).ParamName);
        Assert.Equal("dX", Assert.Throws<ArgumentException>(() => Soft.MaxVjp(array.AsSpan(0, 5), 1, array.AsSpan(2, 5), out _)).ParamName);
        Assert.Throws<ArgumentException>(() => Soft.SortVjp(X, array.AsSpan(0, 5), new double[5], array.AsSpan(0, 5), out _));
        Assert.Throws<ArgumentException>(() => Soft.SortJvp(X, array.AsSpan(0, 5), new double[5], array.AsSpan(0, 5), 0));
        Assert.Throws<ArgumentException>(() => Soft.TopK(array.AsSpan(0, 5), 1, array.AsSpan(0, 1), default));
        Assert.All(array, v => Assert.Equal(0, v));
    }

    [Fact]
    public void The_top_k_adds_up_what_values_and_indices_have()
    {
        double[] cValues = [1, -2];
        var cIndices = Samples.Uniform(4, 10, -1, 1);
        var (values, indices, dX, ofValues, ofIndices) = (new double[2], new double[10], new double[5], new double[5], new double[5]);
        Soft.TopKVjp(X, 2, values, indices, cValues, cIndices, dX, out var dSoftness, 0.2);
        Soft.TopKVjp(X, 2, default, default, cValues, default, ofValues, out var first, 0.2);
        Soft.TopKVjp(X, 2, default, default, new double[2], cIndices, ofIndices, out var second, 0.2);
        Assert.Equal(dSoftness, first + second, 1e-14);
        for (var i = 0; i < 5; i++) Assert.Equal(dX[i], ofValues[i] + ofIndices[i], 1e-14);
        for (var r = 0; r < 2; r++)
        {
            Assert.Equal(values[r], Enumerable.Range(0, 5).Sum(j => indices[(r * 5) + j] * X[j]), 1e-14);
            Assert.Equal(1, indices[(r * 5)..((r * 5) + 5)].Sum(), 1e-14);
        }

        var (y, p, tY, tP) = (new double[2], new double[10], new double[2], new double[10]);
        double[] tX = [1, 0.5, -1, 2, 0.25];
        Soft.TopKJvp(X, 2, y, p, tX, tY, tP, 0.5, 0.2);

        // Indices alone.
        var (alone, dAlone, pAlone, tAlone) = (new double[10], new double[5], new double[10], new double[10]);
        Soft.TopK(X, 2, default, alone, 0.2);
        Assert.Equal(indices, alone);
        Soft.TopKVjp(X, 2, default, default, default, cIndices, dAlone, out var again, 0.2);
        Assert.Equal(second, again);
        Assert.Equal(ofIndices, dAlone);
        Soft.TopKJvp(X, 2, default, pAlone, tX, default, tAlone, 0.5, 0.2);
        Assert.Equal(p, pAlone);
        Assert.Equal(tP, tAlone);
        Assert.Equal(values, y);
        var forward = tY.Zip(cValues, (a, b) => a * b).Sum() + tP.Zip(cIndices, (a, b) => a * b).Sum();
        Assert.Equal(dX.Zip(tX, (a, b) => a * b).Sum() + (0.5 * dSoftness), forward, 1e-12);
    }

    [Fact]
    public void Quantiles_are_clipped_and_percentiles_are_quantiles()
    {
        Assert.Equal(Soft.Quantile(X, 1), Soft.Quantile(X, 1.5));
        Assert.Equal(Soft.Quantile(X, 0), Soft.Quantile(X, double.NegativeInfinity));
        Assert.Equal(Soft.Quantile(X, 0.3), Soft.Percentile(X, 30));
        Assert.Equal(Soft.Quantile(X, 0.5, quantileMethod: QuantileMethod.Midpoint), Soft.Median(X));
        float[] eleven = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        Assert.Equal(10f, Soft.Quantile(eleven, 0.9f, mode: SoftMode.Hard, quantileMethod: QuantileMethod.Lower));
        double[] median = new double[5], quantile = new double[5], percentile = new double[5];
        Soft.ArgMedian(X, median);
        Soft.ArgQuantile(X, 0.5, quantile, quantileMethod: QuantileMethod.Midpoint);
        Soft.ArgPercentile(X, 50, percentile, quantileMethod: QuantileMethod.Midpoint);
        Assert.Equal(quantile, median);
        Assert.Equal(quantile, percentile);
    }

    [Fact]
    public void Logarithms_are_finite_however_small_the_probability()
    {
        var logs = new double[3];
        Soft.ArgMax([0, 500, 1000], logs, softness: 0.5, standardize: false, returnLogProbs: true);
        Assert.Equal([-2000, -1000, 0], logs);
        Soft.ArgMax([0, 500, 1000], logs, softness: 0.5, mode: SoftMode.C1, standardize: false, returnLogProbs: true);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity, 0], logs);
        var gradient = new double[3];
        Soft.ArgMaxVjp([0, 500, 1000], default, [1, 1, 1], gradient, out _, softness: 0.5, mode: SoftMode.C1, standardize: false, returnLogProbs: true);
        Assert.Equal([0, 0, 0], gradient);
        Soft.ArgMax([0, 500, 1000], logs, softness: 0.5, standardize: false, returnLogProbs: true, logProbEps: 0.25);
        Assert.Equal([Math.Log(0.25 / 1.5), Math.Log(0.25 / 1.5), Math.Log(1 / 1.5)], logs);
    }

    private static void AssertNames<TException>(string mode, string method, Action action)
        where TException : ArgumentException
    {
        var error = Assert.Throws<TException>(action);
        Assert.Contains(mode, error.Message, StringComparison.Ordinal);
        Assert.Contains(method, error.Message, StringComparison.Ordinal);
    }
}
