namespace SoftDiff.Tests;

/// <summary>Soft operators called in differentiated code.</summary>
public static partial class SoftOperatorTests
{
    [Differentiable]
    public static double Elementwise(double x, double softness) =>
        Soft.Relu(x * x - 1, softness, SoftMode.C2) + Soft.Greater(x, 0.2, softness) * Soft.Clamp(x, -1, 1, softness, SoftMode.C1);

    [Differentiable]
    public static double SortedMoment(ReadOnlySpan<double> x, double softness)
    {
        Span<double> y = stackalloc double[x.Length];
        Soft.Sort(x, y, softness, SoftMode.Smooth, SortMethod.SoftSort);
        double total = 0;
        for (int i = 0; i < y.Length; i++) total += (i + 1) * y[i] * y[i];
        return total + Soft.Max(x, softness, SoftMode.C2);
    }

    // All elements are compared with one number.
    [Differentiable]
    public static double Selected(ReadOnlySpan<double> x, double threshold, double softness)
    {
        Span<double> above = stackalloc double[x.Length];
        Span<double> near = stackalloc double[x.Length];
        Soft.Greater(x, threshold, above, softness);
        Soft.IsClose(x, 2 * threshold, near, softness, SoftMode.C2, absoluteTolerance: 0.3);
        double total = 0;
        for (int i = 0; i < x.Length; i++) total += above[i] * x[i] * x[i] + near[i] * x[i];
        return total;
    }

    // The number of elements above, straight through.
    [Differentiable]
    public static float Counted(ReadOnlySpan<float> x, float threshold)
    {
        Span<float> above = stackalloc float[x.Length];
        Soft.GreaterSt(x, threshold, above, 0.25f);
        float count = 0;
        for (int i = 0; i < x.Length; i++) count += above[i];
        return count;
    }

    // The product of two ramps, straight through as a whole and factor by factor.
    [Differentiable, StraightThrough]
    public static double RampProduct(double x, double y, SoftMode mode) => Soft.Relu(x, 0.1, mode) * Soft.Relu(y, 0.1, mode);

    [Differentiable]
    public static double ProductOfRamps(double x, double y) => Soft.ReluSt(x, 0.1) * Soft.ReluSt(y, 0.1);

    [Theory]
    [InlineData(1.05, 0.1)]
    [InlineData(-0.4, 0.3)]
    public static void Elementwise_operators_have_derivatives(double x, double softness)
    {
        double value = ElementwiseGrad(x, softness, out double dX, out double dSoftness);
        Assert.Equal(Elementwise(x, softness), value, 1e-15);
        Assert.Equal(Difference(v => Elementwise(v, softness), x), dX, 1e-7);
        Assert.Equal(Difference(v => Elementwise(x, v), softness), dSoftness, 1e-7);
        ElementwiseJvp(x, softness, 0.5, -2, out double tResult);
        Assert.Equal((0.5 * dX) - (2 * dSoftness), tResult, 1e-12);
    }

    [Fact]
    public static void Row_operators_have_derivatives()
    {
        double[] x = [0.4, -1.2, 0.9, 0.1], dX = new double[4], tX = [0.3, -0.7, 1.1, 0.2];
        double value = SortedMomentGrad(x, 0.2, dX, out double dSoftness);
        Assert.Equal(SortedMoment(x, 0.2), value, 1e-14);
        for (int i = 0; i < x.Length; i++)
        {
            int at = i;
            Assert.Equal(Difference(v => SortedMoment([.. x.Select((e, j) => j == at ? v : e)], 0.2), x[i]), dX[i], 1e-7);
        }

        Assert.Equal(Difference(v => SortedMoment(x, v), 0.2), dSoftness, 1e-7);
        SortedMomentJvp(x, 0.2, tX, 0.4, out double tResult);
        Assert.Equal(x.Select((_, i) => dX[i] * tX[i]).Sum() + (0.4 * dSoftness), tResult, 1e-12);
    }

    [Fact]
    public static void Comparisons_with_a_number_have_derivatives()
    {
        const double T = 0.25, S = 0.2;
        double[] x = [0.4, -1.2, 0.9, 0.1, 0.5], dX = new double[5], tX = [0.3, -0.7, 1.1, 0.2, 0.6];
        double value = SelectedGrad(x, T, S, dX, out double dThreshold, out double dSoftness);
        Assert.Equal(Selected(x, T, S), value, 1e-14);
        for (int i = 0; i < x.Length; i++)
        {
            int at = i;
            Assert.Equal(Difference(v => Selected([.. x.Select((e, j) => j == at ? v : e)], T, S), x[i]), dX[i], 1e-7);
        }

        Assert.Equal(Difference(v => Selected(x, v, S), T), dThreshold, 1e-7);
        Assert.Equal(Difference(v => Selected(x, T, v), S), dSoftness, 1e-7);
        SelectedJvp(x, T, S, tX, -0.5, 0.4, out double tResult);
        Assert.Equal(x.Select((_, i) => dX[i] * tX[i]).Sum() - (0.5 * dThreshold) + (0.4 * dSoftness), tResult, 1e-12);
    }

    [Fact]
    public static void A_straight_through_count_above_a_number_has_the_soft_slopes()
    {
        float[] x = [0.4f, -1.2f, 0.9f, 0.1f], dX = new float[4];
        Assert.Equal(2, CountedGrad(x, 0.25f, dX, out float dThreshold));
        for (int i = 0; i < x.Length; i++)
        {
            Soft.GreaterVjp(x[i], 0.25f, 1, out float slope, out _, out _, 0.25f);
            Assert.Equal(slope, dX[i]);
        }

        Assert.Equal(-dX.Sum(), dThreshold, 1e-6f);
    }

    [Theory]
    [InlineData(0.3, -0.2)]
    [InlineData(-0.1, -0.2)]
    public static void Straight_through_of_a_product_keeps_both_soft_factors(double x, double y)
    {
        double hard = Math.Max(x, 0) * Math.Max(y, 0);
        Assert.Equal(hard, RampProductGrad(x, y, SoftMode.Smooth, out double dX, out double dY));
        Assert.Equal(Soft.Heaviside(x, 0.1) * Soft.Relu(y, 0.1), dX, 1e-14);
        Assert.Equal(Soft.Relu(x, 0.1) * Soft.Heaviside(y, 0.1), dY, 1e-14);

        Assert.Equal(hard, ProductOfRampsGrad(x, y, out dX, out dY));
        Assert.Equal(Soft.Heaviside(x, 0.1) * Math.Max(y, 0), dX, 1e-14);
        Assert.Equal(Math.Max(x, 0) * Soft.Heaviside(y, 0.1), dY, 1e-14);
    }

    private static double Difference(Func<double, double> f, double x)
    {
        const double Step = 1e-4;
        double Central(double h) => (f(x + h) - f(x - h)) / (2 * h);
        return ((4 * Central(Step)) - Central(2 * Step)) / 3;
    }
}
