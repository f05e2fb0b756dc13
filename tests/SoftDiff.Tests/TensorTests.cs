using System.Numerics.Tensors;

namespace SoftDiff.Tests;

/// <summary>Derivatives of methods with tensors: against differences, between the modes, for any strides, without allocation.</summary>
public sealed class TensorTests
{
    private delegate void Primal(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness);

    private delegate void Pullback(
        in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness,
        TensorSpan<double> dX, TensorSpan<double> dY, out double dSoftness);

    private delegate void Pushforward(
        in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness,
        ReadOnlyTensorSpan<double> tX, TensorSpan<double> tY, double tSoftness);

    private sealed record Along(Primal Value, Pullback Vjp, Pushforward Jvp, Func<nint[], int?, nint[]> Result);

    private static readonly Dictionary<string, Along> Operators = new()
    {
        ["Sort"] = new(TensorExamples.Sort, TensorExamples.SortVjp, TensorExamples.SortJvp, Positions),
        ["Rank"] = new(TensorExamples.Rank, TensorExamples.RankVjp, TensorExamples.RankJvp, Positions),
        ["Max"] = new(TensorExamples.Max, TensorExamples.MaxVjp, TensorExamples.MaxJvp, (x, axis) => Kept(x, axis, 1)),
        ["ArgMax"] = new(TensorExamples.ArgMax, TensorExamples.ArgMaxVjp, TensorExamples.ArgMaxJvp, Indices),
        ["Quantile"] = new(TensorExamples.Quantile, TensorExamples.QuantileVjp, TensorExamples.QuantileJvp, Reduced),
        ["TopK"] = new(TensorExamples.TopK, TensorExamples.TopKVjp, TensorExamples.TopKJvp, (x, axis) => axis is null ? [1] : Kept(x, axis, 1)),
        ["Relu"] = new(TensorExamples.Relu, TensorExamples.ReluVjp, TensorExamples.ReluJvp, (x, _) => x),
    };

