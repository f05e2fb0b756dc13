using System;
using System.Numerics.Tensors;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class CustomRules
{
    //? `Diff.StopGradient`
    //? x = 1.3 -> dX = x
    [Differentiable]
    public static double StopGradient(double x) => x * Diff.StopGradient(x);

    //? `Diff.StopGradient` of an expression and of a local
    //? x = 1.3, y = 0.7 -> dX = y + 2 * x * y, dY = x
    [Differentiable]
    public static double StopGradientOfLocal(double x, double y)
    {
        double kept = Diff.StopGradient(x * y);
        return x * y + kept * Diff.StopGradient(kept) + x * x * Diff.StopGradient(y);
    }

    //? rounding straight through, `x + Diff.StopGradient(Math.Round(x) - x)`
    //? x = 3.2 -> dX = 1
    //? x = -1.7 -> dX = 1
    [Differentiable]
    public static double StraightThrough(double x) => x + Diff.StopGradient(Math.Round(x) - x);

    //? the pseudo-loss of temporal-difference learning
    //? theta = [0.1, -0.1, 0], s0 = [1, 2, -1], r = 1, s1 = [2, 1, 0] -> dTheta = [-2.4, -4.8, 2.4]
    [Differentiable(Wrt = ["theta"])]
    public static double TemporalDifference(ReadOnlySpan<double> theta, ReadOnlySpan<double> s0, double r, ReadOnlySpan<double> s1)
    {
        double value = 0, next = 0;
        for (int i = 0; i < theta.Length; i++)
        {
            value += theta[i] * s0[i];
            next += theta[i] * s1[i];
        }

        double error = Diff.StopGradient(r + next) - value;
        return error * error;
    }

    //? `[CustomVjp]` and `[CustomJvp]` of one scalar
    //? x = 0.7
    //? x = -3
    [Differentiable]
    public static double CustomScalar(double x) => Softplus(x * x) * x;

    //? a custom rule that differs from the derivative on purpose
    //? x = 0.7 -> dX = 10 * 2 * x
    [Differentiable]
    public static double CustomIsUsed(double x) => Tenfold(x * x);

    //? a `[CustomVjp]` method with several inputs
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double CustomTwoInputs(double x, double y) => Ratio(x * y, y) + Ratio(y, x);

    //? a `[CustomVjp]` method with a span input
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double CustomSpan(ReadOnlySpan<double> x) => Energy(x) * x[0] + Energy(x[1..]);

    //? a `[CustomVjp]` method with a parameter marked `[NonDifferentiable]`
    //? x = 0.7, power = 3
    [Differentiable]
    public static double CustomPassive(double x, int power) => Powered(x * 2, power) * x;

    //? a residual with several parts
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double CustomResiduals(double x, double y) => Expensive(x, y) * Expensive(y, x);

    //? `[DerivativeOf]` for a method of another library
    //? x = 0.7
    [Differentiable]
    public static double DerivativeOfForeign(double x) => ForeignLibrary.Gamma(x * x) + x;

    //? a custom rule in a loop
    //? x = 0.7
    [Differentiable]
    public static double CustomInLoop(double x)
    {
        double s = x;
        for (int i = 0; i < 3; i++) s = Softplus(s) * x;
        return s;
    }

    //? custom rules of a method with a result, `out` parameters and a span that it writes
    //? x = 0.7, y = 1.3
    //? x = -0.4, y = 0.2
    [Differentiable]
    public static double CustomSeveralOutputs(double x, double y)
    {
        Span<double> powers = stackalloc double[3];
        double sum = PowersOf(x * y, powers, out double half, out _);
        double other = PowersOf(y, powers[..2], out double unused, out double square);
        return sum * half + powers[2] * square - other * powers[0];
    }

    //? the reverse mode of a soft operator, which then gives second derivatives
    //? x = [0.5, -1.5, 2, 0.1], softness = 0.4
    [Differentiable]
    public static double SoftReverseMode(ReadOnlySpan<double> x, double softness)
    {
        Span<double> dX = stackalloc double[4];
        Soft.SortVjp(x, default, x, dX, out double s, softness);
        for (int i = 0; i < 4; i++) s += dX[i] * x[i] * i;
        double value = Soft.ReluVjp(x[0], x[1], out double slope, out _, softness);
        return s + value * slope;
    }

    [CustomVjp(nameof(PowersOfBackward))]
    [CustomJvp(nameof(PowersOfTangent))]
    private static double PowersOf(double x, Span<double> powers, out double half, out double square)
    {
        double sum = 0, power = 1;
        for (int i = 0; i < powers.Length; i++) sum += powers[i] = power *= x;
        (half, square) = (x / 2, x * x);
        return sum;
    }

    private static double PowersOfBackward(double x, ReadOnlySpan<double> powers, double cotangent, double cHalf, double cSquare, ReadOnlySpan<double> cPowers)
    {
        double d = cHalf / 2 + 2 * x * cSquare, power = 1;
        for (int i = 0; i < powers.Length; i++)
        {
            d += (i + 1) * power * (cotangent + cPowers[i]);
            power *= x;
        }

        return d;
    }

    private static (double Value, double Half, double Square, double TValue, double THalf, double TSquare) PowersOfTangent(
        double x, Span<double> powers, double tX, Span<double> tPowers)
    {
        double value = PowersOf(x, powers, out double half, out double square), tangent = 0, power = 1;
        for (int i = 0; i < powers.Length; i++)
        {
            tangent += tPowers[i] = (i + 1) * power * tX;
            power *= x;
        }

        return (value, half, square, tangent, tX / 2, 2 * x * tX);
    }

    [CustomVjp(nameof(SoftplusForward), nameof(SoftplusBackward))]
    [CustomJvp(nameof(SoftplusTangent))]
    private static double Softplus(double x) => Math.Log(1 + Math.Exp(x));

    private static (double Value, double Residual) SoftplusForward(double x) => (Math.Log(1 + Math.Exp(x)), x);

    private static double SoftplusBackward(double residual, double cotangent) => cotangent / (1 + Math.Exp(-residual));

    private static (double Value, double Tangent) SoftplusTangent(double x, double tX) => (Math.Log(1 + Math.Exp(x)), tX / (1 + Math.Exp(-x)));

    [CustomVjp(nameof(TenfoldForward), nameof(TenfoldBackward))]
    [CustomJvp(nameof(TenfoldTangent))]
    private static double Tenfold(double x) => x;

    private static (double Value, double Residual) TenfoldForward(double x) => (x, 0);

    private static double TenfoldBackward(double residual, double cotangent) => 10 * cotangent + residual;

    private static (double Value, double Tangent) TenfoldTangent(double x, double tX) => (x, 10 * tX);

    [CustomVjp(nameof(RatioForward), nameof(RatioBackward))]
    [CustomJvp(nameof(RatioTangent))]
    private static double Ratio(double x, double y) => x / (1 + y * y);

    private static (double Value, (double X, double Y) Residual) RatioForward(double x, double y) => (x / (1 + y * y), (x, y));

    private static (double DX, double DY) RatioBackward((double X, double Y) residual, double cotangent)
    {
        double d = 1 + residual.Y * residual.Y;
        return (cotangent / d, -2 * cotangent * residual.X * residual.Y / (d * d));
    }

    private static (double Value, double Tangent) RatioTangent(double x, double y, double tX, double tY)
    {
        double d = 1 + y * y;
        return (x / d, tX / d - 2 * x * y / (d * d) * tY);
    }

    [CustomVjp(nameof(EnergyForward), nameof(EnergyBackward))]
    [CustomJvp(nameof(EnergyTangent))]
    private static double Energy(ReadOnlySpan<double> x)
    {
        double s = 0;
        foreach (double value in x) s += value * value;
        return s;
    }

    private static (double Value, double Residual) EnergyForward(ReadOnlySpan<double> x) => (Energy(x), 2);

    private static void EnergyBackward(double residual, ReadOnlySpan<double> x, double cotangent, Span<double> dX)
    {
        for (int i = 0; i < x.Length; i++) dX[i] += residual * x[i] * cotangent;
    }

    private static (double Value, double Tangent) EnergyTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX)
    {
        double s = 0, t = 0;
        for (int i = 0; i < x.Length; i++)
        {
            s += x[i] * x[i];
            t += 2 * x[i] * tX[i];
        }

        return (s, t);
    }

    [CustomVjp(nameof(PoweredForward), nameof(PoweredBackward))]
    [CustomJvp(nameof(PoweredTangent))]
    private static double Powered(double x, [NonDifferentiable] int power) => Math.Pow(x, power);

    private static (double Value, (double X, int Power) Residual) PoweredForward(double x, int power) => (Math.Pow(x, power), (x, power));

    private static double PoweredBackward((double X, int Power) residual, double cotangent)
        => cotangent * residual.Power * Math.Pow(residual.X, residual.Power - 1);

    private static (double Value, double Tangent) PoweredTangent(double x, int power, double tX)
        => (Math.Pow(x, power), power * Math.Pow(x, power - 1) * tX);

    [CustomVjp(nameof(ExpensiveForward), nameof(ExpensiveBackward))]
    [CustomJvp(nameof(ExpensiveTangent))]
    private static double Expensive(double x, double y) => Math.Exp(x) * Math.Sin(y);

    private static (double Value, (double Exp, double Sin, double Cos) Residual) ExpensiveForward(double x, double y)
    {
        double exp = Math.Exp(x);
        (double sin, double cos) = Math.SinCos(y);
        return (exp * sin, (exp, sin, cos));
    }

    private static (double DX, double DY) ExpensiveBackward((double Exp, double Sin, double Cos) r, double cotangent)
        => (cotangent * r.Exp * r.Sin, cotangent * r.Exp * r.Cos);

    private static (double Value, double Tangent) ExpensiveTangent(double x, double y, double tX, double tY)
        => (Math.Exp(x) * Math.Sin(y), Math.Exp(x) * (Math.Sin(y) * tX + Math.Cos(y) * tY));

    [DerivativeOf(typeof(ForeignLibrary), nameof(ForeignLibrary.Gamma))]
    private static double GammaVjp(double x, double cotangent) => cotangent * (2 * x + Math.Cos(x));

    //? a rule with a residual of several parts, in a helper that calls itself and returns a tuple
    //? x = 0.7, n = 3
    [Differentiable]
    public static double CustomRecursive(double x, int n)
    {
        var (a, b) = Rec(x, n);
        return a * b;
    }

    private static (double A, double B) Rec(double x, int n)
    {
        if (n == 0) return (x, 1);
        var (a, b) = Rec(Soft1(x), n - 1);
        return (a + b * x, Soft1(b) * 0.7);
    }

    [CustomVjp(nameof(Soft1F), nameof(Soft1B))]
    private static double Soft1(double x) => Math.Log(1 + Math.Exp(x));

    private static (double, (double, double)) Soft1F(double x) => (Math.Log(1 + Math.Exp(x)), (x, 1 / (1 + Math.Exp(-x))));

    private static double Soft1B((double X, double S) r, double c) => c * r.S;

    //? the reverse mode of an operator in a loop, its cotangents in place of the result
    //? x = [0.5, -1.5, 2, 0.1], s = 0.7
    [Differentiable]
    public static double RankLoss(ReadOnlySpan<double> x, double s)
    {
        Span<double> r = stackalloc double[x.Length], g = stackalloc double[x.Length];
        double total = 0;
        for (int it = 0; it < 2; it++)
        {
            Soft.Rank(x, r, s);
            for (int i = 0; i < r.Length; i++) r[i] -= r[0] * 0.1 * it;
            Soft.RankVjp(x, r, r, g, out _, s);
            total += TensorPrimitives.Dot<double>(g, r) * (it + 1);
        }
        return total;
    }

    //? a rule of two spans that a loop overwrites
    //? x = [0.9, 0.4, -0.2], n = 3
    [Differentiable]
    public static double DotLoop(ReadOnlySpan<double> x, int n)
    {
        Span<double> a = [.. x], b = [1, 2, 3];
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += TensorPrimitives.Dot<double>(a, b);
            for (int j = 0; j < 3; j++) { b[j] += a[j] * s; a[j] = a[j] * a[(j + 1) % 3] + 0.1 * b[j]; }
        }
        return s;
    }

    //? a rule with a residual and the inputs again, overwritten in a loop
    //? x = [0.9, 0.4, -0.2], n = 3
    [Differentiable]
    public static double ForwardPrimal(ReadOnlySpan<double> x, int n)
    {
        Span<double> a = [.. x], b = [1, 2, 3];
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Bilinear(a, b, 0.5 + s);
            for (int j = 0; j < 3; j++) { b[j] += a[j] * s * 0.1; a[j] = a[j] * a[(j + 1) % 3] + 0.1 * b[j]; }
        }
        return s;
    }

    //? rules of overwritten spans, in branches of a loop
    //? x = [0.9, 0.4, -0.2], n = 3
    [Differentiable]
    public static double InBranch(ReadOnlySpan<double> x, int n)
    {
        Span<double> a = [.. x], b = [1, 2, 3];
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            if (i % 2 == 0) s += Bilinear(a, b, 0.5 + s) + TensorPrimitives.Distance<double>(b, a);
            for (int j = 0; j < 3; j++) { b[j] += a[j] * s * 0.1; a[j] = a[j] * a[(j + 1) % 3] + 0.1 * b[j]; }
            if (i > 0) { Soft.Sort(a, b, 0.3); TensorPrimitives.Multiply(b, a, a); }
        }
        return s + a[0] * b[1];
    }

    private static (double, double) BilinearF(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double k) => (Bilinear(x, y, k), Bilinear(x, y, 1));

    [CustomVjp(nameof(BilinearF), nameof(BilinearB))]
    private static double Bilinear(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double k) { double s = 0; for (int i = 0; i < x.Length; i++) s += x[i] * x[i] * y[i] * k; return s; }

    private static double BilinearB(double one, ReadOnlySpan<double> x, ReadOnlySpan<double> y, double k, double c, Span<double> dX, Span<double> dY)
    {
        for (int i = 0; i < x.Length; i++) { dX[i] += 2 * x[i] * y[i] * k * c; dY[i] += x[i] * x[i] * k * c; }
        return one * c;
    }

    //? a rule for the forward mode, of two spans that a loop overwrites
    //? x = [0.9, 0.4, -0.2], n = 3
    [Differentiable]
    public static double TangentOnly(ReadOnlySpan<double> x, int n)
    {
        Span<double> a = [.. x], b = [1, 2, 3];
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Tri(a, b);
            for (int j = 0; j < 3; j++) { b[j] += a[j] * s * 0.1; a[j] = a[j] * a[(j + 1) % 3] + 0.1 * b[j]; }
        }
        return s;
    }

    [CustomJvp(nameof(TriJ))]
    private static double Tri(ReadOnlySpan<double> x, ReadOnlySpan<double> y) { double s = 0; for (int i = 0; i < x.Length; i++) s += x[i] * y[i] * y[i]; return s; }

    private static (double, double) TriJ(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> tX, ReadOnlySpan<double> tY)
    {
        double t = 0;
        for (int i = 0; i < x.Length; i++) t += tX[i] * y[i] * y[i] + 2 * x[i] * y[i] * tY[i];
        return (Tri(x, y), t);
    }

    //? an operator and its reverse mode in a loop
    //? x = [0.9, 0.4, -0.2], n = 1
    //? x = [0.9, 0.4, -0.2], n = 2
    [Differentiable]
    public static double SortAndVjp(double[] x, int n)
    {
        var a = new double[3]; x.CopyTo(a, 0);
        var s = new double[3]; var g = new double[3];
        for (int i = 0; i < n; i++)
        {
            Soft.Sort(a, s, 0.3);
            Soft.SortVjp(a, default, s, g, out _, 0.3);
            g.CopyTo(a, 0);
        }
        return a[0] + a[1] * a[2];
    }

    //? a rule of parts of one of two spans
    //? x = [0.9, 0.4], y = [0.3, 0.2], f = true
    //? x = [0.9, 0.4], y = [0.3, 0.2], f = false
    [Differentiable]
    public static double RuleChoice(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool f)
    {
        double s = 0;
        for (int i = 0; i < 2; i++) { var z = f ? x : y; s += Powers3(z[i..], s) * (i + 1); f = !f; }
        return s;
    }

    private static (double, (double[] X, double K)) Powers3F(ReadOnlySpan<double> x, double k) => (Powers3(x, k), (x.ToArray(), k));

    [CustomVjp(nameof(Powers3F), nameof(Powers3B))]
    private static double Powers3(ReadOnlySpan<double> x, double k) { double s = k * k; foreach (var v in x) s += v * v * v * (1 + k); return s; }

    private static double Powers3B((double[] X, double K) r, double c, Span<double> dX) { double d = 2 * r.K; for (int i = 0; i < dX.Length; i++)
    {
        dX[i] = 3 * r.X[i] * r.X[i] * (1 + r.K) * c;
        d += r.X[i] * r.X[i] * r.X[i];
        } return d * c;
    }

    //? functions of `TensorPrimitives` and operators in a helper that calls itself
    //? x = [0.9, 0.4, -0.2], n = 3
    [Differentiable]
    public static double RuleInRecursion(ReadOnlySpan<double> x, int n) { Span<double> a = [.. x], b = [1, 2, 3]; return Alternate(a, b, n) + b[0]; }

    private static double Alternate(Span<double> a, Span<double> b, int n)
    {
        if (n == 0) return TensorPrimitives.Distance<double>(a, b);
        double d = TensorPrimitives.Dot<double>(a, b);
        TensorPrimitives.Multiply(a, 0.3 * d, b);
        Soft.Sort(b, a, 0.4);
        double r = Alternate(a, b, n - 1);
        return r * d + TensorPrimitives.Dot<double>(b, a);
    }

    //? rules in loops whose iterations are independent
    //? x = [0.9, 0.4, 0.2, 0.5]
    [Differentiable]
    public static double FusedBranch(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            Span<double> t = [x[i], x[i + 1] * x[i]], u = [x[i + 1], 0.3];
            if (x[i] > 0.3) { s += Bilinear(t, u, x[i]); t[0] = s; u[1] = t[1]; }
            s += Bilinear(u, t, 2);
        }
        return s;
    }
}

public static class ForeignLibrary
{
    public static double Gamma(double x) => Convert.ToDouble((object)(x * x + Math.Sin(x)));
}
