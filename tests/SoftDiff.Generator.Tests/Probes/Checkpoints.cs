using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Checkpoints
{
    //? a counted loop of `[Checkpoint]` calls on a span in place
    //? start = [0.5, -1, 0.3, 2], k = 0.2, n = 0
    //? start = [0.5, -1, 0.3, 2], k = 0.2, n = 1
    //? start = [0.5, -1, 0.3, 2], k = 0.2, n = 2
    //? start = [0.5, -1, 0.3, 2], k = 0.2, n = 3
    //? start = [0.5, -0.1, 0.3, 0.2, 0.1], k = 0.2, n = 10
    //? start = [0.5, 0.1, 0.3], k = 0.001, n = 1000
    [Differentiable]
    public static double Heat(ReadOnlySpan<double> start, double k, int n)
    {
        Span<double> u = stackalloc double[start.Length];
        start.CopyTo(u);
        for (int t = 0; t < n; t++) Diffuse(u, k);
        double energy = 0;
        foreach (double v in u) energy += v * v * v;
        return energy;
    }

    //? a counted loop of `[Checkpoint]` calls on a buffer of the caller's, which the calls change with other arguments
    //? u = [0.5, -1, 0.3, 2], force = [0.1, 0.2, 0.3, 0.4, 0.5], n = 5
    //? u = [0.5, -1, 0.3, 2], force = [], n = 0
    [Differentiable]
    public static void Forced(Span<double> u, ReadOnlySpan<double> force, int n)
    {
        for (int t = 0; t < n; t++) Push(u, force[t], 0.1 * t);
    }

    //? the same with `[Checkpoint(Slots = 3)]` and a returned number
    //? x = 0.7, n = 0
    //? x = 0.7, n = 1
    //? x = 0.7, n = 2
    //? x = 0.7, n = 3
    //? x = 0.7, n = 10
    //? x = 0.97, n = 1000
    [Differentiable]
    public static double InThreeSlots(double x, int n)
    {
        double s = x;
        for (int t = 0; t < n; t++) s = Next(s, x);
        return s;
    }

    //? the same with one slot, counted down by twos
    //? x = 0.7, from = 9
    //? x = 0.7, from = 0
    //? x = 0.7, from = -3
    [Differentiable]
    public static double InOneSlot(double x, int from)
    {
        double s = 1;
        for (int t = from; t >= 0; t -= 2) s = Turned(s, x * t);
        return s;
    }

    //? a state of several numbers, by `ref`, beside what the loop itself carries
    //? length = 1.3, damping = 0.2, measured = [0.9, 0.8, 0.5, 0.3, 0.2]
    //? length = 1.3, damping = 0.2, measured = []
    [Differentiable]
    public static double Misfit(double length, double damping, ReadOnlySpan<double> measured)
    {
        double angle = 1, velocity = 0, sum = 0;
        for (int i = 0; i < measured.Length; i++)
        {
            Swing(ref angle, ref velocity, 0.1, length, damping);
            double residual = angle - measured[i];
            sum += residual * residual;
        }

        return sum;
    }

    //? a state with an integer in it, by `ref`
    //? a = 0.3, b = 0.4, n = 6
    [Differentiable]
    public static double Pair(double a, double b, int n)
    {
        var (p, q, count) = (a, b, 0);
        for (int i = 1; i <= n; i++) Rotate(ref p, ref q, ref count);
        return p * q * count;
    }

    //? `[Checkpoint]` calls in a loop whose number of iterations is not known
    //? x = 0.3, limit = 20
    //? x = 30, limit = 20
    [Differentiable]
    public static double Until(double x, double limit)
    {
        double s = x;
        while (s < limit) s = Grown(s, x);
        return s;
    }

    //? a `[Checkpoint]` method that calls itself
    //? x = [0.3, 0.2, 0.9], depth = 5
    [Differentiable]
    public static double Recursive(ReadOnlySpan<double> x, int depth)
    {
        Span<double> u = stackalloc double[x.Length];
        x.CopyTo(u);
        Deeper(u, depth);
        return u[0] * u[1] + u[2];
    }

    //? `[Checkpoint]` calls one after the other, whose arguments are overwritten later
    //? x = [0.3, 0.2, 0.9], c = [0.1, 0.2, 0.3]
    [Differentiable]
    public static double Straight(ReadOnlySpan<double> x, ReadOnlySpan<double> c)
    {
        Span<double> u = stackalloc double[3];
        Span<double> w = stackalloc double[3];
        x.CopyTo(u);
        c.CopyTo(w);
        Weighted(u, w, 2);
        w[0] *= u[1];
        Weighted(u, w, 3);
        for (int i = 0; i < w.Length; i++) w[i] = Math.Sin(w[i]);
        Weighted(u, w, 4);
        return u[0] + u[1] * u[2] + w[1];
    }

    //? a loop of `[Checkpoint]` calls in a loop
    //? start = [0.5, -1, 0.3, 0.2], k = 0.05, epochs = 4, steps = 3
    //? start = [0.5, -1, 0.3, 0.2], k = 0.05, epochs = 0, steps = 3
    //? start = [0.5, -1, 0.3, 0.2], k = 0.05, epochs = 3, steps = 0
    [Differentiable]
    public static double Epochs(ReadOnlySpan<double> start, double k, int epochs, int steps)
    {
        Span<double> u = stackalloc double[start.Length];
        start.CopyTo(u);
        double total = 0;
        for (int e = 0; e < epochs; e++)
        {
            for (int t = 0; t < steps; t++) Diffuse(u, k * (e + 1) / (t + 1));
            total += u[1] * u[2];
        }

        return total;
    }

    //? a loop of `[Checkpoint]` calls on parts of one span
    //? x = [0.5, -1, 0.3, 2], n = 5
    [Differentiable]
    public static double Halves(ReadOnlySpan<double> x, int n)
    {
        Span<double> u = stackalloc double[x.Length];
        x.CopyTo(u);
        for (int t = 0; t < n; t++) Couple(u[..2], u[2..]);
        return u[0] * u[1] - u[2] * u[3];
    }

    //? coefficients that are overwritten after the loop of `[Checkpoint]` calls that reads them, in a loop
    //? x = [0.3, 0.2, 0.9], c = [0.1, 0.2, 0.3], n = 3
    [Differentiable]
    public static double Changing(ReadOnlySpan<double> x, ReadOnlySpan<double> c, int n)
    {
        Span<double> u = stackalloc double[3];
        Span<double> w = stackalloc double[3];
        x.CopyTo(u);
        c.CopyTo(w);
        int rounds = 0;
        while (u[0] < 1 && rounds < n)
        {
            for (int t = 0; t < n; t++) Weighted(u, w, t);
            for (int i = 0; i < w.Length; i++) w[i] *= 1 + u[i];
            rounds++;
        }

        return u[0] + u[1] * u[2];
    }

    //? `[Checkpoint]` calls in a branch, in independent iterations, and two in one iteration
    //? x = [0.3, -0.2, 0.9], n = 4
    [Differentiable]
    public static double Mixed(ReadOnlySpan<double> x, int n)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double s = Next(x[i], 0.9);
            if (x[i] > 0)
            {
                for (int t = 0; t < n; t++)
                {
                    s = Next(s, x[i]);
                    if (s > 0.1) s = Turned(s, s);
                }
            }

            sum += s * s;
        }

        return sum;
    }

    //? a `[Checkpoint]` call that throws in the middle of a loop
    //? x = 0.5, n = 3
    //? x = 2, n = 3 -> throws ArgumentException
    [Differentiable]
    public static double Guarded(double x, int n)
    {
        double s = x;
        for (int t = 0; t < n; t++) s = Checked(s, x);
        return s;
    }

    //? two arrays as the state, one of them of integers, and a third as scratch
    //? x = [0.5, -1, 0.3], n = 7
    [Differentiable]
    public static double Counted(ReadOnlySpan<double> x, int n)
    {
        Span<double> u = stackalloc double[x.Length];
        Span<int> visits = stackalloc int[x.Length];
        x.CopyTo(u);
        for (int t = 0; t < n; t++) Visit(u, visits, t);
        return u[0] * visits[0] + u[1] * visits[1] + u[2] * visits[2];
    }

    [Differentiable, Checkpoint]
    private static void Diffuse(Span<double> u, double k)
    {
        double left = u[0];
        for (int i = 1; i < u.Length - 1; i++)
        {
            double here = u[i];
            u[i] += k * here * (left - 2 * here + u[i + 1]);
            left = here;
        }
    }

    [Differentiable, Checkpoint]
    private static void Push(Span<double> u, double force, double time)
    {
        for (int i = 0; i < u.Length; i++) u[i] = Math.Sin(u[i] + force * Math.Cos(time + i));
    }

    [Differentiable, Checkpoint(Slots = 3)]
    private static double Next(double s, double x) => Math.Sin(s) * x + 0.1 * s;

    [Differentiable, Checkpoint(Slots = 1)]
    private static double Turned(double s, double x) => Math.Cos(s * x) + s;

    [Differentiable, Checkpoint]
    private static void Swing(ref double angle, ref double velocity, double h, double length, double damping)
    {
        for (int i = 0; i < 3; i++)
        {
            double acceleration = -9.81 / length * Math.Sin(angle) - damping * velocity;
            angle += h * velocity;
            velocity += h * acceleration;
        }
    }

    [Differentiable, Checkpoint(Slots = 2)]
    private static void Rotate(ref double p, ref double q, ref int count)
    {
        (p, q) = count % 2 == 0 ? (p * q + q, p - q * q) : (q, p * p);
        count++;
    }

    [Differentiable, Checkpoint]
    private static double Grown(double s, double x) => s * Math.Exp(x * 0.1) + Math.Sqrt(s);

    [Differentiable, Checkpoint]
    private static void Deeper(Span<double> u, int depth)
    {
        if (depth == 0) return;
        u[0] = Math.Sin(u[0] * u[1]);
        Deeper(u, depth - 1);
        u[1] += u[0] * u[2];
        u[2] *= u[1];
    }

    [Differentiable, Checkpoint]
    private static void Weighted(Span<double> u, ReadOnlySpan<double> w, double time)
    {
        for (int i = 0; i < u.Length; i++) u[i] = u[i] * Math.Exp(w[i]) + Math.Sin(time * w[i]);
    }

    [Differentiable, Checkpoint]
    private static void Couple(Span<double> a, Span<double> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            double left = a[i];
            a[i] = Math.Sin(a[i] * b[i]);
            b[i] += left * b[i];
        }
    }

    [Differentiable, Checkpoint]
    private static double Checked(double s, double x)
    {
        if (s > 3) throw new ArgumentException("s");
        return s * x;
    }

    [Differentiable, Checkpoint(Slots = 2)]
    private static void Visit(Span<double> u, Span<int> visits, int t)
    {
        int i = t % u.Length;
        visits[i]++;
        u[i] = Math.Cos(u[i] * visits[i]);
    }
}
