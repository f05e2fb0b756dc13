using Samples;

namespace Pendulum;

/// <summary>A simulated pendulum whose angle was measured with noise.</summary>
internal static class Measurements
{
    public const int Count = 200;

    public static double[] Truth { get; } = [1.2, 0.25, 1.5];

    /// <summary>A guess to start from.</summary>
    public static double[] Guess { get; } = [0.9, 0.1, 0.5];

    public static double[] Take(int seed)
    {
        var angles = new double[Count];
        DrivenPendulum.Simulate(Truth, angles);
        return [.. angles.Zip(new Normal(seed).Next(Count), (angle, normal) => angle + DrivenPendulum.Noise * normal)];
    }

    /// <summary>
    /// Fits the first tenth of the measurements, then more of them. With a wrong length the pendulum is out of step after some swings, so
    /// the misfit has many minima. The first swings lead to the right one.
    /// </summary>
    public static IEnumerable<(int Count, Fit Fit)> Fits(double[] measured, Fit.Hessian? misfitAndDerivatives = null)
    {
        double[] parameters = Guess;
        foreach (int count in new[] { Count / 10, Count / 4, Count / 2, Count })
        {
            var fit = new Fit(misfitAndDerivatives ?? DrivenPendulum.MisfitHessian, parameters, measured.AsSpan(0, count));
            yield return (count, fit);
            parameters = fit.Parameters;
        }
    }
}
