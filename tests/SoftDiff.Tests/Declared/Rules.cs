using System.Numerics.Tensors;

namespace SoftDiff.Tests.Declared;

/// <summary>Rules that differ from the true derivative, straight-through methods, methods of the library.</summary>
public static partial class Rules
{
    [Differentiable, StraightThrough]
    public static double Step(double x, [NonDifferentiable] SoftMode mode) => Soft.Heaviside(x, 0.5, mode);

    [Differentiable]
    private static double Stepped(double x) => x * x * Step(x, SoftMode.Smooth);

    [Derivative(nameof(Stepped))]
    public static partial double SteppedSlope(double x);

    /// <summary>x² · (x² · step(x))′, straight through at both levels.</summary>
    [Differentiable]
    public static double SteppedTwice(double x) => x * SteppedSlope(x) * Step(x, SoftMode.Smooth);

    [Derivative(nameof(SteppedTwice))]
    public static partial double SteppedTwiceSlope(double x);

    /// <summary>
    /// A function whose rule clips the gradient: the program that computes the gradient has a matrix of derivatives that is not
    /// symmetric.
    /// </summary>
    [CustomVjp(nameof(TwistBackward))]
    public static double Twist(double x, double y) => x * y;

    private static (double X, double Y) TwistBackward(double x, double y, double cotangent) => (cotangent * y * y, cotangent * x);

    [Differentiable]
    private static double Twisted(ReadOnlySpan<double> x) => Twist(x[0], x[1]);

    [Hessian(nameof(Twisted))]
    public static partial double TwistedHessian(ReadOnlySpan<double> x, Span<double> hessian);

    /// <summary>x / y by a rule that keeps two numbers for its backward method.</summary>
    [CustomVjp(nameof(RatioForward), nameof(RatioBackward))]
    public static double Ratio(double x, double y) => x / y;

    private static (double Value, (double Inverse, double Value) Residual) RatioForward(double x, double y) => (x / y, (1 / y, x / y));

    private static (double X, double Y) RatioBackward((double Inverse, double Value) residual, double cotangent) =>
        (cotangent * residual.Inverse, -cotangent * residual.Value * residual.Inverse);

    [Differentiable]
    private static double Ratios(ReadOnlySpan<double> x) => Ratio(x[0], x[1]) * x[0];

    [Hessian(nameof(Ratios))]
    public static partial double RatiosHessian(ReadOnlySpan<double> x, Span<double> hessian);

    [Differentiable]
    private static double LogSum(ReadOnlySpan<double> x, double scale) => scale * Soft.LogSumExp(x);

    [Hessian(nameof(LogSum), Wrt = ["x"])]
    public static partial double LogSumHessian(ReadOnlySpan<double> x, double scale, Span<double> hessian);

    [Differentiable]
    private static double Factor(double x, int n) => n <= 0 ? 1 + (x * x) : Math.Sin(x) * Factor(x * 0.5, n - 1);

    [Differentiable(Wrt = ["x"])]
    private static double Scaled(double x, Span<double> s)
    {
        TensorPrimitives.Multiply(s, x, s);
        TensorPrimitives.Multiply(s, x, s);
        var sum = 0.0;
        for (var i = 0; i < s.Length; i++) sum += s[i];
        return sum;
    }

    [Derivative(nameof(Scaled), Wrt = ["x"])]
    public static partial double ScaledFirst(double x, Span<double> s);

    [Derivative(nameof(ScaledFirst), Wrt = ["x"])]
    public static partial double ScaledSecond(double x, Span<double> s);

    [Derivative(nameof(Scaled), Order = 2, Wrt = ["x"])]
    public static partial double ScaledBySeries(double x, Span<double> s);

    [Differentiable(Wrt = ["x"])]
    private static double ScaledArray(double x, double[] s)
    {
        Scale(s, s, x);
        return s[0] * x;
    }

    [Derivative(nameof(ScaledArray), Order = 2, Wrt = ["x"])]
    public static partial double ScaledArraySecond(double x, double[] s);

    [CustomVjp(nameof(ScaleBackward)), CustomJvp(nameof(ScaleTangent))]
    private static void Scale(ReadOnlySpan<double> x, Span<double> y, double factor)
    {
        for (var i = 0; i < x.Length; i++) y[i] = factor * x[i];
    }

    private static double ScaleBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double factor, ReadOnlySpan<double> cY, Span<double> dX)
    {
        var dFactor = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            dX[i] += factor * cY[i];
            dFactor += x[i] * cY[i];
        }

        return dFactor;
    }

    private static void ScaleTangent(
        ReadOnlySpan<double> x, Span<double> y, double factor, ReadOnlySpan<double> tX, double tFactor, Span<double> tY)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = factor * x[i];
            tY[i] = (factor * tX[i]) + (tFactor * x[i]);
        }
    }

    [Derivative(nameof(Factor), Order = 2)]
    public static partial double FactorSecond(double x, int n);
}

/// <summary>A target of another type, and an instance method.</summary>
public sealed partial class Elsewhere
{
    [Gradient(typeof(Functions), nameof(Functions.Rosenbrock))]
    public partial double Gradient(ReadOnlySpan<double> x, Span<double> dX);
}
