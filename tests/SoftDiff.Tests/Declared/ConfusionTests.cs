namespace SoftDiff.Tests.Declared;

/// <summary>The classic cases in which a perturbation of one level is taken for that of another.</summary>
public sealed class ConfusionTests
{
    [Fact]
    public void The_slope_of_a_sum_by_the_inner_number_is_constant() => Assert.Equal(1, Confusion.ScaledSlope(1));

    [Fact]
    public void The_slope_of_a_product_by_the_inner_number_is_the_outer_one()
    {
        Assert.Equal(6, Confusion.ScaledProductSlope(3));
        Confusion.ScaledProductGradient(3, out var slope);
        Assert.Equal(6, slope);
    }

    [Fact]
    public void The_point_of_an_inner_derivative_may_be_the_outer_number() => Assert.Equal(2, Confusion.DiagonalCurvature(0.7), 1e-14);

    [Fact]
    public void Three_levels_stay_apart() => Assert.Equal(27 * 0.7 * 0.7, Confusion.OuterSlope(0.7), 1e-13);
}
