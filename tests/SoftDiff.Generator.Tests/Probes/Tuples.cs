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

    //? tuples passed to helpers, by value and `in`, one in another
    //? x = 0.7, y = 0.2, n = 3
    [Differentiable]
    public static double TupleParams2(double x, double y, int n)
    {
        var k = (0.5, y);
        return Visit((x, (y, n), true), in k, n) + Flip(flag: x > 0, p: (y, x)).Item1;
    }

    private static double Visit((double A, (double B, int N) Sub, bool F) t, in (double P, double Q) k, int n)
    {
        if (n == 0) return t.A * k.P;
        t.A *= t.Sub.B + k.Q;
        t.Sub.N--;
        return t.F ? Visit((Math.Sin(t.A), (t.Sub.B * 1.1, t.Sub.N), !t.F), k, n - 1) : t.Sub.N + Visit((t.A, t.Sub, true), k, n - 1);
    }

    private static (double, double) Flip((double, double) p, bool flag) => flag ? (p.Item2, p.Item1) : p;

    //? a tuple passed to a large function of numbers, several times
    //? x = 0.7, y = 0.2
    [Differentiable]
    public static double TupleGradient(double x, double y) => Heavy((x, y), 2) * Heavy((y, x * y), 3) + Heavy((x, 1), 1);

    private static double Heavy((double A, double B) p, double k)
    {
        double s = 0;
        for (int i = 1; i < 5; i++) s += Math.Sin(p.A * i) * Math.Exp(-p.B * p.B / i) + k * Math.Cos(p.A * p.B);
        if (s < 0) s = -s * p.A;
        return s + Math.Log(1 + p.A * p.A + p.B * p.B) * Math.Sqrt(1 + k * k + p.A * p.A);
    }

    //? tuples beside arrays and `ref`
    //? x = [0.5, -1.5], y = 0.2
    [Differentiable]
    public static double TupleArray(Span<double> x, ref double y)
    {
        var t = (y, 2.0);
        for (int i = 0; i < x.Length; i++) t = Fold(x, t, ref y, i);
        return t.Item1 * t.Item2;
    }

    private static (double, double) Fold(Span<double> x, (double A, double B) t, ref double y, int i)
    {
        x[i] *= t.A;
        y += t.B;
        return (x[i] + t.B, t.A * y);
    }

    //? a rigid body, its state in tuples
    //? w0 = 0.3, w1 = -0.2, w2 = 0.5, n = 4
    [Differentiable]
    public static double RigidBody(double w0, double w1, double w2, int n)
    {
        var w = (X: w0, Y: w1, Z: w2);
        var q = (A: 1.0, B: 0.0, C: 0.0, D: 0.0);
        const double H = 0.1;
        for (int i = 0; i < n; i++)
        {
            var k1 = Euler(w); var k2 = Euler(Add(w, k1, H / 2));
            w = Add(w, k2, H);
            q = (q.A - 0.5 * H * (q.B * w.X + q.C * w.Y + q.D * w.Z), q.B + 0.5 * H * (q.A * w.X + q.C * w.Z - q.D * w.Y), q.C + 0.5 * H * (q.A * w.Y + q.D * w.X - q.B * w.Z), q.D + 0.5 * H * (q.A * w.Z + q.B * w.Y - q.C * w.X));
            double norm = Math.Sqrt(q.A * q.A + q.B * q.B + q.C * q.C + q.D * q.D);
            q.A /= norm; q.B /= norm; q.C /= norm; q.D /= norm;
        }
        return q.B * q.C + q.D + w.X;
        static (double X, double Y, double Z) Euler((double X, double Y, double Z) w) => (-0.5 * w.Y * w.Z, 0.8 * w.Z * w.X, -0.3 * w.X * w.Y);
        static (double X, double Y, double Z) Add((double X, double Y, double Z) a, (double X, double Y, double Z) b, double h) => (a.X + h * b.X, a.Y + h * b.Y, a.Z + h * b.Z);
    }

    //? elements of tuples in tuples, assigned
    //? x = 0.6, y = 0.3
    [Differentiable]
    public static double TupleItems(double x, double y)
    {
        var t = (A: x, B: (C: y, D: (E: x * y, F: 2)));
        (t.A, t.B.C) = (t.B.C, t.A);
        t.B.D.E *= t.A;
        t.B.D.F++;
        t.B.C += t.B.D.E;
        return t.A * t.B.C + t.B.D.E * t.B.D.F;
    }
}
