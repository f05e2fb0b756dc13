namespace SoftDiff.Tests.Declared;

/// <summary>Jacobians of results, buffers and by-reference parameters.</summary>
public static partial class Jacobians
{
    [Differentiable]
    public static void Residuals(ReadOnlySpan<double> x, double shift, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = shift * i;
            for (var j = 0; j < x.Length; j++) y[i] += Math.Sin((i + 1) * x[j]) * x[(j + i) % x.Length];
        }
    }

    [Jacobian(nameof(Residuals))]
    public static partial void ResidualsJacobian(ReadOnlySpan<double> x, double shift, Span<double> y, Span<double> jacobian);

    [Jacobian(nameof(Residuals), Mode = DiffMode.Forward)]
    public static partial void ResidualsForward(ReadOnlySpan<double> x, double shift, Span<double> y, Span<double> jacobian);

    [Jacobian(nameof(Residuals), Mode = DiffMode.Reverse)]
    public static partial void ResidualsReverse(ReadOnlySpan<double> x, double shift, Span<double> y, Span<double> jacobian);

    [Jacobian(nameof(Residuals), Wrt = ["shift"])]
    public static partial void ResidualsByShift(ReadOnlySpan<double> x, double shift, Span<double> y, Span<double> jacobian);

    [Vjp(nameof(Residuals))]
    public static partial void ResidualsPullback(ReadOnlySpan<double> x, double shift, Span<double> y, Span<double> gX, out double gShift, Span<double> gY);

    [Jvp(nameof(Residuals))]
    internal static partial void ResidualsPushforward(ReadOnlySpan<double> x, double shift, Span<double> y, ReadOnlySpan<double> v, double tShift, Span<double> tY);

    /// <summary>A result, a reference, an out parameter and a buffer that is differentiated by what it holds at first.</summary>
    [Differentiable(Wrt = ["x", "z"])]
    public static double Everything(double x, ref double z, out double u, Span<double> state)
    {
        for (var i = 0; i < state.Length; i++) state[i] = (state[i] * x) + z;
        u = x * z;
        z = Math.Exp(z) + x;
        return u * state[0];
    }

    [Jacobian(nameof(Everything), Wrt = ["x", "z", "state"], Mode = DiffMode.Forward)]
    public static partial double EverythingForward(double x, ref double z, out double u, Span<double> state, Span<double> jacobian);

    [Jacobian(nameof(Everything), Wrt = ["x", "z", "state"], Mode = DiffMode.Reverse)]
    public static partial double EverythingReverse(double x, ref double z, out double u, Span<double> state, Span<double> jacobian);

    [Jacobian(nameof(Everything))]
    public static partial double EverythingAuto(double x, ref double z, out double u, Span<double> state, Span<double> jacobian);

    /// <summary>Its result alone is an output.</summary>
    [Differentiable]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i] * b[i];
        return sum;
    }

    [Jacobian(nameof(Dot))]
    public static partial double DotJacobian(ReadOnlySpan<double> a, ReadOnlySpan<float> b, Span<double> row);

    [Differentiable]
    private static double Energy(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += x[i] * x[i] * x[i] * x[(i + 1) % x.Length];
        return sum;
    }

    [Hessian(nameof(Energy))]
    private static partial void Stiffness(ReadOnlySpan<double> x, Span<double> hessian);

    /// <summary>A matrix of second derivatives that is asked for, or is not.</summary>
    [Differentiable]
    public static void Stiff(ReadOnlySpan<double> x, bool isOn, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++) y[i] = i * x[0];
        if (isOn) Stiffness(x, y);
    }

    [Jacobian(nameof(Stiff), Mode = DiffMode.Forward)]
    public static partial void StiffForward(ReadOnlySpan<double> x, bool isOn, Span<double> y, Span<double> jacobian);

    [Jacobian(nameof(Stiff), Mode = DiffMode.Reverse)]
    public static partial void StiffReverse(ReadOnlySpan<double> x, bool isOn, Span<double> y, Span<double> jacobian);
}
