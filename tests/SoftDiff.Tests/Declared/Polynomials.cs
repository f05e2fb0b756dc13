namespace SoftDiff.Tests.Declared;

/// <summary>Derivatives of one number.</summary>
public static partial class Polynomials
{
    [Differentiable]
    public static double Cubic(double x) => (x * x * x) + (2 * x * x) - (3 * x) + 1;

    [Derivative(nameof(Cubic))]
    public static partial double First(double x);

    [Derivative(nameof(Cubic), Order = 2)]
    public static partial double Second(double x);

    [Derivative(nameof(Cubic), Order = 3)]
    public static partial double Third(double x);

    [Derivative(nameof(Cubic), Order = 4)]
    public static partial double Fourth(double x);

    [Derivative(nameof(First))]
    public static partial double SecondByNesting(double x);

    [Derivative(nameof(SecondByNesting))]
    public static partial double ThirdByNesting(double x);

    [Gradient(nameof(ThirdByNesting))]
    internal static partial void FourthByGradient(double x, out double slope);

    [Gradient(nameof(Cubic))]
    internal static partial double CubicGradient(double x, out double slope);

    [Differentiable]
    public static double ExpSin(double x) => Math.Exp(Math.Sin(x));

    [Derivative(nameof(ExpSin), Order = 5)]
    public static partial double ExpSinFifth(double x);

    [Derivative(nameof(ExpSin), Order = 10)]
    public static partial double ExpSinTenth(double x);

    [Derivative(nameof(ExpSinFifth), Order = 5)]
    public static partial double ExpSinTenthByNesting(double x);

    /// <summary>A float of a double: the derivative by the float is a float.</summary>
    [Differentiable]
    public static float Wave(float x, int n)
    {
        var sum = 0f;
        for (var i = 1; i <= n; i++) sum += MathF.Sin(i * x) / i;
        return sum;
    }

    [Derivative(nameof(Wave), Order = 2)]
    public static partial float WaveSecond(float x, int n);

    [Differentiable]
    public static T Power<T>(T x, int n)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        var result = T.One;
        for (var i = 0; i < n; i++) result *= x;
        return result;
    }

    [Derivative(nameof(Power), Order = 2)]
    public static partial U PowerSecond<U>(U x, int n)
        where U : System.Numerics.IFloatingPointIeee754<U>;

    [Derivative(nameof(Power))]
    public static partial double PowerFirst(double x, int n);

    [Differentiable]
    public static double Mixed(double x, double y) => (x * x * y) + Math.Sin(x * y);

    /// <summary>Differentiated by the second number only.</summary>
    [Derivative(nameof(Mixed), Wrt = ["y"], Order = 2)]
    public static partial double MixedByY(double x, double y);

    [Gradient(nameof(Mixed), Wrt = ["x"])]
    public static partial double MixedByX(double x, double y, out double dX);
}
