namespace SoftDiff.Tests.Declared;

/// <summary>A struct whose derivatives are declared: its receiver is the first input.</summary>
public partial record struct Spring(double Stiffness)
{
    [Differentiable]
    public readonly double Energy(double x) => Stiffness * Stiffness * x * x * x;

    [Gradient(nameof(Energy))]
    public readonly partial double EnergyGradient(double x, out Spring dThis, out double dX);

    [Derivative(nameof(Energy), Wrt = ["x"], Order = 2)]
    public readonly partial double EnergyCurvature(double x);

    [Hessian(nameof(Energy))]
    public readonly partial double EnergyHessian(double x, Span<double> hessian);

    [HessianVectorProduct(nameof(Energy))]
    public readonly partial double EnergyProduct(double x, Spring tThis, double tX, out Spring hThis, out double hX);

    [Jacobian(nameof(Energy))]
    public readonly partial double EnergyJacobian(double x, Span<double> jacobian);

    /// <summary>Changes the receiver, which is in-out then.</summary>
    [Differentiable]
    public double Stretch(double x)
    {
        Stiffness *= x;
        return Stiffness * x;
    }

    [Vjp(nameof(Stretch))]
    public partial double StretchPullback(double x, double cResult, ref Spring dThis, out double dX);

    [Differentiable]
    public readonly double Slopes(double x)
    {
        EnergyGradient(x, out Spring dThis, out double dX);
        return dThis.Stiffness * dX;
    }

    [Gradient(nameof(Slopes))]
    public readonly partial double SlopesGradient(double x, out Spring dThis, out double dX);
}
