using SoftDiff.Tests.Declared;

namespace SoftDiff.Tests.Implicit;

/// <summary>Derivatives of solutions of several equations, against differences of the solutions.</summary>
public sealed class SystemTests
{
    private static readonly double[] P = [3, 4];

    private static double[] Pair(double[] p)
    {
        double[] x = [0.5, 2.5];
        Systems.Pair(p, x);
        return x;
    }

    private static double[] Numbers(int n, double scale) => Enumerable.Range(0, n).Select(i => scale * Math.Sin(1 + (1.7 * i))).ToArray();

    [Fact]
    public void The_Jacobian_of_two_unknowns_is_that_of_differences()
    {
        double[] x = [0.5, 2.5];
        var jacobian = new double[4];
        Systems.PairJacobian(P, x, jacobian);
        Assert.Equal(Pair(P), x);
        Differences.AssertClose(Differences.Jacobian(Pair, P), jacobian, 1e-11);
    }

    [Fact]
    public void Forward_and_reverse_mode_agree()
    {
        double[] x = [0.5, 2.5], cX = [0.3, -1.1], dP = new double[2], tP = [0.5, 0.2], tX = [7, 8];
        Systems.PairVjp(P, x, dP, cX);
        x = [0.5, 2.5];
        Systems.PairJvp(P, x, tP, tX);
        Assert.Equal((0.3 * tX[0]) + (-1.1 * tX[1]), (dP[0] * 0.5) + (dP[1] * 0.2), 1e-13);
    }

    [Fact]
    public void The_start_has_no_cotangent_and_no_tangent()
    {
        double[] x = [0.5, 2.5], cX = [0.3, -1.1], dP = new double[2];
        Systems.PairVjp(P, x, dP, cX);
        Assert.All(cX, c => Assert.Equal(0, c));

        double[] once = [0.5, 2.5], again = [0.5, 2.5], tX = [7, 8], none = [0, 0];
        Systems.PairJvp(P, once, [0.5, 0.2], tX);
        Systems.PairJvp(P, again, [0.5, 0.2], none);
        Assert.Equal(none, tX);
        Assert.Equal(Pair(P), once);
    }

    [Fact]
    public void The_Hessian_through_the_solver_is_that_of_differences()
    {
        double[] Gradient(double[] p)
        {
            var dP = new double[2];
            Systems.OfPairGrad(p, dP);
            return dP;
        }

        Differences.AssertClose(Differences.Jacobian(p => [Systems.OfPair(p)], P), Gradient(P), 1e-11);
        var hessian = new double[4];
        Systems.OfPairHessian(P, hessian);
        Differences.AssertClose(Differences.Jacobian(Gradient, P), hessian, 1e-10);
        Assert.Equal(hessian[1], hessian[2], 1e-13);
    }

    [Fact]
    public void A_fixed_point_has_the_gradient_of_its_weights()
    {
        double[] w = Numbers(16, 0.3), b = Numbers(4, 0.8), dW = new double[16], dB = new double[4];
        Systems.EnergyGrad(w, b, dW, dB);
        Differences.AssertClose(Differences.Jacobian(v => [Systems.Energy(v, b)], w), dW, 1e-11);
        Differences.AssertClose(Differences.Jacobian(v => [Systems.Energy(w, v)], b), dB, 1e-11);
    }

    [Fact]
    public void A_fixed_point_has_the_Hessian_vector_product_of_differences()
    {
        double[] w = Numbers(16, 0.3), b = Numbers(4, 0.8), tW = Numbers(16, -0.9), tB = Numbers(4, 0.4), hW = new double[16], hB = new double[4];
        Systems.EnergyProduct(w, b, tW, tB, hW, hB);
        double[] Gradient(double t)
        {
            double[] dW = new double[16], dB = new double[4];
            Systems.EnergyGrad(w.Zip(tW, (v, d) => v + (t * d)).ToArray(), b.Zip(tB, (v, d) => v + (t * d)).ToArray(), dW, dB);
            return [.. dW, .. dB];
        }

        Differences.AssertClose(Differences.Jacobian(t => Gradient(t[0]), [0]), [.. hW, .. hB], 1e-10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(80)]
    public void A_chain_of_any_length_has_the_gradient_of_differences(int n)
    {
        double[] p = Numbers(n, 1), cX = Numbers(n, -0.7), dP = new double[n], c = [.. cX];
        Systems.ChainVjp(p, 1.5, new double[n], dP, out var dScale, c);
        double Weighted(double[] values, double scale)
        {
            var x = new double[n];
            Systems.Chain(values, scale, x);
            return x.Zip(cX, (a, b) => a * b).Sum();
        }

        Differences.AssertClose(Differences.Jacobian(values => [Weighted(values, 1.5)], p), dP, 1e-10);
        Assert.Equal(Differences.Slope(scale => Weighted(p, scale), 1.5), dScale, 1e-10);
    }

    [Fact]
    public void A_linear_solver_of_ones_own_gives_the_same_derivatives()
    {
        double[] p = Numbers(10, 1), expected = new double[10], actual = new double[10], tangent = new double[10], other = new double[10];
        Systems.ChainVjp(p, 1.5, new double[10], expected, out var expectedScale, Numbers(10, -0.7));
        Systems.ChainByIterationVjp(p, 1.5, new double[10], actual, out var actualScale, Numbers(10, -0.7));
        Differences.AssertClose([.. expected, expectedScale], [.. actual, actualScale], 1e-14);
        Systems.ChainJvp(p, 1.5, new double[10], Numbers(10, 0.6), 0.4, tangent);
        Systems.ChainByIterationJvp(p, 1.5, new double[10], Numbers(10, 0.6), 0.4, other);
        Differences.AssertClose(tangent, other, 1e-14);
    }

    [Fact]
    public void A_singular_Jacobian_throws()
    {
        Assert.Throws<InvalidOperationException>(() => Systems.RootsVjp([4, 0], new double[2], new double[2], [1, 1]));
        Assert.Throws<InvalidOperationException>(() => Systems.RootsJvp([4, 0], new double[2], [1, 1], new double[2]));
    }

    [Fact]
    public void Single_precision_has_derivatives_too()
    {
        float[] dP = new float[2];
        Systems.RootsSingleVjp([4, 9], new float[2], dP, [1, 6]);
        Assert.Equal(new[] { 0.25f, 1 }, dP);
    }
}
