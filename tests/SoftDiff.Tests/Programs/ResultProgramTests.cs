namespace SoftDiff.Tests.Programs;

/// <summary>Programs that make arrays and lists and give back arrays, against differences.</summary>
public sealed class ResultProgramTests
{
    private static readonly double[] Knots = [0, 0.7, 1.5, 2.4, 3];
    private static readonly double[] Points = [0.2, 1.1, 1.9, 2.8];

    [Fact]
    public void SplineIsExact()
    {
        double[] heights = [1, -0.5, 0.8, 0.2, 1.1], cotangents = [0.5, -1, 2, 0.7];
        var (dKnots, dHeights, dPoints) = (new double[5], new double[5], new double[4]);

        double[] values = Spline.ValuesVjp(Knots, heights, Points, cotangents, dKnots, dHeights, dPoints);

        Assert.Equal(Spline.Values(Knots, heights, Points), values);
        double Sum() => Spline.Values(Knots, heights, Points).Zip(cotangents, (value, c) => value * c).Sum();
        Differences.AssertGradient(Sum, Knots, dKnots);
        Differences.AssertGradient(Sum, heights, dHeights);
        Differences.AssertGradient(Sum, Points, dPoints);

        Spline.ValuesJvp(Knots, heights, Points, new double[5], dHeights, new double[4], out double[] tangents);
        Assert.Equal(dHeights.Sum(d => d * d), tangents.Zip(cotangents, (t, c) => t * c).Sum(), 1e-12);
    }

    [Fact]
    public void CurveBootstrapIsExact()
    {
        double[] rates = [0.02, 0.025, 0.028, 0.03], dRates = new double[4];

        double value = CurveBootstrap.AnnuityGrad(rates, 0.04, dRates, out double dCoupon);

        Assert.Equal(CurveBootstrap.Annuity(rates, 0.04), value);
        Assert.Equal(value / 0.04, dCoupon, 1e-12);
        Differences.AssertGradient(() => CurveBootstrap.Annuity(rates, 0.04), rates, dRates, 1e-4);
    }

    [Fact]
    public void ImplicitKineticsIsExact()
    {
        double[] k = [0.04, 30, 10], start = [1, 0.01, 0.02], cotangents = [1, -2, 0.5], dK = new double[3], dStart = new double[3];

        ImplicitKinetics.ConcentrationsVjp(k, start, 0.1, 5, cotangents, dK, dStart, out double dStep);

        double Sum(double step) => ImplicitKinetics.Concentrations(k, start, step, 5).Zip(cotangents, (y, c) => y * c).Sum();
        Differences.AssertGradient(() => Sum(0.1), k, dK, 1e-4);
        Differences.AssertGradient(() => Sum(0.1), start, dStart, 1e-4);
        double[] step = [0.1];
        Differences.AssertGradient(() => Sum(step[0]), step, [dStep], 1e-4);
    }

    [Fact]
    public void CotangentsOfAnotherLengthAreRefused()
    {
        var (dKnots, dPoints) = (new double[5], new double[4]);

        var thrown = Assert.Throws<ArgumentException>(() => Spline.ValuesVjp(Knots, new double[5], Points, new double[3], dKnots, new double[5], dPoints));

        Assert.Equal("cResult", thrown.ParamName);
        Assert.Contains("3", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("4", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Spline.ValuesVjp(Knots, new double[5], Points, dPoints, dKnots, new double[5], dPoints));
    }
}
