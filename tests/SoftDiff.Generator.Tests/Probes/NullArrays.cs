using System;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>Array parameters that may be null.</summary>
public static partial class NullArrays
{
    //? an array parameter that is null, `a == null ? 0 : …`
    //? a = [0.7, -0.4]
    //? a = null
    [Differentiable]
    public static double Compared(double[]? a) => a == null ? 0 : a[0] * a[0] * a[1];

    //? weights that may be left out, in a loop
    //? x = [0.7, -0.4], w = [1.5, 2]
    //? x = [0.7, -0.4], w = null
    [Differentiable]
    public static double Weighted(ReadOnlySpan<double> x, double[]? w)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (w is not null && i < w.Length) s += w[i] * Math.Sin(x[i]);
            else s += x[i] * x[i];
        }

        return w is null ? s : s * w.Length;
    }

    //? `a?.Length ?? n`, `a?.Length > 1`
    //? x = 0.3, a = [0.7, -0.4]
    //? x = 0.3, a = null
    [Differentiable]
    public static double Lengths(double x, double[]? a)
    {
        double s = x * (a?.Length ?? 5);
        if (a?.Length > 1) s *= a[1];
        if (a?.Length != 2) s += x * x;
        return s + (a?[0] ?? x);
    }

    //? another array in its place, `a ?? b`, and a copy of the variable
    //? a = [0.7, -0.4], b = [2, 3]
    //? a = null, b = [2, 3]
    [Differentiable]
    public static double InPlace(double[]? a, double[] b)
    {
        double[] c = a ?? b;
        double[]? d = a;
        if (d != null) d = b;
        return c[0] * c[0] * c[1] * (d == null ? 3 : d[0]);
    }

    //? two of which one may be null, `if (!(a == null || a.Length == 0))`
    //? a = [0.7], b = [2, 3]
    //? a = [], b = [2, 3]
    //? a = null, b = [2, 3]
    //? a = [0.7], b = null
    //? a = null, b = null
    [Differentiable]
    public static double Both(double[]? a, double[]? b)
    {
        double s = 1;
        if (!(a == null || a.Length == 0)) s += a[0] * a[0];
        if (null == b) return s;
        foreach (double v in b) s *= v;
        return s;
    }

    //? a span of it, which is empty where it is null, and a helper that takes spans
    //? a = [0.7, -0.4]
    //? a = null
    [Differentiable]
    public static double AsSpan(double[]? a)
    {
        double s = Sum(a) + 1;
        foreach (double v in a.AsSpan()) s += v * v * v;
        return a is null ? s * 2 : s * Sum(a);
    }

    //? an array that is written if it is there
    //? writes: a
    //? x = 0.3, a = [0.7, -0.4]
    //? x = 0.3, a = null
    [Differentiable]
    public static double Written(double x, double[]? a)
    {
        if (a is not null)
        {
            for (int i = 0; i < a.Length; i++) a[i] *= x;
        }

        return a == null ? x * x : x * a[0] * a[1];
    }

    //? guards on arrays that are null, and uses of them
    //? a = [0.7], which = 0
    //? a = null, which = 0 -> throws ArgumentNullException
    //? a = null, which = 1 -> throws ArgumentNullException
    //? a = null, which = 2 -> throws NullReferenceException
    //? a = null, which = 3 -> throws NullReferenceException
    //? a = [0.7], which = 3
    [Differentiable]
    public static double Guarded(double[]? a, int which)
    {
        if (which == 0 && a == null) throw new ArgumentNullException(nameof(a));
        if (which == 1) ArgumentNullException.ThrowIfNull(a);
        double s = 1;
        if (which == 2) s += a!.Length;
        if (which == 3)
        {
            foreach (double v in a!) s += v * v;
        }

        return a == null ? s : s * a[0];
    }

    private static double Sum(ReadOnlySpan<double> x)
    {
        double s = 0;
        foreach (double v in x) s += Math.Exp(v);
        return s;
    }
}
