using SoftDiff;

namespace Pendulum;

/// <summary>
/// A damped, driven pendulum: angle″ = -(g / length) sin(angle) - damping angle′ + drive cos(2 t). It is released at rest.
/// </summary>
public static partial class DrivenPendulum
{
    /// <summary>The number of parameters: length, damping and drive.</summary>
    public const int Parameters = 3;

    /// <summary>How many steps of the integration lie between two measurements.</summary>
    public const int StepsPerMeasurement = 50;

    /// <summary>The time of one step, in seconds.</summary>
    public const double Step = 0.002;

    /// <summary>The standard deviation of a measured angle.</summary>
    public const double Noise = 0.05;

    private const double Gravity = 9.81, DriveFrequency = 2, FirstAngle = 1;

    /// <summary>The angles at the times of the measurements.</summary>
    public static void Simulate(ReadOnlySpan<double> parameters, Span<double> angles)
    {
        double angle = FirstAngle, velocity = 0;
        for (int i = 0; i < angles.Length; i++)
        {
            Advance(ref angle, ref velocity, i * StepsPerMeasurement * Step, parameters[0], parameters[1], parameters[2]);
            angles[i] = angle;
        }
    }

    /// <summary>
    /// Half the sum of the squared differences from the measured angles, in standard deviations. But for a constant it is the negative
    /// logarithm of the likelihood.
    /// </summary>
    [Differentiable(Wrt = ["parameters"])]
    public static double Misfit(ReadOnlySpan<double> parameters, ReadOnlySpan<double> measured)
    {
        double angle = FirstAngle, velocity = 0, sum = 0;
        for (int i = 0; i < measured.Length; i++)
        {
            AddResidual(ref angle, ref velocity, ref sum, i, parameters, measured[i]);
        }

        return sum;
    }

    /// <summary>
    /// The same misfit. Its derivatives keep the state at some measurements only, and integrate again from there.
    /// </summary>
    [Differentiable(Wrt = ["parameters"])]
    public static double MisfitInLittleMemory(ReadOnlySpan<double> parameters, ReadOnlySpan<double> measured)
    {
        double angle = FirstAngle, velocity = 0, sum = 0;
        for (int i = 0; i < measured.Length; i++)
        {
            AddResidualWithCheckpoint(ref angle, ref velocity, ref sum, i, parameters, measured[i]);
        }

        return sum;
    }

    /// <summary>The misfit, and its gradient. The body is generated.</summary>
    [Gradient(nameof(Misfit))]
    public static partial double MisfitGradient(ReadOnlySpan<double> parameters, ReadOnlySpan<double> measured, Span<double> gradient);

    /// <summary>The misfit, its gradient, and its second derivatives by rows. The body is generated.</summary>
    [Hessian(nameof(Misfit))]
    public static partial double MisfitHessian(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> measured, Span<double> gradient, Span<double> hessian);

    /// <summary>The second derivatives of <see cref="MisfitInLittleMemory"/>. The body is generated.</summary>
    [Hessian(nameof(MisfitInLittleMemory))]
    public static partial double MisfitHessianInLittleMemory(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> measured, Span<double> gradient, Span<double> hessian);

    /// <summary>The gradient of <see cref="MisfitInLittleMemory"/>. The body is generated.</summary>
    [Gradient(nameof(MisfitInLittleMemory))]
    public static partial double MisfitGradientInLittleMemory(ReadOnlySpan<double> parameters, ReadOnlySpan<double> measured, Span<double> gradient);

    [Differentiable, Checkpoint]
    private static void AddResidualWithCheckpoint(
        ref double angle, ref double velocity, ref double sum, int i, ReadOnlySpan<double> parameters, double measured) =>
        AddResidual(ref angle, ref velocity, ref sum, i, parameters, measured);

    /// <summary>Integrates to measurement i, and adds its part of the misfit.</summary>
    private static void AddResidual(
        ref double angle, ref double velocity, ref double sum, int i, ReadOnlySpan<double> parameters, double measured)
    {
        Advance(ref angle, ref velocity, i * StepsPerMeasurement * Step, parameters[0], parameters[1], parameters[2]);
        double residual = (angle - measured) / Noise;
        sum += 0.5 * residual * residual;
    }

    /// <summary>Integrates from one measurement to the next, by the Runge–Kutta method of fourth order.</summary>
    private static void Advance(ref double angle, ref double velocity, double time, double length, double damping, double drive)
    {
        for (int i = 0; i < StepsPerMeasurement; i++)
        {
            double t = time + i * Step, half = 0.5 * Step;
            double v1 = velocity;
            double a1 = Acceleration(angle, v1, t, length, damping, drive);
            double v2 = velocity + half * a1;
            double a2 = Acceleration(angle + half * v1, v2, t + half, length, damping, drive);
            double v3 = velocity + half * a2;
            double a3 = Acceleration(angle + half * v2, v3, t + half, length, damping, drive);
            double v4 = velocity + Step * a3;
            double a4 = Acceleration(angle + Step * v3, v4, t + Step, length, damping, drive);
            angle += Step / 6 * (v1 + 2 * v2 + 2 * v3 + v4);
            velocity += Step / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
        }
    }

    private static double Acceleration(double angle, double velocity, double time, double length, double damping, double drive) =>
        -Gravity / length * Math.Sin(angle) - damping * velocity + drive * Math.Cos(DriveFrequency * time);
}
