namespace SoftDiff.Tests;

public sealed partial class StopGradientTests
{
    private static readonly double[] Theta = [0.1, -0.1, 0];
    private static readonly double[] Before = [1, 2, -1];
    private static readonly double[] After = [2, 1, 0];

    /// <summary>The square of the temporal-difference error, with the target held fixed.</summary>
    [Differentiable(Wrt = ["theta"])]
    public static double PseudoLoss(ReadOnlySpan<double> theta, ReadOnlySpan<double> before, double reward, ReadOnlySpan<double> after)
    {
        double target = reward + Linear(theta, after);
        double error = Diff.StopGradient(target) - Linear(theta, before);
        return error * error;
    }

    /// <summary>The same with the target differentiated as well.</summary>
    [Differentiable(Wrt = ["theta"])]
    public static double FullLoss(ReadOnlySpan<double> theta, ReadOnlySpan<double> before, double reward, ReadOnlySpan<double> after)
    {
        double target = reward + Linear(theta, after);
        double error = target - Linear(theta, before);
        return error * error;
    }

    [Differentiable]
    public static double RoundedStraightThrough(double x) => x + Diff.StopGradient(Math.Round(x) - x);

    // v(before) = -0.1, v(after) = 0.1, so the error is 1 + 0.1 + 0.1 = 1.2 and 2 * error = 2.4.
    // Target held: gradient = -2.4 * before. Target differentiated: 2.4 * (after - before).
    [Fact]
    public void TheTargetIsHeld()
    {
        double[] dTheta = new double[3];
        Assert.Equal(1.44, PseudoLossGrad(Theta, Before, 1, After, dTheta), 1e-14);
        Assert.Equal([-2.4, -4.8, 2.4], dTheta.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void WithoutItTheTargetIsDifferentiated()
    {
        double[] dTheta = new double[3];
        Assert.Equal(1.44, FullLossGrad(Theta, Before, 1, After, dTheta), 1e-14);
        Assert.Equal([2.4, -2.4, 2.4], dTheta.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void ForwardModeHoldsTheTargetToo()
    {
        PseudoLossJvp(Theta, Before, 1, After, [1, 1, 1], out double tResult);
        Assert.Equal(-2.4 - 4.8 + 2.4, tResult, 1e-12);
    }

    [Fact]
    public void RoundingPassesTheGradientThrough()
    {
        Assert.Equal(3, RoundedStraightThroughGrad(3.2, out double dX));
        Assert.Equal(1, dX);
        Assert.Equal(3, RoundedStraightThroughJvp(3.2, 5, out double tResult));
        Assert.Equal(5, tResult);
    }

    private static double Linear(ReadOnlySpan<double> theta, ReadOnlySpan<double> state)
    {
        double value = 0;
        for (int i = 0; i < theta.Length; i++)
        {
            value += theta[i] * state[i];
        }

        return value;
    }
}
