namespace SoftDiff.Tests.Programs;

/// <summary>An object whose methods are given to an integrator.</summary>
public sealed partial class Oscillator
{
    private readonly double _stiffness;
    private readonly double _damping = 0.1;
    private readonly double[] _drive;

    public Oscillator(double stiffness, double[] drive) => (_stiffness, _drive) = (stiffness, drive);

    [Differentiable]
    public double Final(double x, double v, double dt)
    {
        for (int i = 0; i < _drive.Length; i++) (x, v) = Midpoint(Slope, (x, v), i, dt);
        return x * x + Energy(p => 0.5 * _stiffness * p * p, x);
    }

    private (double X, double V) Slope((double X, double V) s, int i) => (s.V, _drive[i] - _stiffness * s.X - _damping * s.V);

    private static (double X, double V) Midpoint(Func<(double X, double V), int, (double X, double V)> slope, (double X, double V) s, int i, double dt)
    {
        var k = slope(s, i);
        var middle = slope((s.X + dt / 2 * k.X, s.V + dt / 2 * k.V), i);
        return (s.X + dt * middle.X, s.V + dt * middle.V);
    }

    private double Energy(Func<double, double> potential, double x) => potential(x) + potential(x - 1) * _damping;
}
