using SoftDiff.Tests.Declared;

namespace SoftDiff.Tests.Implicit;

/// <summary>Derivatives of the solution of Kepler's equation, against closed forms.</summary>
public sealed class KeplerTests
{
    private const double M = 0.8, E = 0.3;

    private static readonly double X = Kepler.Anomaly(M, E, M, 1e-15);

    /// <summary>The slope of the equation, and the derivatives of x by m and e.</summary>
    private static readonly double Slope = 1 - (E * Math.Cos(X)), ByM = 1 / Slope, ByE = Math.Sin(X) / Slope;

    [Fact]
    public void The_gradient_is_that_of_the_closed_form()
    {
        var value = Kepler.AnomalyGrad(M, E, 0.5, 1e-15, out var dM, out var dE);
        Assert.Equal(X, value, 1e-15);
        Assert.Equal(ByM, dM, 1e-14);
        Assert.Equal(ByE, dE, 1e-14);
    }

    [Fact]
    public void Forward_and_reverse_mode_agree()
    {
        Kepler.AnomalyVjp(M, E, 0.5, 1e-15, 2, out var dM, out var dE);
        var value = Kepler.AnomalyJvp(M, E, 0.5, 1e-15, 0.7, -0.2, out var tangent);
        Assert.Equal(X, value, 1e-15);
        Assert.Equal(2 * tangent, (dM * 0.7) + (dE * -0.2), 1e-14);
    }

    [Fact]
    public void The_Hessian_is_that_of_the_closed_form()
    {
        var hessian = new double[4];
        Kepler.AnomalyHessian(M, E, 0.5, 1e-15, hessian);
        double sine = E * Math.Sin(X), byMm = -sine * ByM / (Slope * Slope);
        var byMe = (Math.Cos(X) - (sine * ByE)) / (Slope * Slope);
        var byEe = ((Math.Cos(X) * ByE) - (ByE * (-Math.Cos(X) + (sine * ByE)))) / Slope;
        Differences.AssertClose([byMm, byMe, byMe, byEe], hessian, 1e-14);
    }

    [Fact]
    public void The_third_derivative_is_that_of_differences()
    {
        double Second(double m)
        {
            var hessian = new double[4];
            Kepler.AnomalyHessian(m, E, m, 1e-15, hessian);
            return hessian[0];
        }

        Assert.Equal(Differences.Slope(Second, M), Kepler.ThirdByMean(M, E, M, 1e-15), 1e-9);
    }

    [Fact]
    public void A_start_has_no_derivative()
    {
        Kepler.FromMeanGrad(M, out var dM);
        Assert.Equal(1 / (1 - (0.4 * Math.Cos(Kepler.FromMean(M)))), dM, 1e-14);
    }

    [Fact]
    public void A_solver_in_a_loop_has_the_gradient_of_differences()
    {
        double[] means = [0.1, 0.9, 2.5, 4.0];
        var dMeans = new double[4];
        Kepler.DistancesGrad(means, E, dMeans, out var dE);
        Differences.AssertClose(Differences.Jacobian(m => [Kepler.Distances(m, E)], means), dMeans, 1e-11);
        Assert.Equal(Differences.Slope(e => Kepler.Distances(means, e), E), dE, 1e-11);
    }

    [Fact]
    public void A_solver_in_a_loop_has_the_Hessian_vector_product_of_differences()
    {
        double[] means = [0.1, 0.9, 2.5, 4.0], direction = [0.3, -1, 0.2, 0.8];
        const double tE = -0.6;
        var product = new double[5];
        Kepler.DistancesProduct(means, E, direction, tE, product.AsSpan(0, 4), out product[4]);

        double Along(double t, int i)
        {
            var dMeans = new double[4];
            Kepler.DistancesGrad(means.Zip(direction, (m, d) => m + (t * d)).ToArray(), E + (t * tE), dMeans, out var dE);
            return i < 4 ? dMeans[i] : dE;
        }

        Differences.AssertClose(Enumerable.Range(0, 5).Select(i => Differences.Slope(t => Along(t, i), 0)).ToArray(), product, 1e-10);
    }

    [Fact]
    public void Single_precision_has_derivatives_too()
    {
        Kepler.AnomalySingleGrad((float)M, (float)E, out var dM, out var dE);
        Assert.Equal(ByM, dM, 1e-5);
        Assert.Equal(ByE, dE, 1e-5);
    }

    [Fact]
    public void A_slope_of_zero_throws()
    {
        Assert.Contains("'Cube'", Assert.Throws<InvalidOperationException>(() => Kepler.CubeRootGrad(0, out _)).Message);
        Assert.Throws<InvalidOperationException>(() => Kepler.CubeRootJvp(0, 1, out _));
        Kepler.CubeRootGrad(8, out var slope);
        Assert.Equal(1.0 / 12, slope, 1e-15);
    }
}
