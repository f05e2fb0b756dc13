using System.Numerics.Tensors;

namespace SoftDiff.Tests;

public sealed class NestedTensorTests
{
    private const int Rows = 3, Columns = 2, Count = Rows * Columns;

    private static readonly double[] X = [0.3, -1.2, 0.8, 0.1, 2.0, -0.4], Target = [-1, -0.5, 0, 0.5, 1, 1.5];

    [Theory]
    [InlineData(SortMethod.SoftSort, false)]
    [InlineData(SortMethod.NeuralSort, true)]
    [InlineData(SortMethod.FastSoftSort, false)]
    [InlineData(SortMethod.SmoothSort, true)]
    [InlineData(SortMethod.OptimalTransport, false)]
    [InlineData(SortMethod.SortingNetwork, true)]
    public void Hessian_by_forward_over_reverse_is_symmetric_and_that_of_differences(SortMethod method, bool isTransposed)
    {
        var hessian = NestedCheck.Hessian(
            X,
            (t, gradient, tGradient) =>
            {
                NestedDerivatives.SortedColumnsJvp(
                    Laid(X, isTransposed), Laid(Target, isTransposed), 0.3, method,
                    Laid(gradient, isTransposed), Laid(t, isTransposed), Laid(tGradient, isTransposed), out var slope);
                return slope;
            },
            (x, gradient) => NestedDerivatives.SortedColumns(
                Laid(x, isTransposed), Laid(Target, isTransposed), 0.3, method, Laid(gradient, isTransposed)));
        Assert.Contains(Enumerable.Range(0, Count), i => Math.Abs(hessian[0, i]) > 0.1);
    }

    [Fact]
    public void Reverse_over_reverse_is_the_transpose() => NestedCheck.Transpose(
        Count,
        (t, gradient, tGradient) =>
        {
            NestedDerivatives.SortedColumnsJvp(Laid(X), Laid(Target), 0.3, SortMethod.SoftSort, Laid(gradient), Laid(t), Laid(tGradient), out var slope);
            return slope;
        },
        (cResult, dX, dGradient) => NestedDerivatives.SortedColumnsVjp(
            Laid(X), Laid(Target), 0.3, SortMethod.SoftSort, Laid(new double[Count]), cResult, Laid(dX), Laid(dGradient)));

    [Fact]
    public void Single_precision_nests_along_repeated_axes()
    {
        float[] x = [0.2f, -0.1f, 0.5f, 0.3f, 0.1f, 0.4f], threshold = [0.1f, 0.2f, 0.3f], dX = new float[Count], dThreshold = new float[Rows];
        NestedDerivatives.CrossingsGrad(Single(x), Single(threshold), 0.3f, Single(dX), Single(dThreshold), out var dSoftness);
        for (var i = 0; i < Count; i++) Assert.Equal(Slope(h => (Moved(x, i, h), threshold, 0.3f)), dX[i], 2e-2);
        for (var i = 0; i < Rows; i++) Assert.Equal(Slope(h => (x, Moved(threshold, i, h), 0.3f)), dThreshold[i], 2e-2);
        Assert.Equal(Slope(h => (x, threshold, 0.3f + h)), dSoftness, 2e-2);

        static TensorSpan<float> Single(float[] memory) => new(memory, [Rows, memory.Length / Rows], default);

        static float[] Moved(float[] array, int at, float h) => [.. array.Select((a, i) => i == at ? a + h : a)];

        static double Slope(Func<float, (float[] X, float[] Threshold, float Softness)> at)
        {
            const float H = 4e-3f;
            return (Value(at(H)) - Value(at(-H))) / (2 * H);
        }

        static double Value((float[] X, float[] Threshold, float Softness) at) => NestedDerivatives.Crossings(Single(at.X), Single(at.Threshold), at.Softness);
    }

    [Fact]
    public void Gradients_of_samples_see_the_same_noise()
    {
        double[] weights = [1, -1, 0.5, 2, 0.3, -0.7], t = [0.2, -0.5, 0.1, 0.4, 0.3, -0.2], gradient = new double[Count], tGradient = new double[Count];
        NestedDerivatives.SampleGradientJvp(new SoftRandom(3), Laid(X), Weights(), Laid(gradient), Laid(t), Laid(tGradient));
        var (up, down) = (Gradient(1e-5), Gradient(-1e-5));
        for (var i = 0; i < Count; i++) Assert.Equal((up[i] - down[i]) / 2e-5, tGradient[i], 1e-7);

        ReadOnlyTensorSpan<double> Weights() => new(weights, [1, Rows, Columns]);

        double[] Gradient(double h)
        {
            var result = new double[Count];
            NestedDerivatives.SampleGradient(new SoftRandom(3), Laid([.. X.Zip(t, (x, d) => x + (h * d))]), Weights(), Laid(result));
            return result;
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named_as_without_derivatives()
    {
        double[] x = [.. X], other = new double[Count];
        var plain = Assert.Throws<ArgumentException>(
            () => NestedDerivatives.SortedColumns(Laid(x), Laid(Target), 0.3, SortMethod.SoftSort, new TensorSpan<double>(other, [Columns, Rows], default)));
        var nested = Assert.Throws<ArgumentException>(() => NestedDerivatives.SortedColumnsJvp(
            Laid(x), Laid(Target), 0.3, SortMethod.SoftSort, new TensorSpan<double>(other, [Columns, Rows], default), Laid(x), new TensorSpan<double>(new double[Count], [Columns, Rows], default), out _));
        Assert.Equal("dX", plain.ParamName);
        Assert.Equal(plain.Message, nested.Message);
    }

    private static TensorSpan<double> Laid(double[] memory, bool isTransposed = false) =>
        new(memory, [Rows, Columns], isTransposed ? [1, Rows] : [Columns, 1]);
}
