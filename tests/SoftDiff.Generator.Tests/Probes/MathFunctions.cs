using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class MathFunctions
{
    //? exponentials: `Exp`, `double.Exp2`, `Exp10`, `ExpM1`, `Exp2M1`, `Exp10M1`
    //? x = 0.4
    //? x = -0.6
    [Differentiable]
    public static double Exponentials(double x)
        => Math.Exp(x) + double.Exp(2 * x) + double.Exp2(x) * double.Exp10(x) + double.ExpM1(x) * double.Exp2M1(x) + double.Exp10M1(x);

    //? logarithms: `Log`, `Log2`, `Log10`, `Log(x, b)`, `double.LogP1`, `Log2P1`, `Log10P1`
    //? x = 1.7
    //? x = 0.3
    [Differentiable]
    public static double Logarithms(double x)
        => Math.Log(x) * Math.Log2(x) + Math.Log10(x) + Math.Log(x, 3) * Math.Log(5, x) + double.LogP1(x) * double.Log2P1(x) + double.Log10P1(x);

    //? roots: `Sqrt`, `Cbrt`, `double.RootN`, `Hypot`
    //? x = 1.7, y = 0.6
    //? x = 0.4, y = -1.2
    [Differentiable]
    public static double Roots(double x, double y)
        => Math.Sqrt(x) * Math.Cbrt(y) + double.RootN(x, 3) * double.Hypot(x, y) + double.Sqrt(x * x + 1);

    //? powers: `Pow` with constant and with differentiated exponents
    //? x = 1.7, y = 0.6
    //? x = 0.4, y = -1.2
    [Differentiable]
    public static double Powers(double x, double y)
        => Math.Pow(x, 2) + Math.Pow(x, 0.5) + Math.Pow(2, y) + Math.Pow(x, y) * double.Pow(x, 3);

    //? `Pow` with a negative base and a whole exponent
    //? x = -1.7
    //? x = 0.9
    [Differentiable]
    public static double PowNegativeBase(double x)
        => Math.Pow(x, 3) + Math.Pow(x, -2) + Math.Pow(x, 0) + Math.Pow(x, 1);

    //? trigonometry: `Sin`, `Cos`, `Tan`, `SinCos`
    //? x = 0.7
    //? x = 2.2
    [Differentiable]
    public static double Trigonometry(double x)
    {
        (double sin, double cos) = Math.SinCos(x * x);
        return Math.Sin(x) * Math.Cos(2 * x) + Math.Tan(x) + sin * cos * cos + double.Sin(x);
    }

    //? inverse trigonometry: `Asin`, `Acos`, `Atan`, `Atan2`
    //? x = 0.6, y = 1.3
    //? x = -0.4, y = -0.8
    [Differentiable]
    public static double InverseTrigonometry(double x, double y)
        => Math.Asin(x) * Math.Acos(x) + Math.Atan(y) * Math.Atan2(y, x) + double.Atan2(x, y);

    //? hyperbolic functions and their inverses
    //? x = 0.6, y = 1.8
    //? x = -0.4, y = 2.5
    [Differentiable]
    public static double Hyperbolic(double x, double y)
        => Math.Sinh(x) * Math.Cosh(x) + Math.Tanh(x) * Math.Asinh(x) + Math.Acosh(y) * Math.Atanh(x) + double.Tanh(y);

    //? functions of multiples of pi: `double.SinPi`, `CosPi`, `TanPi` and inverses
    //? x = 0.3
    //? x = -0.2
    [Differentiable]
    public static double PiMultiples(double x)
        => double.SinPi(x) * double.CosPi(x) + double.TanPi(x) + double.AsinPi(x) * double.AcosPi(x) + double.AtanPi(x) * double.Atan2Pi(x, 0.7);

    //? `Abs`, `Sign`, `CopySign`
    //? x = 1.3, y = -0.7
    //? x = -1.3, y = 0.7
    [Differentiable]
    public static double Signs(double x, double y)
        => Math.Abs(x) * x + Math.Sign(x) * y * y + Math.CopySign(x, y) * double.Abs(y) + double.CopySign(y, x);

    //? `Max`, `Min`, `Clamp`
    //? x = 1.3, y = -0.7
    //? x = -1.3, y = 0.7
    //? x = 0.2, y = 0.5
    [Differentiable]
    public static double MaxMin(double x, double y)
        => Math.Max(x, y) * x + Math.Min(x * x, y) + Math.Clamp(x, -0.5, 1) * y + Math.Clamp(0.3, x - 5, y + 5) + double.Max(x, 0);

    //? `MaxMagnitude`, `MinMagnitude`, `double.MaxNumber`, `MinNumber`
    //? x = 1.3, y = -0.7
    //? x = -0.2, y = 0.7
    [Differentiable]
    public static double MaxMagnitude(double x, double y)
        => Math.MaxMagnitude(x, y) * x + Math.MinMagnitude(x, y) * y + double.MaxNumber(x, y) * double.MinNumber(x, y) + double.MaxMagnitudeNumber(x, y) * double.MinMagnitudeNumber(x * y, x);

    //? rounding, which is constant between jumps: `Floor`, `Ceiling`, `Round`, `Truncate`
    //? x = 1.3
    //? x = -2.7
    [Differentiable]
    public static double Rounding(double x)
        => Math.Floor(x) * x + Math.Ceiling(x) * x * x + Math.Round(x) + Math.Truncate(x) * x + Math.Round(x, MidpointRounding.AwayFromZero) * x + double.Floor(x) + Math.Round(x, 1) * x;

    //? `FusedMultiplyAdd`, `double.Lerp`, `ScaleB`
    //? x = 1.3, y = -0.7
    [Differentiable]
    public static double FusedAndScaled(double x, double y)
        => Math.FusedMultiplyAdd(x, y, x) * Math.ScaleB(y, 3) + double.Lerp(x, y, x * 0.3) + double.FusedMultiplyAdd(y, y, y);

    //? `IEEERemainder`
    //? x = 7.3, y = 2.1
    [Differentiable]
    public static double IeeeRemainder(double x, double y)
        => Math.IEEERemainder(x, y) * x;

    //? `double.DegreesToRadians`, `RadiansToDegrees`
    //? x = 31
    [Differentiable]
    public static double Angles(double x)
        => Math.Sin(double.DegreesToRadians(x)) + double.RadiansToDegrees(x / 100);

    //? `MathF`: exponentials, logarithms, roots, powers
    //? x = 1.25, y = 0.5
    [Differentiable]
    public static float SingleExponentials(float x, float y)
        => MathF.Exp(y) * MathF.Log(x) + MathF.Log2(x) + MathF.Log10(x) * MathF.Sqrt(x) + MathF.Cbrt(y) + MathF.Pow(x, y) + float.Exp2(y);

    //? `MathF`: trigonometric and hyperbolic functions
    //? x = 0.75, y = 0.5
    [Differentiable]
    public static float SingleTrigonometry(float x, float y)
        => MathF.Sin(x) * MathF.Cos(y) + MathF.Tan(x) + MathF.Asin(x) * MathF.Acos(y) + MathF.Atan(x) * MathF.Atan2(x, y) + MathF.Sinh(x) * MathF.Tanh(y) + MathF.Asinh(y) + MathF.Atanh(y);

    //? `MathF`: `Abs`, `Max`, `Min`, `Floor`, `FusedMultiplyAdd`
    //? x = 0.75, y = -0.5
    [Differentiable]
    public static float SingleOthers(float x, float y)
        => MathF.Abs(y) * MathF.Max(x, y) + MathF.Min(x, y) * MathF.Floor(x + 1f) + MathF.FusedMultiplyAdd(x, y, x) + MathF.CopySign(x, y);

    //? functions of integers: `Math.Abs(n)`, `Math.Max(n, m)`, `Math.Clamp`, `Math.DivRem`
    //? x = 0.7, n = -7, m = 3
    [Differentiable]
    public static double Integers(double x, int n, int m)
        => Math.Abs(n) * x + Math.Max(n, m) * x * x + Math.Clamp(n, 0, 5) + Math.Sign(n) * x + (int)Math.BigMul(n, m) * x;

    //? tests: `double.IsNaN`, `IsFinite`, `IsInfinity`, `IsNegative`
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double Tests(double x)
        => double.IsNaN(x) || !double.IsFinite(x) ? 0 : double.IsNegative(x) ? x * x : double.IsInfinity(x) || double.IsPositive(-x) ? 1 : x * x * x;

    //? functions nested in functions
    //? x = 0.7
    [Differentiable]
    public static double Nested(double x)
        => Math.Sin(Math.Exp(Math.Cos(Math.Sqrt(Math.Tanh(Math.Log(1 + x * x))))));

    //? reused results: `exp`, `tanh`, `sqrt` read again after the call
    //? x = 0.7
    [Differentiable]
    public static double ReusedResults(double x)
    {
        double e = Math.Exp(x);
        double t = Math.Tanh(e * 0.3);
        double r = Math.Sqrt(e + t);
        return e * t * r + e / r + t * t;
    }

    //? stable functions of the library: `Soft.Sigmoid`, `Soft.Softplus`
    //? x = 0.7, y = -30
    //? x = 30, y = 0.2
    [Differentiable]
    public static double SoftScalars(double x, double y)
        => Soft.Sigmoid(x) * x + Soft.Softplus(y) + Soft.Softplus(x * 0.5) * Soft.Sigmoid(y * 0.1);
}
