using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class InOut
{
    //? a `void` method that fills a span
    //? theta = [0.5, -1.5], y = [9, 9, 9]
    [Differentiable]
    public static void Residuals(ReadOnlySpan<double> theta, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Math.Exp(theta[0] * i) + theta[1] * i;
        }
    }

    //? a span updated in place
    //? y = [0.5, -1.5, 2], a = 0.7
    [Differentiable]
    public static void ScaleInPlace(Span<double> y, double a)
    {
        for (int i = 0; i < y.Length; i++) y[i] *= y[i] * a;
    }

    //? several output spans
    //? x = [0.5, -1.5], sums = [1, 2], products = [3, 4, 5]
    [Differentiable]
    public static void SeveralOutputs(ReadOnlySpan<double> x, Span<double> sums, Span<double> products)
    {
        sums[0] = x[0] + x[1];
        sums[1] += sums[0] * x[1];
        for (int i = 0; i < 2; i++) products[i] = sums[i] * x[i] * products[2];
    }

    //? a result and an in-out span
    //? x = 0.7, y = [0.5, -1.5]
    [Differentiable]
    public static double ResultAndBuffer(double x, Span<double> y)
    {
        double before = y[0] * y[1];
        y[0] = x * y[1];
        y[1] = x;
        return before * x + y[0];
    }

    //? `ref` parameters
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double Ref(ref double x, double y)
    {
        double before = x * y;
        x = x * x * y;
        x += y;
        return before;
    }

    //? `out` parameters
    //? x = 0.7
    [Differentiable]
    public static double Out(double x, out double square, out double cube)
    {
        square = x * x;
        cube = square * x;
        square += 1;
        return Math.Exp(x);
    }

    //? `out` and `ref` without a result
    //? x = 0.7, state = 0.2
    [Differentiable]
    public static void OutAndRef(double x, ref double state, out double output)
    {
        state = Math.Tanh(state * 0.5 + x);
        output = state * x;
    }

    //? `out` set in branches, with early `return`
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static void OutInBranches(double x, out double y)
    {
        if (x > 0)
        {
            y = x * x;
            return;
        }

        y = -x;
        y *= y;
    }

    //? `in` parameters
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double In(in double x, in double y) => x * y + x;

    //? an array parameter that is written
    //? writes: a
    //? a = [0.5, -1.5, 2], x = 0.7
    [Differentiable]
    public static double WrittenArray(double[] a, double x)
    {
        double s = a[0] * a[2];
        for (int i = 0; i < a.Length; i++) a[i] = a[i] * x;
        return s + a[1];
    }

    //? a scratch buffer marked `[NonDifferentiable]`
    //? x = [0.5, -1.5, 2], scratch = [7, 8, 9]
    [Differentiable]
    public static double Scratch(ReadOnlySpan<double> x, [NonDifferentiable] Span<double> scratch)
    {
        for (int i = 0; i < x.Length; i++) scratch[i] = x[i] * x[i];
        double s = 1;
        for (int i = 0; i < x.Length; i++) s *= scratch[i] + i;
        return s;
    }

    //? a parameter marked `[NonDifferentiable]`
    //? x = 0.7, temperature = 1.3
    [Differentiable]
    public static double PassiveParameter(double x, [NonDifferentiable] double temperature) => Math.Exp(x / temperature);

    //? a span marked `[NonDifferentiable]`
    //? x = 0.7, data = [1, 2]
    [Differentiable]
    public static double PassiveSpan(double x, [NonDifferentiable] ReadOnlySpan<double> data) => data[0] * x * x + data[1] * x;

    //? `Wrt` with one of several parameters
    //? x = 0.7, y = 1.3, z = 0.2
    [Differentiable(Wrt = ["y"])]
    public static double WrtOne(double x, double y, double z) => x * y * y + z * y;

    //? `Wrt` in another order than declared
    //? x = 0.7, y = 1.3, z = [0.2, 0.5]
    [Differentiable(Wrt = ["z", "x"])]
    public static double WrtReordered(double x, double y, ReadOnlySpan<double> z) => x * z[0] + y * z[1] * x;

    //? a buffer takes part although `Wrt` does not name it
    //? x = 0.7, y = [0.2, 0.5]
    [Differentiable(Wrt = ["x"])]
    public static void BufferBesideWrt(double x, Span<double> y)
    {
        y[0] = y[0] * x + y[1];
    }

    //? a span reversed in place
    //? y = [0.5, -1.5, 2, 3]
    [Differentiable]
    public static void ReverseInPlace(Span<double> y)
    {
        for (int i = 0, j = y.Length - 1; i < j; i++, j--)
        {
            (y[i], y[j]) = (y[j] * 2, y[i]);
        }
    }

    //? a cumulative sum in place
    //? y = [0.5, -1.5, 2, 3]
    [Differentiable]
    public static void CumulativeInPlace(Span<double> y)
    {
        for (int i = 1; i < y.Length; i++) y[i] += y[i - 1] * y[i];
    }

    //? an output that is only partly written
    //? x = 0.7, y = [0.5, -1.5, 2]
    [Differentiable]
    public static void PartlyWritten(double x, Span<double> y)
    {
        y[1] = x * x;
    }
}
