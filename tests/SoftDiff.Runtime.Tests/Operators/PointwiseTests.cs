using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Operators;

public sealed class PointwiseTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(-2, 2)]
    [InlineData(-60, 60)]
    [InlineData(-745, -600)]
    public void Sigmoid_is_accurate(double low, double high)
    {
        var x = Samples.Uniform(1, 4000, low, high);
        Check("Sigmoid", x, MapOperators.Sigmoid.Value(x), Logistic, 3.0);
        Check("Sigmoid scalar", x, x.Select(Soft.Sigmoid).ToArray(), Logistic, 2.5);
        Check("Sigmoid derivative", x, MapOperators.Sigmoid.Pullback(x, Ones(x)), x => Logistic(x) * Logistic(-x), 5.0);
    }

    [Theory]
    [InlineData(-2, 2)]
    [InlineData(-60, 60)]
    [InlineData(-745, -600)]
    public void Softplus_is_accurate(double low, double high)
    {
        var x = Samples.Uniform(2, 1500, low, high);
        Check("Softplus", x, MapOperators.Softplus.Value(x), LogOnePlusExp, 3.0);
        Check("Softplus scalar", x, x.Select(Soft.Softplus).ToArray(), LogOnePlusExp, 2.5);
        Check("Softplus derivative", x, MapOperators.Softplus.Pullback(x, Ones(x)), Logistic, 3.5);
    }

    [Theory]
    [InlineData(-2, 2)]
    [InlineData(-60, 60)]
    [InlineData(-103, -80)]
    public void Float_is_accurate(double low, double high)
    {
        var x = Samples.Uniform(3, 1500, low, high).As<float>();
        var wide = x.Select(v => (double)v).ToArray();
        Check("Sigmoid float", wide, MapOperators.SingleSigmoid.Value(x).Select(v => (double)v).ToArray(), Logistic, 3.0, single: true);
        Check("Softplus float", wide, MapOperators.SingleSoftplus.Value(x).Select(v => (double)v).ToArray(), LogOnePlusExp, 3.0, single: true);
        Check("Sigmoid scalar float", wide, x.Select(v => (double)Soft.Sigmoid(v)).ToArray(), Logistic, 2.5, single: true);
        Check("Softplus scalar float", wide, x.Select(v => (double)Soft.Softplus(v)).ToArray(), LogOnePlusExp, 2.5, single: true);
    }

    [Fact]
    public void Limits_are_exact()
    {
        double[] x = [double.PositiveInfinity, double.NegativeInfinity, 0, 1000, -1000];
        double[] sigmoid = [1, 0, 0.5, 1, 0];
        double[] softplus = [double.PositiveInfinity, 0, Math.Log(2), 1000, 0];
        Assert.Equal(sigmoid, MapOperators.Sigmoid.Value(x));
        Assert.Equal(sigmoid, x.Select(Soft.Sigmoid));
        Assert.Equal(softplus, MapOperators.Softplus.Value(x));
        Assert.Equal(softplus, x.Select(Soft.Softplus));
        Assert.Equal([0, 0, 0.25, 0, 0], MapOperators.Sigmoid.Pullback(x, Ones(x)));
        Assert.Equal(sigmoid, MapOperators.Softplus.Pullback(x, Ones(x)));
        Assert.Equal([1f, 0f, 0.5f], MapOperators.SingleSigmoid.Value(float.PositiveInfinity, float.NegativeInfinity, 0));
        Assert.Equal([float.PositiveInfinity, 0f, MathF.Log(2)], MapOperators.SingleSoftplus.Value(float.PositiveInfinity, float.NegativeInfinity, 0));
        Assert.Equal((1f, 0f), (Soft.Sigmoid(float.PositiveInfinity), Soft.Softplus(float.NegativeInfinity)));
        Assert.True(double.IsNaN(Soft.Sigmoid(double.NaN)) && double.IsNaN(Soft.Softplus(double.NaN)));
        Assert.True(float.IsNaN(Soft.Sigmoid(float.NaN)) && float.IsNaN(Soft.Softplus(float.NaN)));
    }

    private static double[] Ones(double[] x) => Enumerable.Repeat(1.0, x.Length).ToArray();

    private static BigFloat Logistic(BigFloat x) => (BigFloat)1 / (1 + BigFloat.Exp(-x));

    private static BigFloat LogOnePlusExp(BigFloat x)
    {
        // Two terms of the series where 200 bits of 1 + eˣ would not hold enough of eˣ.
        var e = BigFloat.Exp(x);
        return e.IsBelow(1e-20) ? e - (e * e / 2) : BigFloat.Log(1 + e);
    }

    private void Check(string name, double[] x, double[] y, Func<BigFloat, BigFloat> exact, double bound, bool single = false)
    {
        var (worst, where) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var ulps = exact(x[i]).UlpsFrom(y[i], single);
            if (ulps > worst) (worst, where) = (ulps, x[i]);
        }

        output.WriteLine($"{name}: {worst:F3} ulp at {where:R}");
        Assert.InRange(worst, 0.4, bound);
    }
}