    public static TheoryData<string, int[], int?> Cases()
    {
        TheoryData<string, int[], int?> cases = [];
        foreach (string name in Operators.Keys)
        {
            cases.Add(name, [5], 0);
            cases.Add(name, [5], null);
            cases.Add(name, [3, 4], 0);
            cases.Add(name, [3, 4], 1);
            cases.Add(name, [3, 4], null);
            cases.Add(name, [2, 3, 2], 1);
            cases.Add(name, [2, 3, 2], -1);
            cases.Add(name, [2, 3, 2], null);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OperatorsAlongAnAxis(string name, int[] shape, int? axis)
    {
        const double Softness = 0.6;
        Along f = Operators[name];
        nint[] lengths = [.. shape.Select(n => (nint)n)], result = f.Result(lengths, axis);
        (double[] x, double[] t, double[] c) = (Numbers(Count(lengths), 1), Numbers(Count(lengths), 2), Numbers(Count(result), 3));

        double[] value = Value(f, x, Softness), y = new double[c.Length], dX = Garbage(x.Length), dY = [.. c];
        f.Vjp(new(x, lengths), new(y, result), axis, Softness, new(dX, lengths), new(dY, result), out double dSoftness);
        Assert.Equal(value, y);
        Assert.All(dY, d => Assert.Equal(0, d));

        double[] tY = Garbage(c.Length);
        f.Jvp(new(x, lengths), new(y, result), axis, Softness, new(t, lengths), new(tY, result), 0.3);
        Assert.Equal(value, y);
        Near(Dot(dX, t) + (0.3 * dSoftness), Dot(c, tY), 1e-11);
        double[] expected = Extrapolated(h => Value(f, [.. x.Zip(t, (a, b) => a + (h * b))], Softness + (0.3 * h)));
        Assert.All(expected.Zip(tY), pair => Near(pair.First, pair.Second, 1e-8));

        double[] Value(Along along, double[] at, double softness)
        {
            double[] into = new double[c.Length];
            along.Value(new(at, lengths), new(into, result), axis, softness);
            return into;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-1)]
    public void TheOperatorsOwnDerivativesAreCalled(int? axis)
    {
        nint[] lengths = [3, 4], result = Positions(lengths, axis);
        double[] x = Numbers(12, 1), c = Numbers(12, 2), y = new double[12], dX = new double[12], dY = [.. c];
        TensorExamples.SortVjp(new(x, lengths), new(y, result), axis, 0.4, new(dX, lengths), new(dY, result), out double dSoftness);
        double[] value = new double[12], gradient = new double[12];
        Soft.SortVjp(new(x, lengths), new TensorSpan<double>(value, result), new(c, result), new(gradient, lengths), out double own, axis, 0.4);
        Same((value, y), (gradient, dX), ([own], [dSoftness]));

        double[] tY = new double[12], tangent = new double[12];
        TensorExamples.SortJvp(new(x, lengths), new(y, result), axis, 0.4, new(c, lengths), new(tY, result), -2);
        Soft.SortJvp(new(x, lengths), new TensorSpan<double>(value, result), new(c, lengths), new(tangent, result), -2, axis, 0.4);
        Same((value, y), (tangent, tY));
    }

    [Fact]
    public void StraightThroughHasTheHardValueAndTheSoftDerivative()
    {
        double[] x = Numbers(12, 1), y = new double[12], dX = new double[12], dY = Numbers(12, 2), soft = new double[12], gradient = new double[12];
        double[] c = [.. dY];
        TensorExamples.SortVjp(new(x, [3, 4]), new(soft, [3, 4]), 1, 0.4, new(gradient, [3, 4]), new([.. c], [3, 4]), out double own);
        TensorExamples.SortStVjp(new(x, [3, 4]), new(y, [3, 4]), 1, 0.4, new(dX, [3, 4]), new(dY, [3, 4]), out double dSoftness);
        Assert.Equal([.. x.Chunk(4).SelectMany(row => row.Order())], y);
        Same((gradient, dX), ([own], [dSoftness]));
    }

    [Fact]
    public void ABatchOfRowsHasAGradient()
    {
        double[] x = Numbers(12, 1), target = Numbers(4, 2), dX = Garbage(12), dTarget = Garbage(4), tX = Numbers(12, 3), tTarget = Numbers(4, 4);
        double value = TensorExamples.BatchLossGrad(new(x, [3, 4]), target, 0.5, new(dX, [3, 4]), dTarget, out double dSoftness);
        Near(TensorExamples.BatchLoss(new(x, [3, 4]), target, 0.5), value, 1e-15);
        TensorExamples.BatchLossJvp(new(x, [3, 4]), target, 0.5, new(tX, [3, 4]), tTarget, -0.2, out double tResult);
        Near(Dot(dX, tX) + Dot(dTarget, tTarget) - (0.2 * dSoftness), tResult, 1e-11);
        double difference = Extrapolated(h => [TensorExamples.BatchLoss(new(Moved(x, tX, h), [3, 4]), Moved(target, tTarget, h), 0.5 - (0.2 * h))])[0];
        Near(difference, tResult, 1e-9);
    }

    [Fact]
    public void FloatsFollowDoubles()
    {
        double[] x = Numbers(12, 1), target = Numbers(4, 2), dX = new double[12], dTarget = new double[4];
        float[] single = [.. x.Select(e => (float)e)], goal = [.. target.Select(e => (float)e)], dSingle = new float[12], dGoal = new float[4];
        double value = TensorExamples.BatchLossGrad(new(x, [3, 4]), target, 0.5, new(dX, [3, 4]), dTarget, out double dSoftness);
        float small = TensorExamples.BatchLossSingleGrad(new(single, [3, 4]), goal, 0.5f, new(dSingle, [3, 4]), dGoal, out float dSmall);
        Near(value, small, 1e-5);
        Near(dSoftness, dSmall, 1e-4);
        Assert.All(dX.Concat(dTarget).Zip(dSingle.Concat(dGoal)), pair => Near(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void OperatorsOfSeveralInputsMayFollowEachOther()
    {
        double[] x = Numbers(12, 1), y = Numbers(12, 2), index = [0.2, 0.5, 0.3, 0.6, 0.1, 0.3], dX = Garbage(12), dY = Garbage(12), dIndex = Garbage(6);
        double[] tX = Numbers(12, 3), tY = Numbers(12, 4), tIndex = Numbers(6, 5);
        double value = TensorExamples.SelectedGrad(
            new(x, [3, 4]), new(y, [3, 4]), new(index, [2, 3]), 0.5, new(dX, [3, 4]), new(dY, [3, 4]), new(dIndex, [2, 3]), out double dSoftness);
        Near(At(0), value, 1e-15);
        TensorExamples.SelectedJvp(
            new(x, [3, 4]), new(y, [3, 4]), new(index, [2, 3]), 0.5, new(tX, [3, 4]), new(tY, [3, 4]), new(tIndex, [2, 3]), 0.7, out double tResult);
        Near(Dot(dX, tX) + Dot(dY, tY) + Dot(dIndex, tIndex) + (0.7 * dSoftness), tResult, 1e-11);
        Near(Extrapolated(h => [At(h)])[0], tResult, 1e-9);

        double At(double h) =>
            TensorExamples.Selected(new(Moved(x, tX, h), [3, 4]), new(Moved(y, tY, h), [3, 4]), new(Moved(index, tIndex, h), [2, 3]), 0.5 + (0.7 * h));
    }

    /// <summary>The transpose of a 4 × 3 array, a part of a 5 × 6 one, and each of them for every argument.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(6, 1)]
    [InlineData(1, 4)]
    public void StridesDoNotMatter(int down, int right)
    {
        double[] x = Numbers(12, 1), y = Numbers(12, 2), c = Numbers(12, 3), dX = Garbage(12), dY = [.. c], value = [.. y];
        TensorExamples.SquaresOfRanksVjp(new(x, [3, 4]), new(value, [3, 4]), new(dX, [3, 4]), new(dY, [3, 4]));
        Array2 sx = Array2.Of(x, down, right), sy = Array2.Of(y, down, right), sdX = Array2.Of(Garbage(12), down, right), sdY = Array2.Of(c, down, right);
        TensorExamples.SquaresOfRanksVjp(sx.Tensor, sy.Tensor, sdX.Tensor, sdY.Tensor);
        Same((value, sy.Elements), (dX, sdX.Elements), (dY, sdY.Elements));
        Assert.True(sy.KeepsItsGaps && sdX.KeepsItsGaps && sdY.KeepsItsGaps);

        double[] t = Numbers(12, 4), tY = Numbers(12, 5), tangent = [.. tY];
        value = [.. y];
        TensorExamples.SquaresOfRanksJvp(new(x, [3, 4]), new(value, [3, 4]), new(t, [3, 4]), new(tangent, [3, 4]));
        (sy, Array2 st, Array2 stY) = (Array2.Of(y, down, right), Array2.Of(t, down, right), Array2.Of(tY, down, right));
        TensorExamples.SquaresOfRanksJvp(sx.Tensor, sy.Tensor, st.Tensor, stY.Tensor);
        Same((value, sy.Elements), (tangent, stY.Elements));

        Assert.Equal(TensorExamples.SmoothnessGrad(new(x, [3, 4]), 2, new(dX, [3, 4]), out double dWeight),
            TensorExamples.SmoothnessGrad(sx.Tensor, 2, sdX.Tensor, out double strided));
        Same((dX, sdX.Elements), ([dWeight], [strided]));
    }

    [Fact]
    public void AWrongShapeIsAnErrorBeforeAnythingIsWritten()
    {
        double[] x = Numbers(12, 1), target = Numbers(4, 2), dX = Garbage(12), dTarget = Garbage(4);
        var wrong = Assert.Throws<ArgumentException>(
            () => TensorExamples.BatchLossGrad(new(x, [3, 4]), target, 0.5, new(dX, [4, 3]), dTarget, out _));
        Assert.Equal("dX", wrong.ParamName);
        Assert.StartsWith("'dX' has shape [4, 3]; it must have shape [3, 4], like 'x'.", wrong.Message);
        wrong = Assert.Throws<ArgumentException>(() => TensorExamples.BatchLossJvp(new(x, [3, 4]), target, 0.5, new(x, [12]), target, 0, out _));
        Assert.StartsWith("'tX' has shape [12]; it must have shape [3, 4], like 'x'.", wrong.Message);
        wrong = Assert.Throws<ArgumentException>(() => TensorExamples.SmoothnessGrad(new(x, [3, 2, 2]), 1, new(dX, [3, 2, 2]), out _));
        Assert.StartsWith("'image' has shape [3, 2, 2]; it must have 2 axes", wrong.Message);
        Assert.All(dX.Concat(dTarget), e => Assert.Equal(double.NaN, e));
    }

    [Fact]
    public void SharedMemoryIsAnError()
    {
        double[] x = Numbers(24, 1);
        var shared = Assert.Throws<ArgumentException>(
            () => TensorExamples.SmoothnessGrad(new(x, [3, 4]), 1, new TensorSpan<double>(x.AsSpan(11), [3, 4]), out _));
        Assert.StartsWith("'dImage' and 'image' share memory; they must not overlap.", shared.Message);
        var repeated = Assert.Throws<ArgumentException>(
            () => TensorExamples.SmoothnessGrad(new(x, [3, 4]), 1, new TensorSpan<double>(x.AsSpan(12), [3, 4], [0, 1]), out _));
        Assert.StartsWith("'dImage' repeats one element along the axis 0; it cannot be written.", repeated.Message);
    }

    [Fact]
    public void BuffersGoInAndOut()
    {
        double[] y = Numbers(6, 1), x = Numbers(6, 2), c = Numbers(6, 3), tY = Numbers(6, 4), tX = Numbers(6, 5);
        double[] value = [.. y], dY = [.. c], dX = Garbage(6);
        TensorExamples.RunningSumsVjp(new(value, [2, 3]), new(x, [2, 3]), new(dY, [2, 3]), new(dX, [2, 3]));
        double[] again = [.. y], tangent = [.. tY];
        TensorExamples.RunningSumsJvp(new(again, [2, 3]), new(x, [2, 3]), new(tangent, [2, 3]), new(tX, [2, 3]));
        Assert.Equal(value, again);
        Near(Dot(c, tangent), Dot(dY, tY) + Dot(dX, tX), 1e-11);
        Assert.All(Extrapolated(At).Zip(tangent), pair => Near(pair.First, pair.Second, 1e-9));

        double[] At(double h)
        {
            double[] at = Moved(y, tY, h);
            TensorExamples.RunningSums(new(at, [2, 3]), new(Moved(x, tX, h), [2, 3]));
            return at;
        }
    }

    private static nint[] Positions(nint[] x, int? axis) => axis is null ? [Count(x)] : x;

    private static nint[] Kept(nint[] x, int? axis, nint length) =>
        [.. x.Select((n, d) => axis is null || d == (axis + x.Length) % x.Length ? length : n)];

    private static nint[] Reduced(nint[] x, int? axis) =>
        axis is null || x.Length == 1 ? [1] : [.. x.Where((_, d) => d != (axis + x.Length) % x.Length)];

    private static nint[] Indices(nint[] x, int? axis) => axis is { } a
        ? [.. x.Length == 1 ? [] : Reduced(x, axis), x[(a + x.Length) % x.Length]]
        : [Count(x)];

    private static int Count(nint[] lengths) => (int)lengths.Aggregate((nint)1, (a, b) => a * b);

    private static double[] Numbers(int count, int seed) => [.. Enumerable.Range(1, count).Select(i => Math.Sin((1.7 * i) + (2.3 * seed)))];

    private static double[] Garbage(int count) => [.. Enumerable.Repeat(double.NaN, count)];

    private static double[] Moved(double[] x, double[] t, double h) => [.. x.Zip(t, (a, b) => a + (h * b))];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>Central differences at 0, extrapolated twice.</summary>
    private static double[] Extrapolated(Func<double, double[]> f)
    {
        double[] Central(double h) => [.. f(h).Zip(f(-h), (a, b) => (a - b) / (2 * h))];
        double[] Better(double[] fine, double[] coarse, double factor) => [.. fine.Zip(coarse, (a, b) => a + ((a - b) / (factor - 1)))];
        (double[] a, double[] b, double[] c) = (Central(1e-3), Central(2e-3), Central(4e-3));
        return Better(Better(a, b, 4), Better(b, c, 4), 16);
    }

    private static void Same(params ReadOnlySpan<(double[] Expected, double[] Actual)> pairs)
    {
        foreach ((double[] expected, double[] actual) in pairs)
        {
            Assert.Equal(expected, actual);
        }
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{actual} should be {expected}.");

    /// <summary>A 3 × 4 array with strides, in memory whose gaps hold NaN.</summary>
    private sealed class Array2(double[] memory, int down, int right)
    {
        public static Array2 Of(double[] elements, int down, int right)
        {
            Array2 array = new(Garbage((2 * down) + (3 * right) + 1), down, right);
            new ReadOnlyTensorSpan<double>(elements, [3, 4]).CopyTo(array.Tensor);
            return array;
        }

        public TensorSpan<double> Tensor => new(memory, [3, 4], [down, right]);

        public double[] Elements => [.. from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 4) select memory[(i * down) + (j * right)]];

        public bool KeepsItsGaps => memory.Count(double.IsNaN) == memory.Length - 12;
    }
}
