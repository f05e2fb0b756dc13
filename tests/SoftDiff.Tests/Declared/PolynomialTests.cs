namespace SoftDiff.Tests.Declared;

public sealed class PolynomialTests
{
    [Theory]
    [InlineData(1, 4, 10, 6, 0)]
    [InlineData(-2, 1, -8, 6, 0)]
    public void A_cubic_has_its_derivatives(double x, double first, double second, double third, double fourth)
    {
        Assert.Equal(first, Polynomials.First(x));
        Assert.Equal(second, Polynomials.Second(x));
        Assert.Equal(third, Polynomials.Third(x));
        Assert.Equal(fourth, Polynomials.Fourth(x));
    }

    [Fact]
    public void Nesting_gives_what_the_order_gives()
    {
        Assert.Equal(10, Polynomials.SecondByNesting(1));
        Assert.Equal(6, Polynomials.ThirdByNesting(1));
        Polynomials.FourthByGradient(1, out var slope);
        Assert.Equal(0, slope);
        Assert.Equal(Polynomials.Cubic(1.5), Polynomials.CubicGradient(1.5, out var gradient));
        Assert.Equal(Polynomials.First(1.5), gradient);
    }

    /// <summary>The tenth integer of the series of exp(sin x) at 0 (sequence A002017 of the On-Line Encyclopedia of Integer Sequences).</summary>
    [Fact]
    public void An_order_of_ten_is_exact()
    {
        Assert.Equal(-2951, Polynomials.ExpSinTenth(0), 1e-12 * 2951);
        double nested = Polynomials.ExpSinTenthByNesting(0.8);
        Assert.Equal(nested, Polynomials.ExpSinTenth(0.8), 1e-11 * Math.Abs(nested));
    }

    [Fact]
    public void A_loop_of_floats_has_a_second_derivative()
    {
        var expected = 0.0;
        for (var i = 1; i <= 5; i++) expected -= i * Math.Sin(i * 0.7);
        Assert.Equal(expected, Polynomials.WaveSecond(0.7f, 5), 1e-5);
    }

    [Fact]
    public void A_generic_target_takes_the_type_of_its_declaration()
    {
        Assert.Equal(12 * 0.7 * 0.7, Polynomials.PowerSecond(0.7, 4), 1e-14);
        Assert.Equal(12 * 0.7f * 0.7f, Polynomials.PowerSecond(0.7f, 4), 1e-5f);
        Assert.Equal(4 * 0.7 * 0.7 * 0.7, Polynomials.PowerFirst(0.7, 4), 1e-14);
    }

    [Fact]
    public void Wrt_chooses_the_parameter()
    {
        Assert.Equal(-(1.2 * 1.2) * Math.Sin(1.2 * 0.4), Polynomials.MixedByY(1.2, 0.4), 1e-14);
        Assert.Equal(Polynomials.Mixed(1.2, 0.4), Polynomials.MixedByX(1.2, 0.4, out var dX));
        Assert.Equal((2 * 1.2 * 0.4) + (0.4 * Math.Cos(1.2 * 0.4)), dX, 1e-14);
    }
}
