namespace SoftDiff.Runtime.Tests.Operators;

public sealed class SoftmaxTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Values_agree_with_the_definition()
    {
        foreach (var n in Samples.Lengths)
        {
            var x = Samples.Uniform(n, n, -10, 10);
            var total = x.Sum(Math.Exp);
            var (softmax, logSoftmax) = (MapOperators.Softmax.Value(x), MapOperators.LogSoftmax.Value(x));
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(Math.Exp(x[i]) / total, softmax[i], 1e-14 * softmax[i]);
                Assert.Equal(x[i] - Math.Log(total), logSoftmax[i], 1e-13);
            }

            Assert.Equal(1, softmax.Sum(), 1e-14);
            Assert.Equal(Math.Log(total), Soft.LogSumExp(x), 1e-14 * (1 + Math.Abs(Math.Log(total))));
            Assert.Equal(Math.Log(total), Soft.LogSumExp(x.As<float>()), 1e-5);
            var target = n / 2;
            Assert.Equal(Math.Log(total) - x[target], Soft.SoftmaxCrossEntropy(x, target), 1e-13);
            Assert.Equal(Math.Log(total) - x[target], Soft.SoftmaxCrossEntropy(x.As<float>(), target), 1e-5);
        }
    }

    [Fact]
    public void Scalar_rules_agree_with_differences_and_each_other()
    {
        foreach (var n in new[] { 1, 2, 3, 5, 8, 11 })
        {
            var x = Samples.Uniform(n, n, -4, 4);
            GradientCheck.Verify(x => Soft.LogSumExp(x), LogSumExpGradient, LogSumExpTangent, x);
            for (var target = 0; target < n; target += 2)
            {
                var t = target;
                GradientCheck.Verify(x => Soft.SoftmaxCrossEntropy(x, t), Gradient, Tangent, x);

                double Gradient(ReadOnlySpan<double> x, Span<double> dX)
                {
                    var (value, residual) = Soft.SoftmaxCrossEntropyForward(x, t);
                    Soft.SoftmaxCrossEntropyBackward(residual, x, t, 1, dX);
                    return value;
                }

                double Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult)
                {
                    (var value, tResult) = Soft.SoftmaxCrossEntropyTangent(x, t, tX);
                    return value;
                }
            }
        }

        static double LogSumExpGradient(ReadOnlySpan<double> x, Span<double> dX)
        {
            var (value, residual) = Soft.LogSumExpForward(x);
            Soft.LogSumExpBackward(residual, x, 1, dX);
            return value;
        }

        static double LogSumExpTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult)
        {
            (var value, tResult) = Soft.LogSumExpTangent(x, tX);
            return value;
        }
    }

    [Fact]
    public void Backward_rules_are_linear_in_the_cotangent()
    {
        double[] x = [0.5, -1, 2];
        var (once, thrice) = (new double[3], new double[3]);
        Soft.LogSumExpBackward(Soft.LogSumExp(x), x, 1, once);
        Soft.LogSumExpBackward(Soft.LogSumExp(x), x, -3, thrice);
        for (var i = 0; i < 3; i++) Assert.Equal(-3 * once[i], thrice[i], 1e-15);
        Soft.SoftmaxCrossEntropyBackward(Soft.LogSumExp(x), x, 1, 1, once);
        Soft.SoftmaxCrossEntropyBackward(Soft.LogSumExp(x), x, 1, -3, thrice);
        for (var i = 0; i < 3; i++) Assert.Equal(-3 * once[i], thrice[i], 1e-15);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    public void Float_gradients_keep_their_digits_however_large_the_logits(double shift)
    {
        // Exactly representable after the shift, so the exact gradient is that of the logits without it.
        double[] steps = [0, -0.25, -1, -3.5, -2];
        var total = steps.Sum(Math.Exp);
        var x = steps.Select(s => (float)(s + shift)).ToArray();
        var (value, residual) = Soft.SoftmaxCrossEntropyForward(x, 3);
        var dX = new float[5];
        Soft.SoftmaxCrossEntropyBackward(residual, x, 3, 1, dX);
        Assert.Equal(Math.Log(total) + 3.5, value, 2e-6);
        for (var i = 0; i < 5; i++) Assert.Equal((Math.Exp(steps[i]) / total) - (i == 3 ? 1 : 0), dX[i], 3e-7);

        float[] tX = [1, 2, 3, 4, 5];
        var expected = steps.Select((s, i) => Math.Exp(s) / total * (i + 1)).Sum();
        Assert.Equal(expected - 4, Soft.SoftmaxCrossEntropyTangent(x, 3, tX).Tangent, 2e-6);
        Assert.Equal(expected, Soft.LogSumExpTangent(x, tX).Tangent, 2e-6);
    }

    [Fact]
    public void Large_logits_give_finite_values_and_gradients()
    {
        foreach (double[] x in new double[][] { [1e4, -1e4, 0], [-1e4, -1e4], [1e308, -1e308], [double.MaxValue, double.MaxValue] })
        {
            var dX = new double[x.Length];
            Assert.True(double.IsFinite(Soft.LogSumExp(x)));
            Soft.LogSumExpBackward(Soft.LogSumExp(x), x, 1, dX);
            Assert.Equal(1, dX.Sum(), 1e-11);
            var (value, residual) = Soft.SoftmaxCrossEntropyForward(x, 0);
            Assert.True(double.IsFinite(value));
            Soft.SoftmaxCrossEntropyBackward(residual, x, 0, 1, dX);
            Assert.Equal(0, dX.Sum(), 1e-11);
        }

        Assert.Equal(2e4, Soft.SoftmaxCrossEntropy([1e4, -1e4], 1));
        Assert.Equal(2e4f, Soft.SoftmaxCrossEntropy([1e4f, -1e4f], 1));
        Assert.Equal(1e4 + Math.Log(2), Soft.LogSumExp([1e4, 1e4]), 1e-11);
    }

    [Fact]
    public void Infinite_maxima_share_the_weight()
    {
        Assert.Equal([0.5, 0, 0.5, 0], MapOperators.Softmax.Value(Infinity, 1, Infinity, -Infinity));
        Assert.Equal([-Math.Log(2), -Infinity, -Math.Log(2), -Infinity], MapOperators.LogSoftmax.Value(Infinity, 1, Infinity, -Infinity));
        Assert.Equal([0.25, 0.25, 0.25, 0.25], MapOperators.Softmax.Value(-Infinity, -Infinity, -Infinity, -Infinity));
        Assert.Equal([1, 0], MapOperators.Softmax.Value(3, -Infinity));
        Assert.Equal([0, -Infinity], MapOperators.LogSoftmax.Value(3, -Infinity));
        Assert.Equal(Infinity, Soft.LogSumExp([Infinity, -Infinity]));
        Assert.Equal(-Infinity, Soft.LogSumExp([-Infinity, -Infinity]));
        Assert.Equal(2, Soft.LogSumExp([2, -Infinity]));
        Assert.Equal(Math.Log(2), Soft.SoftmaxCrossEntropy([Infinity, 1, Infinity], 2));
        Assert.Equal(Infinity, Soft.SoftmaxCrossEntropy([Infinity, 1, Infinity], 1));
        Assert.Equal(Infinity, Soft.SoftmaxCrossEntropy([1, -Infinity], 1));

        var dX = new double[3];
        Soft.LogSumExpBackward(Infinity, [Infinity, 1, Infinity], 2, dX);
        Assert.Equal([1, 0, 1], dX);
        Soft.SoftmaxCrossEntropyBackward(Infinity, [Infinity, 1, Infinity], 0, 1, dX);
        Assert.Equal([-0.5, 0, 0.5], dX);
        Assert.Equal(5, Soft.LogSumExpTangent([Infinity, 1, Infinity], [4, 100, 6]).Tangent);
        Assert.Equal(-2, Soft.SoftmaxCrossEntropyTangent([-Infinity, -Infinity], 1, [4, 8]).Tangent);
    }

    [Fact]
    public void Nan_anywhere_gives_nan()
    {
        foreach (var n in new[] { 1, 2, 3, 4, 5, 8, 9, 17, 35 })
        {
            for (var i = 0; i < n; i++)
            {
                foreach (var other in new[] { 1, Infinity, -Infinity })
                {
                    var x = Enumerable.Repeat(other, n).ToArray();
                    x[i] = double.NaN;
                    Assert.True(double.IsNaN(Soft.LogSumExp(x)));
                    Assert.True(float.IsNaN(Soft.LogSumExp(x.As<float>())));
                    Assert.True(double.IsNaN(Soft.SoftmaxCrossEntropy(x, 0)));
                    Assert.All(MapOperators.Softmax.Value(x), y => Assert.True(double.IsNaN(y)));
                    Assert.All(MapOperators.LogSoftmax.Value(x), y => Assert.True(double.IsNaN(y)));
                    Assert.All(MapOperators.SingleSoftmax.Value(x.As<float>()), y => Assert.True(float.IsNaN(y)));
                }
            }
        }
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Soft.LogSumExp(ReadOnlySpan<double>.Empty)).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Soft.LogSumExp(ReadOnlySpan<float>.Empty)).ParamName);
        Assert.Equal("logits", Assert.Throws<ArgumentException>(() => Soft.SoftmaxCrossEntropy(ReadOnlySpan<double>.Empty, 0)).ParamName);
        foreach (var target in new[] { -1, 3, int.MaxValue })
        {
            Assert.Equal("target", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.SoftmaxCrossEntropy(new double[3], target)).ParamName);
            Assert.Throws<ArgumentOutOfRangeException>(() => Soft.SoftmaxCrossEntropyForward(new float[3], target));
        }

        Assert.Throws<ArgumentException>(() => Soft.LogSumExpBackward(0, new double[3], 1, new double[4]));
        Assert.Throws<ArgumentException>(() => Soft.LogSumExpTangent(new double[3], new double[4]));
        Assert.Throws<ArgumentException>(() => Soft.SoftmaxCrossEntropyBackward(0, new double[3], 1, 1, new double[2]));
    }

    [Fact]
    public void Wrong_derivatives_are_named()
    {
        double[] x = [1, 2, 3], memory = [7, 7, 7, 7];
        float[] y = [1, 2, 3], narrow = [7, 7, 7, 7];
        Assert.Throws<ArgumentException>("dX", () => Soft.LogSumExpBackward(3, x, 1, memory));
        Assert.Throws<ArgumentException>("dX", () => Soft.LogSumExpBackward(3, y, 1, narrow));
        Assert.Throws<ArgumentException>("tX", () => Soft.LogSumExpTangent(x, memory));
        Assert.Throws<ArgumentException>("tX", () => Soft.LogSumExpTangent(y, narrow));
        Assert.Throws<ArgumentException>("dLogits", () => Soft.SoftmaxCrossEntropyBackward(3, x, 1, 1, memory));
        Assert.Throws<ArgumentException>("dLogits", () => Soft.SoftmaxCrossEntropyBackward(3, y, 1, 1, narrow));
        Assert.Throws<ArgumentException>("tLogits", () => Soft.SoftmaxCrossEntropyTangent(x, 1, memory));
        Assert.Throws<ArgumentException>("tLogits", () => Soft.SoftmaxCrossEntropyTangent(y, 1, narrow));
        Assert.Throws<ArgumentException>("dX", () => Soft.LogSumExpBackward(3, memory.AsSpan(0, 3), 1, memory.AsSpan(1, 3)));
        Assert.Throws<ArgumentException>("dLogits", () => Soft.SoftmaxCrossEntropyBackward(3, memory.AsSpan(1, 3), 1, 1, memory.AsSpan(0, 3)));
        Assert.Equal([7.0, 7, 7, 7], memory);
        Assert.Equal([7f, 7, 7, 7], narrow);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (x, t, dX) = (Samples.Uniform(1, 2500, -1, 1), new double[2500], new double[2500]);
        Allocations.AssertNone(() =>
        {
            var (_, residual) = Soft.SoftmaxCrossEntropyForward(x, 3);
            Soft.SoftmaxCrossEntropyBackward(residual, x, 3, 1, dX);
            _ = Soft.SoftmaxCrossEntropyTangent(x, 3, t);
            Soft.LogSumExpBackward(Soft.LogSumExp(x), x, 1, dX);
            _ = Soft.LogSumExpTangent(x, t);
        });
    }
}
