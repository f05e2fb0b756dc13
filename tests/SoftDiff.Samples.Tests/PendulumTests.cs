using Pendulum;

namespace SoftDiff.Samples.Tests;

public static class PendulumTests
{
    [Fact]
    public static void The_gradient_through_all_steps_agrees_with_differences()
    {
        double[] measured = Measurements.Take(seed: 1);
        GradientCheck.Verify(
            parameters => DrivenPendulum.Misfit(parameters, measured),
            (parameters, gradient) => DrivenPendulum.MisfitGradient(parameters, measured, gradient),
            Measurements.Guess,
            tolerance: 1e-7);
    }

    [Fact]
    public static void The_second_derivatives_agree_with_differences_of_the_gradient()
    {
        double[] measured = Measurements.Take(seed: 1), at = Measurements.Truth, gradient = new double[3], hessian = new double[9];
        Assert.Equal(DrivenPendulum.Misfit(at, measured), DrivenPendulum.MisfitHessian(at, measured, gradient, hessian));
        for (int row = 0; row < 3; row++)
        {
            double h = 1e-4 * at[row];
            double[] up = Gradient(h), down = Gradient(-h), up2 = Gradient(2 * h), down2 = Gradient(-2 * h);
            for (int column = 0; column < 3; column++)
            {
                double difference = ((8 * (up[column] - down[column])) - (up2[column] - down2[column])) / (12 * h);
                Assert.Equal(difference, hessian[(3 * row) + column], 1e-7 * Math.Abs(difference));
                Assert.Equal(hessian[(3 * column) + row], hessian[(3 * row) + column], 1e-10 * Math.Abs(difference));
            }

            double[] Gradient(double step)
            {
                double[] moved = [.. at], result = new double[3];
                moved[row] += step;
                DrivenPendulum.MisfitGradient(moved, measured, result);
                return result;
            }
        }
    }

    /// <summary>With checkpoints the derivatives are the same, in less than a tenth of the scratch memory.</summary>
    [Fact]
    public static void Checkpoints_save_memory_and_change_nothing()
    {
        double[] measured = Measurements.Take(seed: 1), at = Measurements.Truth;
        double[] gradient = new double[3], hessian = new double[9], gradientAgain = new double[3], hessianAgain = new double[9];
        void Stored() => DrivenPendulum.MisfitHessian(at, measured, gradient, hessian);
        void Again() => DrivenPendulum.MisfitHessianInLittleMemory(at, measured, gradientAgain, hessianAgain);

        long stored = global::Samples.PooledMemory.Of(Stored).Peak, again = global::Samples.PooledMemory.Of(Again).Peak;

        Assert.InRange(again, 1, stored / 10);
        for (int i = 0; i < 3; i++) Assert.Equal(gradient[i], gradientAgain[i], 1e-12 * gradient.Max(Math.Abs));
        for (int i = 0; i < 9; i++) Assert.Equal(hessian[i], hessianAgain[i], 1e-12 * hessian.Max(Math.Abs));
        double[] fitted = Measurements.Fits(measured).Last().Fit.Parameters;
        double[] fittedAgain = Measurements.Fits(measured, DrivenPendulum.MisfitHessianInLittleMemory).Last().Fit.Parameters;
        for (int i = 0; i < 3; i++) Assert.Equal(fitted[i], fittedAgain[i], 1e-9);
    }

    /// <summary>The fit finds the truth to within three standard errors, and leaves no more than the noise.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public static void The_parameters_are_found(int seed)
    {
        var (_, fit) = Measurements.Fits(Measurements.Take(seed)).Last();
        for (int i = 0; i < DrivenPendulum.Parameters; i++)
        {
            double error = fit.StandardErrors[i], truth = Measurements.Truth[i];
            Assert.InRange(error, 0, 0.05 * truth);
            Assert.InRange(fit.Parameters[i], truth - (3 * error), truth + (3 * error));
        }

        double expected = 0.5 * Measurements.Count;
        Assert.InRange(fit.Misfit, 0.7 * expected, 1.3 * expected);
    }
}
