namespace SoftDiff.Tests.Declared;

public sealed class RuleTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(-0.3)]
    public void Straight_through_goes_through_two_levels(double x)
    {
        // h is the hard step, s the soft one's slope and c its curvature: (x² h)′ = 2x h + x² s, with h a constant for its value and s for its slope.
        var (h, s, c) = (x > 0 ? 1.0 : 0.0, SoftSlope(x), Differences.Slope(SoftSlope, x));
        Assert.Equal((2 * x * h) + (x * x * s), Rules.SteppedSlope(x), 1e-13);

        // f = x · (2x h + x² s) · h = (2x² h + x³ s) · h; each h has slope s, and s has slope c.
        var inner = (2 * x * x * h) + (x * x * x * s);
        var expected = (((4 * x * h) + (2 * x * x * s) + (3 * x * x * s) + (x * x * x * c)) * h) + (inner * s);
        Assert.Equal(expected, Rules.SteppedTwiceSlope(x), 1e-9);

        static double SoftSlope(double at)
        {
            Soft.HeavisideVjp(at, 1, out var slope, out _, 0.5, SoftMode.Smooth);
            return slope;
        }
    }

    [Fact]
    public void Through_a_rule_that_is_not_the_true_derivative_the_hessian_is_that_of_the_program()
    {
        // The gradient is (y², x) by the rule, so its Jacobian is (0, 2y; 1, 0).
        var hessian = new double[4];
        Assert.Equal(6, Rules.TwistedHessian([2, 3], hessian));
        Assert.Equal([0, 6, 1, 0], hessian);
    }

    [Fact]
    public void A_residual_of_two_numbers_is_differentiated_again()
    {
        // x² / y has the second derivatives 2/y, −2x/y² and 2x²/y³.
        var hessian = new double[4];
        Assert.Equal(4.5, Rules.RatiosHessian([3, 2], hessian));
        double[] expected = [1, -1.5, -1.5, 2.25];
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], hessian[i], 1e-14);
    }

    [Fact]
    public void Rules_of_the_library_have_derivatives()
    {
        double[] x = [0.3, -1, 0.8];
        var hessian = new double[9];
        Rules.LogSumHessian(x, 2, hessian);
        var sum = x.Sum(Math.Exp);
        for (var i = 0; i < 9; i++)
        {
            var (p, q) = (Math.Exp(x[i / 3]) / sum, Math.Exp(x[i % 3]) / sum);
            Assert.Equal(2 * ((i / 3 == i % 3 ? p : 0) - (p * q)), hessian[i], 1e-14);
        }
    }

    [Fact]
    public void A_recursive_function_has_a_second_derivative()
    {
        double Value(double x, int n) => n <= 0 ? 1 + (x * x) : Math.Sin(x) * Value(x * 0.5, n - 1);
        var expected = Differences.Slope(x => Differences.Slope(y => Value(y, 3), x, 1e-2), 0.9, 1e-2);
        Assert.Equal(expected, Rules.FactorSecond(0.9, 3), 1e-8);
    }

    [Fact]
    public void An_instance_method_may_be_a_derivative_of_a_method_of_another_type()
    {
        double[] x = [0.4, 1.2], dX = new double[2], expected = new double[2];
        Assert.Equal(Functions.RosenbrockGrad(x, expected), new Elsewhere().Gradient(x, dX));
        Assert.Equal(expected, dX);
    }

    [Fact]
    public void Library_calls_in_place_are_derived_twice()
    {
        Assert.Equal(2 * 1.5 * (0.5 - 3 + 2), Rules.ScaledFirst(1.5, [0.5, -3, 2]), 1e-14);
        Assert.Equal(2 * (0.5 - 3 + 2), Rules.ScaledSecond(1.5, [0.5, -3, 2]), 1e-14);
        Assert.Equal(2 * (0.5 - 3 + 2), Rules.ScaledBySeries(1.5, [0.5, -3, 2]), 1e-14);
        Assert.Equal(2 * 0.5, Rules.ScaledArraySecond(1.5, [0.5, -3, 2]), 1e-14);
    }
}
