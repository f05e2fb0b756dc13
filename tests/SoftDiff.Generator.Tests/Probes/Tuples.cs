using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Tuples
{
    //? a `switch` expression on a tuple
    //? x = 0.7, y = 1.2
    //? x = -0.7, y = 1.2
    //? x = -0.7, y = -1.2
    [Differentiable]
    public static double TupleSwitch(double x, double y) => (x > 0, y > 0) switch
    {
        (true, true) => x * y,
        (true, false) => x - y,
        (false, var b) when b => y * y * x,
        _ => Math.Exp(x + y),
    };

    //? a `switch` statement on a tuple, with patterns in it
    //? x = 0.7, n = 2
    //? x = -0.7, n = 3
    //? x = 5, n = 4
    [Differentiable]
    public static double TupleSwitchValues(double x, int n)
    {
        switch (x, n)
        {
            case (> 1, _):
                return x * n;
            case (<= 1 and > 0, 1 or 2):
                return x * x * n;
            case (var t, var m) when t < 0 && m > 2:
                return t * t * t + m;
            default:
                return Math.Sin(x);
        }
    }

    //? helpers that return tuples
    //? x = 0.7, y = 0.2
    [Differentiable]
    public static double TupleReturn(double x, double y)
    {
        var (q, r) = Polar(x, y);
        (double a, double b) = Polar(r, q);
        return q * r + a * b;
    }

    //? tuples in locals, with named elements
    //? x = 0.7, y = 0.2
    [Differentiable]
    public static double TupleLocal(double x, double y)
    {
        (double a, double b) p = (x * y, x + y);
        var q = (p.b, p.a * 2);
        return p.a * q.Item1 + q.Item2;
    }

    //? tuples assigned element by element and compared; recursion that returns a tuple
    //? x = [0.7, 0.2, 1.1]
    [Differentiable]
    public static double Stats(ReadOnlySpan<double> x)
    {
        var (mean, std) = MeanStd(x);
        (double lo, double hi) range = MinMax(x, 0);
        var z = (range.hi - mean) / std;
        (range.lo, range.hi) = (range.hi, range.lo * z);
        range.lo += 1;
        if (range == (1.0, 2.0)) return 0;
        return z + range.lo * range.hi + MeanStd(x).Std * MinMax(x, 1).Item1;
    }

    //? a tuple as the state of a loop; nested tuples
    //? x = 0.7, n = 3
    //? x = -0.7, n = 2
    [Differentiable]
    public static double TupleLoop(double x, int n)
    {
        (double v, int k) state = (x, n);
        double s = 0;
        while (state.k > 0)
        {
            switch (state)
            {
                case (> 1, _):
                    state = (state.v * 0.5, state.k - 1);
                    break;
                case (var v, 1) when v > 0:
                    s += v;
                    state.k = 0;
                    break;
                case (_, 1):
                    s -= state.v;
                    state.k--;
                    break;
                default:
                    state.v *= 1.5;
                    state.k--;
                    s += state.v * state.k;
                    break;
            }
        }

        var ((a, b), c) = ((s, x), n);
        return a * b + c + state switch
        {
            (0, _) => 1,
            (var p, var q) => p * q + a
        };
    }

    //? `SinCos` and `SinCosPi`, deconstructed
    //? x = 0.7
    [Differentiable]
    public static double SinCosVariants(double x)
    {
        var (s, c) = Math.SinCos(x);
        (double sp, double cp) = double.SinCosPi(x * s);
        (s, c) = double.SinCos(c);
        return s * c + sp * cp;
    }

    //? a tuple with a condition in it, returned early
    //? x = [0.5, 1.2, 0.3, 2.2, 0.1]
    [Differentiable]
    public static double TupleScan(ReadOnlySpan<double> x)
    {
        (double Sum, double Max, int At) best = (0, double.NegativeInfinity, -1);
        for (int i = 0; i < x.Length; i++)
        {
            var c = Score(x, i);
            if (c.Ok && c.Value > best.Max) best = (best.Sum + c.Value, c.Value, i);
            else best.Sum *= 0.9;
        }

        return best switch
        {
            (_, _, -1) => 0,
            (var s, var m, > 1) => s * m,
            (var s, _, var at) => s + x[at]
        };
    }

    private static (double R, double Phi) Polar(double x, double y) => (Math.Sqrt(x * x + y * y), Math.Atan2(y, x));

    private static (double Mean, double Std) MeanStd(ReadOnlySpan<double> x)
    {
        double s = 0, q = 0;
        foreach (double v in x)
        {
            s += v;
            q += v * v;
        }

        double m = s / x.Length;
        if (x.Length == 1) return (m, 0);
        return (m, Math.Sqrt(q / x.Length - m * m));
    }

    private static (double, double) MinMax(ReadOnlySpan<double> x, int i)
    {
        if (i == x.Length - 1) return (x[i], x[i]);
        var (a, b) = MinMax(x, i + 1);
        return x[i] < a ? (x[i], b) : x[i] > b ? (a, x[i]) : (a, b);
    }

    private static (bool Ok, double Value) Score(ReadOnlySpan<double> x, int i)
    {
        double s = 0;
        for (int j = 0; j <= i; j++)
        {
            s += x[j] * x[i];
            if (s > 3) return (false, s);
        }

        return (s > 0, s * s);
    }
}
