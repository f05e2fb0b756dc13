using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class EarlyExit
{
    //? `return` inside a loop
    //? x = [0.5, 0.7, 2, 3]
    //? x = [0.5, 0.7]
    //? x = []
    [Differentiable]
    public static double ReturnInLoop(ReadOnlySpan<double> x)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] > 1)
            {
                return s * x[i] * i;
            }

            s *= x[i] + 1;
        }

        return s;
    }

    //? `return` inside nested loops
    //? x = [0.5, 0.7, 0.9], limit = 2
    //? x = [0.5, 0.7, 0.9], limit = 200
    [Differentiable(Wrt = ["x"])]
    public static double ReturnInNestedLoop(ReadOnlySpan<double> x, double limit)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                s += x[i] * x[j];
                if (s > limit)
                {
                    return s * x[j];
                }
            }

            s *= 1.1;
        }

        return -s;
    }

    //? `return` at several depths
    //? x = 3.5
    //? x = 0.5
    //? x = -0.5
    //? x = -3.5
    [Differentiable]
    public static double ReturnAtDepths(double x)
    {
        if (x > 0)
        {
            if (x > 2) return x * x * x;
            x *= 2;
        }
        else
        {
            x -= 1;
            if (x < -4)
            {
                return x;
            }
        }

        return x * x;
    }

    //? `break`
    //? x = [0.5, 0.7, -1, 3]
    //? x = [0.5, 0.7]
    [Differentiable]
    public static double Break(ReadOnlySpan<double> x)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < 0)
            {
                s = s * x[i];
                break;
            }

            s += s * x[i];
        }

        return s * s;
    }

    //? `continue` before an assignment
    //? x = [0.5, -0.7, 2, -3]
    [Differentiable]
    public static double ContinueBefore(ReadOnlySpan<double> x)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < 0) continue;
            s *= x[i] + 2;
        }

        return s;
    }

    //? `continue` after an assignment
    //? x = [0.5, -0.7, 2, -3]
    [Differentiable]
    public static double ContinueAfter(ReadOnlySpan<double> x)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++)
        {
            s *= x[i] + 2;
            if (x[i] < 0) continue;
            s += x[i] * x[i];
        }

        return s;
    }

    //? `break` out of the inner of two loops
    //? x = [0.5, 1.7, 0.4]
    [Differentiable]
    public static double BreakInner(ReadOnlySpan<double> x)
    {
        double s = 0.3;
        for (int i = 0; i < x.Length; i++)
        {
            double t = x[i];
            for (int j = 0; j < 4; j++)
            {
                t *= x[j % x.Length];
                if (t > 1) break;
                s += t;
            }

            s = s * t + x[i];
        }

        return s;
    }

    //? `break` and `continue` in one loop
    //? x = [0.5, -0.7, 2, 9, 1]
    [Differentiable]
    public static double BreakAndContinue(ReadOnlySpan<double> x)
    {
        double s = 1;
        int i = -1;
        while (true)
        {
            i++;
            if (i == x.Length) break;
            if (x[i] < 0) continue;
            if (x[i] > 5) break;
            s = s * x[i] + 1;
        }

        return s;
    }

    //? `break` in `foreach` and in `do`
    //? x = [0.5, 0.7, 4, 1]
    [Differentiable]
    public static double BreakElsewhere(ReadOnlySpan<double> x)
    {
        double s = 1;
        foreach (double value in x)
        {
            if (value > 3) break;
            s += s * value;
        }

        int i = 0;
        do
        {
            s *= x[i];
            if (s < 1) break;
        }
        while (++i < x.Length);

        return s;
    }

    //? `return` inside `while (true)`
    //? x = 0.3
    //? x = 1.7
    [Differentiable]
    public static double ReturnInEndlessLoop(double x)
    {
        double s = x;
        while (true)
        {
            if (s > 1) return s * x;
            s += s * s + 0.1;
        }
    }

    //? `return` in the first iteration
    //? x = 0.3
    [Differentiable]
    public static double ReturnAtOnce(double x)
    {
        for (int i = 0; i < 3; i++)
        {
            x *= 2;
            if (i == 0) return x * x;
        }

        return x;
    }

    //? `break` out of a loop with an outer flag
    //? x = [0.5, 0.7, 0.9]
    [Differentiable]
    public static double Flag(ReadOnlySpan<double> x)
    {
        double s = 0.5;
        bool done = false;
        for (int i = 0; i < x.Length && !done; i++)
        {
            for (int j = i; j < x.Length; j++)
            {
                s += x[i] * x[j] * s;
                if (s > 1.5)
                {
                    done = true;
                    break;
                }
            }
        }

        return s;
    }

    //? code after a `return` in both branches
    //? x = 0.3
    //? x = -0.3
    [Differentiable]
    public static double ReturnInBoth(double x)
    {
        if (x > 0)
        {
            return x * x;
        }
        else
        {
            return -x;
        }
    }

    //? `return` from a `void` method
    //? x = 0.3, y = [0.5, 2]
    //? x = -0.3, y = [0.5, 2]
    [Differentiable]
    public static void ReturnVoid(double x, Span<double> y)
    {
        y[0] = x * x;
        if (x < 0) return;
        y[1] *= x;
    }
}
