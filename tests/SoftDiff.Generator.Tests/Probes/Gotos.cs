using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Gotos
{
    //? `goto case` and `goto default`
    //? x = 0.4, n = 0
    //? x = 0.4, n = 1
    //? x = 0.4, n = 2
    //? x = 0.4, n = 7
    [Differentiable]
    public static double GotoCase(double x, int n)
    {
        double s = 1;
        switch (n)
        {
            case 0:
                s += x;
                if (x > 0.3) goto case 2;
                s *= 7;
                break;
            case 1:
                s *= x;
                goto default;
            case 2:
                s -= x * x;
                if (x < 0) return s;
                goto case 1;
            default:
                s = Math.Sin(s);
                break;
        }

        return s * x;
    }

    //? `goto` out of nested loops and forward
    //? x = [0.7, 0.2, -1.1, 0.5]
    //? x = [0.7, 0.2, 1.1, 0.5]
    //? x = [7, 0.2, 1.1, 0.5]
    [Differentiable]
    public static double Forward(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                if (x[i] * x[j] < 0) goto negative;
                if (x[i] > 5) return s * x[j];
                if (x[j] > 1) goto next;
                s += x[i] * x[j];
            }

            s *= 1.5;
            next:
            s += 0.1 * x[i];
        }

        s *= 2;
        goto end;
        negative:
        s = s * s;
        end:
        return s + x[0];
    }

    //? `goto` out of a `switch` in a loop
    //? x = [0.7, 0.2, 1.1, 0.5], op = [0, 1, 2, 3]
    [Differentiable]
    public static double LoopGoto(ReadOnlySpan<double> x, int[] op)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++)
        {
            switch (op[i])
            {
                case 0:
                    s += x[i];
                    goto case 1;
                case 1:
                    if (s > 5) continue;
                    s *= x[i] + 1;
                    break;
                case 2:
                    goto default;
                default:
                    s -= x[i];
                    if (i > 2) goto done;
                    break;
            }

            s *= 1.1;
        }

        s += 100;
        done:
        return s * s;
    }

    //? `goto case` with new arrays and early `return`
    //? x = [0.5, -1.5, 2], k = 0
    //? x = [0.5, -1.5, 2], k = 1
    //? x = [0.5, -1.5, 2], k = 2
    [Differentiable]
    public static double SwitchArrays(double[] x, int k)
    {
        double[] y = [.. x];
        switch (k)
        {
            case 0:
                y = new double[x.Length];
                goto case 1;
            case 1:
                for (int i = 0; i < y.Length; i++) { y[i] += x[i] * x[i]; if (y[i] > 3) return y[i] * y[0]; }
                break;
            default:
                y[1] *= y[0];
                goto case 1;
        }
        return y[0] + y[2];
    }

    //? `goto` over a part, with variables from before it, after an early `return`
    //? x = [0.5, -1.5, 2], y = 1.4
    //? x = [1.5, -1.5, 2], y = 1.1
    //? x = [-0.5, 1.5, 2], y = 0.7
    [Differentiable]
    public static double DeclaredBefore(ReadOnlySpan<double> x, double y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double Scaled(double v) { return v * (i + 0.5); }
            if (Scaled(y) + x[i] > 5.2) return y * x[0];
        }

        if (x[0] < 0) return x[1] * y;
        double product = x[0] * y;
        double[] part = [product, x[2]];
        var (sum, (difference, _)) = (x[0] + y, (x[1] - y, 0));
        if (product > 1) goto done;
        part[0] *= x[1];
        difference *= sum;
        done:
        return product * part[0] + part[1] * difference;
    }
}
