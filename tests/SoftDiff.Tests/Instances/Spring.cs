namespace SoftDiff.Tests.Instances;

/// <summary>A class whose fields and properties are constants of the methods that are differentiated.</summary>
public sealed partial class Spring(double[] stiffness, Damper damper, double[]? load) : Body
{
    private readonly double[] _stiffness = stiffness;
    private readonly Damper _damper = damper;
    private readonly double[]? _load = load;
    private readonly (double Low, int Turns) _limits = (0.25, 2);
    private new readonly double Mass = 1e9;

    public float Softness { get; set; } = 0.5f;

    private double Scale => Math.Sqrt(Softness) + _limits.Low + 0 * Mass;

    [Differentiable]
    public double Energy(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += _stiffness[i] * x[i] * x[i] * x[i];
        for (int k = 0; k < _limits.Turns; k++) sum = Math.Sin(sum) * Scale;
        return sum + Kinetic(x[0]) + _damper.Loss(x[1]) + (_load == null ? 0 : _load[0] * x[0] * x[1]);
    }

    [Differentiable]
    public void Forces(ReadOnlySpan<double> x, Span<double> forces)
    {
        for (int i = 0; i < forces.Length; i++) forces[i] = Nested(x[i], _stiffness, depth: 2);
    }

    /// <summary>Calls itself, so that its derivatives are functions of their own.</summary>
    private double Nested(double x, ReadOnlySpan<double> factors, int depth) =>
        depth == 0 ? x * Softness : Math.Cos(Nested(x, factors, depth - 1) * _stiffness[depth] + factors[0]);

    [Differentiable]
    public double Stretch(double x)
    {
        double Cube(double y) => y * y * y * _stiffness[0];
        return Cube(x) * x;
    }

    [Gradient(nameof(Energy))]
    public partial double EnergyGradient(ReadOnlySpan<double> x, Span<double> dX);

    [Hessian(nameof(Energy))]
    public partial void EnergyHessian(ReadOnlySpan<double> x, Span<double> hessian);

    [HessianVectorProduct(nameof(Energy))]
    public partial void EnergyProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv);

    [Jacobian(nameof(Forces))]
    internal partial void ForcesJacobian(ReadOnlySpan<double> x, Span<double> forces, Span<double> jacobian);

    [Derivative(nameof(Stretch), Order = 4)]
    private partial double StretchFourth(double x);

    public double Fourth(double x) => StretchFourth(x);

    [Vmap(nameof(EnergyGradient))]
    public partial void EnergyGradients(int batch, ReadOnlySpan<double> x, Span<double> dX, Span<double> values);

    [Vmap(nameof(EnergyGradient), Parallel = true)]
    public partial void EnergyGradientsInParallel(int batch, ReadOnlySpan<double> x, Span<double> dX, Span<double> values);

    [Differentiable]
    public double Slope(ReadOnlySpan<double> x)
    {
        Span<double> dX = stackalloc double[2];
        EnergyGradient(x, dX);
        return dX[0] * dX[0] + dX[1] * dX[1];
    }
}

public class Body
{
    internal double Mass = 1.5;

    protected double Kinetic(double v) => 0.5 * Mass * v * v;
}

public sealed class Damper
{
    internal double[] Rates { get; init; } = [0.5, 0.25, 2];

    public double Loss(double x)
    {
        double sum = 0;
        for (int i = 0; i < Rates.Length; i++) sum = sum * x + Rates[i];
        return sum;
    }
}
