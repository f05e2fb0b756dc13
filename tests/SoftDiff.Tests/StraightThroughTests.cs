namespace SoftDiff.Tests;

/// <summary>Values of one run with the derivatives of another: [StraightThrough] and [GradReplace].</summary>
public static partial class StraightThroughTests
{
    [Differentiable, StraightThrough]
    public static double Step(double x, SoftMode mode) => mode == SoftMode.Hard ? (x > 0 ? 1 : 0) : Soft.Sigmoid(x);

    [Differentiable]
    public static double ProductOfSteps(double x, double y) => Step(x, SoftMode.Smooth) * Step(y, SoftMode.Smooth);

    [Differentiable, StraightThrough]
    public static double StepOfProduct(double x, double y, SoftMode mode) => Plain(x, mode) * Plain(y, mode);

    private static double Plain(double x, SoftMode mode) => mode == SoftMode.Hard ? (x > 0 ? 1 : 0) : Soft.Sigmoid(x);

    [Differentiable, GradReplace]
    public static double RoundWithSlope(double x, bool forward) => forward ? Math.Round(x) : x * x;

    [Differentiable]
    public static double CallsReplaced(double x) => 3 * RoundWithSlope(x, false) + x;

    [Differentiable, StraightThrough]
    internal static void Steps(ReadOnlySpan<double> x, Span<double> y, SoftMode mode)
    {
        for (int i = 0; i < x.Length; i++) y[i] = y[i] * Plain(x[i], mode);
    }

    [Differentiable]
    public static double WeightedSteps(ReadOnlySpan<double> x, ReadOnlySpan<double> w)
    {
        Span<double> y = stackalloc double[x.Length];
        for (int i = 0; i < y.Length; i++) y[i] = w[i];
        Steps(x, y, SoftMode.Smooth);
        double total = 0;
        for (int i = 0; i < y.Length; i++) total += y[i] * (i + 1);
        return total;
    }

    [Differentiable]
    public static double ByReference(double x)
    {
        double y = x;
        Through(x, ref y, out int count, SoftMode.Smooth);
        return y * count;
    }

    [StraightThrough]
    private static void Through(double x, ref double y, out int count, SoftMode mode)
    {
        y = y * Plain(x, mode);
        count = mode == SoftMode.Hard ? 2 : 5;
    }

    [Differentiable, GradReplace]
    [CustomVjp(nameof(RuleVjp))]
    public static double WithRule(double x, bool forward) => forward ? 10 * x : x;

    private static double RuleVjp(double x, bool forward, double cotangent) => forward ? throw new InvalidOperationException() : 7 * x * cotangent;

    private static double Slope(double x) => Soft.Sigmoid(x) * (1 - Soft.Sigmoid(x));

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1.25)]
    public static void A_marked_method_has_the_hard_value_and_the_soft_derivative(double x)
    {
        double hard = x > 0 ? 1 : 0;
        Assert.Equal(hard, StepGrad(x, SoftMode.Smooth, out double dX));
        Assert.Equal(Slope(x), dX, 1e-15);
        Assert.Equal(hard, StepVjp(x, SoftMode.Smooth, 2, out dX));
        Assert.Equal(2 * Slope(x), dX, 1e-15);
        Assert.Equal(hard, StepJvp(x, SoftMode.Smooth, 3, out double tResult));
        Assert.Equal(3 * Slope(x), tResult, 1e-15);
        Assert.Equal(Soft.Sigmoid(x), Step(x, SoftMode.Smooth));
        StepGrad(x, SoftMode.Hard, out dX);
        Assert.Equal(0, dX);
    }

    [Fact]
    public static void Where_the_mark_stands_decides_what_the_other_factor_is()
    {
        double value = ProductOfStepsGrad(0.5, -0.25, out double dX, out double dY);
        Assert.Equal((0, 0), (value, dX));
        Assert.Equal(Slope(-0.25), dY, 1e-15);

        value = StepOfProductGrad(0.5, -0.25, SoftMode.Smooth, out dX, out dY);
        Assert.Equal(0, value);
        Assert.Equal(Slope(0.5) * Soft.Sigmoid(-0.25), dX, 1e-15);
        Assert.Equal(Soft.Sigmoid(0.5) * Slope(-0.25), dY, 1e-15);
    }

    [Fact]
    public static void A_replaced_gradient_is_that_of_the_other_branch_whatever_is_passed()
    {
        Assert.Equal(3, RoundWithSlopeGrad(3.2, false, out double dX));
        Assert.Equal(6.4, dX, 1e-15);
        Assert.Equal(3, RoundWithSlopeJvp(3.2, true, 1, out double tResult));
        Assert.Equal(6.4, tResult, 1e-15);
        Assert.Equal(12.2, CallsReplacedGrad(3.2, out dX), 1e-15);
        Assert.Equal(20.2, dX, 1e-14);
    }

    [Fact]
    public static void Arrays_hold_the_hard_values()
    {
        double[] x = [0.5, -0.5, 2], w = [2, 3, -1], dX = new double[3], dW = new double[3];
        Assert.Equal((2 * 1) + 0 + (-1 * 3), WeightedStepsGrad(x, w, dX, dW));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal((i + 1) * w[i] * Slope(x[i]), dX[i], 1e-15);
            Assert.Equal((i + 1) * Soft.Sigmoid(x[i]), dW[i], 1e-15);
        }

        double[] y = [2, 3, -1], dY = [1, 1, 1];
        StepsVjp(x, y, SoftMode.Smooth, dX, dY);
        Assert.Equal([2, 0, -1], y);
        Assert.Equal(3 * Slope(-0.5), dX[1], 1e-15);
        Assert.Equal(Soft.Sigmoid(2.0), dY[2], 1e-15);

        y = [2, 3, -1];
        double[] tY = [0, 0, 0];
        StepsJvp(x, y, SoftMode.Smooth, [1, 1, 1], tY);
        Assert.Equal([2, 0, -1], y);
        Assert.Equal(2 * Slope(0.5), tY[0], 1e-15);
    }

    [Fact]
    public static void References_have_the_hard_values()
    {
        Assert.Equal(2 * 0.5, ByReferenceGrad(0.5, out double dX));
        Assert.Equal(2 * (Soft.Sigmoid(0.5) + (0.5 * Slope(0.5))), dX, 1e-15);
    }

    [Fact]
    public static void A_rule_may_be_what_stands_in()
    {
        Assert.Equal(20, WithRuleGrad(2, true, out double dX));
        Assert.Equal(14, dX);
    }
}
