namespace SoftDiff.Tests;

public sealed class NestedDerivativeTests
{
    private static readonly double[] X = [0.3, -1.2, 0.8, 0.1, 2.0, -0.4], Target = [-1, -0.5, 0, 0.5, 1, 1.5];

    [Theory]
    [InlineData(SortMethod.SoftSort)]
    [InlineData(SortMethod.NeuralSort)]
    [InlineData(SortMethod.FastSoftSort)]
    [InlineData(SortMethod.SmoothSort)]
    [InlineData(SortMethod.OptimalTransport)]
    [InlineData(SortMethod.SortingNetwork)]
    public void Hessian_by_forward_over_reverse_is_symmetric_and_that_of_differences(SortMethod method) => NestedCheck.Hessian(
        X,
        (t, gradient, tGradient) =>
        {
            NestedDerivatives.SortedDistanceJvp(X, Target, 0.3, method, gradient, t, tGradient, out var slope);
            return slope;
        },
        (x, gradient) => NestedDerivatives.SortedDistance(x, Target, 0.3, method, gradient));

    [Fact]
    public void Reverse_over_reverse_is_the_transpose() => NestedCheck.Transpose(
        X.Length,
        (t, gradient, tGradient) =>
        {
            NestedDerivatives.SortedDistanceJvp(X, Target, 0.3, SortMethod.SoftSort, gradient, t, tGradient, out var slope);
            return slope;
        },
        (cResult, dX, dGradient) => NestedDerivatives.SortedDistanceVjp(
            X, Target, 0.3, SortMethod.SoftSort, new double[X.Length], cResult, dX, dGradient));

    [Theory]
    [InlineData(SoftMode.Smooth)]
    [InlineData(SoftMode.C1)]
    [InlineData(SoftMode.C2)]
    public void Slope_of_a_ramp_has_the_slope_of_the_step(SoftMode mode)
    {
        const double S = 0.4;
        foreach (var x in new[] { -0.7, -0.1, 0.05, 0.6 })
        {
            var value = NestedDerivatives.RampSlopeGrad(x, S, mode, out var dX, out var dSoftness);
            Assert.Equal(Soft.Sigmoidal(x, S, mode), value, 1e-14);
            Soft.SigmoidalVjp(x, 1, out var expected, out var expectedSoftness, S, mode);
            Assert.Equal(expected, dX, 1e-13);
            Assert.Equal(expectedSoftness, dSoftness, 1e-13);
        }
    }

    [Fact]
    public void Values_and_slopes_together_are_differentiated()
    {
        var dX = new double[X.Length];
        var value = NestedDerivatives.MaxAndSlopesGrad(X, 1.3, 0.3, dX, out var dCotangent, out var dSoftness);
        Assert.Equal(NestedDerivatives.MaxAndSlopes(X, 1.3, 0.3), value, 1e-12);
        GradientCheck.Verify(x => NestedDerivatives.MaxAndSlopes(x, 1.3, 0.3), (x, d) => NestedDerivatives.MaxAndSlopesGrad(x, 1.3, 0.3, d, out _, out _), X, tolerance: 1e-7);
        GradientCheck.Verify(c => NestedDerivatives.MaxAndSlopes(X, c, 0.3), _ => dCotangent, 1.3, tolerance: 1e-7);
        GradientCheck.Verify(s => NestedDerivatives.MaxAndSlopes(X, 1.3, s), _ => dSoftness, 0.3, tolerance: 1e-7);
    }

    [Fact]
    public void The_slope_by_a_threshold_has_derivatives()
    {
        double[] w = [0.5, -1, 2, 0.25, 1, -0.75];
        NestedDerivatives.ThresholdSlopeGrad(X, w, 0.4, 0.3, new double[X.Length], new double[X.Length], out var dThreshold, out var dSoftness);
        GradientCheck.Verify(x => NestedDerivatives.ThresholdSlope(x, w, 0.4, 0.3), (x, d) => NestedDerivatives.ThresholdSlopeGrad(x, w, 0.4, 0.3, d, new double[x.Length], out _, out _), X, tolerance: 1e-7);
        GradientCheck.Verify(v => NestedDerivatives.ThresholdSlope(X, v, 0.4, 0.3), (v, d) => NestedDerivatives.ThresholdSlopeGrad(X, v, 0.4, 0.3, new double[v.Length], d, out _, out _), w, tolerance: 1e-7);
        GradientCheck.Verify(t => NestedDerivatives.ThresholdSlope(X, w, t, 0.3), _ => dThreshold, 0.4, tolerance: 1e-7);
        GradientCheck.Verify(s => NestedDerivatives.ThresholdSlope(X, w, 0.4, s), _ => dSoftness, 0.3, tolerance: 1e-7);
    }

    [Fact]
    public void Single_precision_nests_too()
    {
        NestedDerivatives.SingleSlopeGrad(0.2f, 0.1f, 0.3f, out var dX, out var dY, out var dSoftness);
        Assert.Equal(Slope((0.2 + H, 0.1, 0.3), (0.2 - H, 0.1, 0.3)), dX, 1e-4);
        Assert.Equal(Slope((0.2, 0.1 + H, 0.3), (0.2, 0.1 - H, 0.3)), dY, 1e-4);
        Assert.Equal(Slope((0.2, 0.1, 0.3 + H), (0.2, 0.1, 0.3 - H)), dSoftness, 1e-4);

        static double Slope((double X, double Y, double S) up, (double X, double Y, double S) down) => (At(up) - At(down)) / (2 * H);

        static double At((double X, double Y, double S) p)
        {
            var value = Soft.GreaterVjp(p.X, p.Y, 1.0, out var dX, out var dY, out _, p.S);
            return (value * dX) - dY;
        }
    }

    [Fact]
    public void A_straight_through_value_is_hard_and_moves_as_the_soft_one()
    {
        const double X = 2.3, S = 0.2;
        var value = NestedDerivatives.RoundedSlopeGrad(X, S, out var dX, out _);
        Soft.RoundVjp(X, 1, out var slope, out _, S);
        Soft.RoundVjp(X + H, 1, out var up, out _, S);
        Soft.RoundVjp(X - H, 1, out var down, out _, S);
        Assert.Equal(2 * slope, value, 1e-14);
        Assert.Equal((slope * slope) + (2 * (up - down) / (2 * H)), dX, 1e-7);
    }

    private const double H = 1e-5;
}
