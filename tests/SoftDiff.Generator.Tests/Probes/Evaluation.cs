using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Evaluation
{
    //? the index on the left is evaluated before the value, `a[p++] = x[p]`
    //? x = [0.5, -1.5, 2, 0.7]
    [Differentiable]
    public static double IndexBeforeValue(ReadOnlySpan<double> x)
    {
        double[] a = new double[5];
        int p = 0;
        a[p++] = x[p] * p;
        a[p++] = x[p] * p;
        a[p] = p = 3;
        return a[0] * a[1] + a[0] * x[p] + a[2];
    }

    //? chained assignments, `a = b = x * y`
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double Chained(double x, double y)
    {
        double[] a = new double[3];
        int i = 0;
        double u, v;
        u = v = x * y;
        a[i++] = a[i++] = u + v * v;
        return a[0] * a[1] * y + u * v;
    }

    //? deconstruction into elements, with effects in their indices
    //? x = [0.7, 0.4, 1.2]
    [Differentiable]
    public static double DeconstructionOrder(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        int i = 0;
        (a[i++], a[i++]) = (a[i] * 2, a[0] + i);
        (a[0], a[1], a[2]) = (a[2], a[0], a[1] * a[1]);
        (i, a[i]) = (0, 5 * x[0]);
        return a[0] * a[1] + a[2] * 3 + i;
    }

    //? a variable read before and after a call that changes it, `f(ref x) + x`
    //? x = 0.7
    [Differentiable]
    public static double AroundCall(double x)
    {
        double a = x, b = x, s = x;
        double left = Bump(ref a) + a;
        double right = b + Bump(ref b);
        s += Bump(ref s) * 2;
        s *= s = x + 1;
        return left * right * s;
    }

    //? an element read before and after a call that changes the array
    //? x = [0.5, 1.5]
    [Differentiable]
    public static double AroundWrite(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        double s = a[0] + Mutate(a) * a[0] + a[1];
        a[0] += Mutate(a);
        a[1] *= Mutate(a);
        return s * a[1] + a[0] * a[0];
    }

    //? compound assignment to elements, with effects in the index, `a[i++] += x[i]`
    //? x = [0.5, 1.5, -0.3, 0.8]
    [Differentiable]
    public static double CompoundIndices(ReadOnlySpan<double> x)
    {
        int[] index = { 2, 0, 2, 1 };
        double[] a = { 1, 2, 3 };
        int i = 0;
        while (i < x.Length) a[index[i]] *= x[i++] + 1;
        i = 0;
        a[i++] += x[i] * x[i - 1];
        a[i++] -= x[i] * i;
        a[i--] /= x[i] + 2;
        double s = a[i++]++ * a[i];
        return (s + --a[i] * a[0]) * a[1];
    }

    //? arguments by reference that later arguments change, `f(ref s, s *= x)`, `f(in a[i], a[i] *= x)`
    //? x = 0.7
    [Differentiable]
    public static double ByReferenceArguments(double x)
    {
        double s = x * x;
        double[] a = [x, 2];
        int i = 0;
        AddTo(ref s, s *= x);
        AddTo(ref a[i++], a[0] *= s);
        double t = Product(in s, s += x) * Product(in a[i], a[i--] *= x * i);
        return t * s + a[0] * a[1] + Product(s + 0, s *= 2);
    }

    //? assignments inside conditions and conditional expressions
    //? x = 0.7, y = 1.1
    //? x = -0.7, y = 1.1
    [Differentiable]
    public static double AssignmentInCondition(double x, double y)
    {
        double t;
        if ((t = x * y) > 0 && (t *= y) > 0.5) return t * x;
        return t + (x > 0 ? y = x * x : y += 1) * y;
    }

    //? operands of `&&`, `||`, `|` with effects
    //? x = 0.7
    //? x = -0.4
    [Differentiable]
    public static double ShortCircuitEffects(double x)
    {
        double s = x;
        bool f = x > 0 && Bump(ref s) > 1.4;
        bool g = f || Bump(ref s) > -100;
        bool h = f | Bump(ref s) > 0.3;
        return f ? s : g && h ? s * 2 : s * 3 * x;
    }

    //? named arguments with effects, in the order they are written
    //? x = 0.7
    [Differentiable]
    public static double NamedArguments(double x)
    {
        double a = x;
        double r = Three(c: a *= 2, a: a += 1, b: a * a);
        return r + a;
    }

    //? `for` headers with several variables and effects
    //? x = [0.7, 0.4, 1.2, -0.5]
    [Differentiable]
    public static double HeaderEffects(ReadOnlySpan<double> x)
    {
        double s = 0, w = 1;
        for (int i = 0, j = x.Length - 1; i < j; i++, j--, w *= x[i]) s += x[i] * x[j] * w;
        int k = 0;
        for (; k < x.Length && (s += x[k]) < 100; k++) w += s * x[k];
        return s * w + k;
    }

    private static void AddTo(ref double target, double value) => target += value;

    private static double Product(in double a, double b) => a * b;

    private static double Bump(ref double s)
    {
        s = s * s + 1;
        return s;
    }

    private static double Mutate(Span<double> a)
    {
        double old = a[0];
        a[0] = a[1] * a[1];
        a[1] = old * 3;
        return a[0] + old;
    }

    private static double Three(double a, double b, double c) => a * b - c / a;
}
