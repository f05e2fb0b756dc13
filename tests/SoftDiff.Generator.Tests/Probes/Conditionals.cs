using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Conditionals
{
    //? `if` without `else`
    //? x = 1.5
    //? x = -1.5
    [Differentiable]
    public static double OneArmed(double x)
    {
        double y = x * x;
        if (x > 0)
        {
            y = y * x;
        }

        return y;
    }

    //? `if` and `else`
    //? x = 1.5, y = 0.5
    //? x = 0.5, y = 1.5
    [Differentiable]
    public static double TwoArmed(double x, double y)
    {
        double z;
        if (x > y)
            z = x * x * y;
        else
            z = Math.Sin(y) * x;
        return z;
    }

    //? chains of `else if`
    //? x = 3
    //? x = 1.5
    //? x = 0.5
    //? x = -2
    [Differentiable]
    public static double ElseIfChain(double x)
    {
        double y = 1;
        if (x > 2)
        {
            y = x;
        }
        else if (x > 1)
        {
            y = x * x;
        }
        else if (x > 0)
        {
            y = x * x * x;
        }

        return y * x;
    }

    //? nested `if`
    //? x = 1, y = 2
    //? x = 1, y = -2
    //? x = -1, y = 2
    //? x = -1, y = -2
    [Differentiable]
    public static double Nested(double x, double y)
    {
        if (x > 0)
        {
            if (y > 0)
            {
                x = x * y;
            }
            else
            {
                y = x + y * y;
            }
        }
        else
        {
            y *= x;
            if (y > 0) x -= y;
        }

        return x * y;
    }

    //? conditional expressions `?:`
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double Ternary(double x) => x > 0 ? x * x : Math.Exp(x);

    //? nested `?:`
    //? x = 2.5
    //? x = 0.5
    //? x = -0.5
    [Differentiable]
    public static double NestedTernary(double x) => x > 1 ? Math.Log(x) : x > 0 ? x - 1 : x * (x < -1 ? 2 : 3);

    //? `&&`, `||` and `!`
    //? x = 0.5, y = 0.5
    //? x = -0.5, y = 0.5
    //? x = 0.5, y = -2.5
    //? x = -0.5, y = -2.5
    [Differentiable]
    public static double ShortCircuit(double x, double y)
    {
        double z = x;
        if (x > 0 && y > 0 || !(y > -2))
        {
            z *= y;
        }

        if (!(x > 0) && (y < 0 || x < -3))
        {
            z += y * y;
        }

        return z;
    }

    //? short-circuit that guards a division
    //? x = 2, y = 0
    //? x = 2, y = 0.5
    [Differentiable(Wrt = ["x"])]
    public static double GuardedDivision(double x, double y)
    {
        if (y != 0 && x / y > 1)
        {
            return x * x / y;
        }

        return x;
    }

    //? `&`, `|`, `^` on conditions
    //? x = 0.5, y = 0.5
    //? x = -0.5, y = 0.5
    [Differentiable]
    public static double NonShortCircuit(double x, double y)
        => (x > 0 & y > 0) | (x < -1 ^ y < -1) ? x * y : x - y;

    //? a condition held in a `bool` local
    //? x = 1.5
    //? x = 0.5
    [Differentiable]
    public static double BoolLocal(double x)
    {
        bool large = x > 1;
        bool odd = !large;
        odd |= false;
        x = large ? x * x : x;
        return odd ? 3 * x : x * x;
    }

    //? a `bool` parameter
    //? x = 1.5, square = true
    //? x = 1.5, square = false
    [Differentiable]
    public static double BoolParameter(double x, bool square) => square ? x * x : x;

    //? conditions on every comparison operator
    //? x = 0.4, y = 1.2
    //? x = 1.2, y = 0.4
    [Differentiable]
    public static double Comparisons(double x, double y)
    {
        double s = 0;
        if (x < y) s += x;
        if (x <= y) s += x * x;
        if (x > y) s += y;
        if (x >= y) s += y * y;
        if (x == y) s += 100 * x;
        if (x != y) s += x * y;
        return s;
    }

    //? a branch that assigns nothing that matters
    //? x = 0.5
    //? x = 1.5
    [Differentiable]
    public static double IrrelevantBranch(double x)
    {
        int count = 0;
        if (x > 1)
        {
            count++;
        }
        else
        {
        }

        return x * x + count;
    }

    //? a branch that is never taken does not reach the derivative
    //? x = 0
    //? x = 2
    [Differentiable]
    public static double UntakenSingularity(double x)
    {
        if (x > 1)
        {
            return Math.Sqrt(x - 1) / (x - 1) + Math.Log(x);
        }

        return x * x + x;
    }

    //? a kink: both sides of an absolute value by hand
    //? x = 1.2, y = 0.2
    //? x = 0.2, y = 1.2
    [Differentiable]
    public static double AbsoluteDifference(double x, double y)
    {
        double d = x - y;
        if (d < 0) d = -d;
        return d * d * d + d;
    }

    //? Huber's loss, with two `return`s
    //? x = 0.4, delta = 1
    //? x = 2.5, delta = 1
    //? x = -2.5, delta = 0.7
    [Differentiable]
    public static double Huber(double x, double delta)
    {
        double a = Math.Abs(x);
        if (a <= delta) return 0.5 * x * x;
        return delta * (a - 0.5 * delta);
    }

    //? a condition on an enum parameter
    //? x = 0.4, kind = Conditionals.Kind.Plain
    //? x = 0.4, kind = Conditionals.Kind.Squared
    [Differentiable]
    public static double EnumParameter(double x, Kind kind) => kind == Kind.Squared ? x * x : x;

    public enum Kind
    {
        Plain,
        Squared,
    }

    //? loops in nested branches
    //? x = [0.5, -1, 0.3], k = 0
    //? x = [0.5, -1, 0.3], k = 1
    //? x = [0.5, -1, 0.3], k = 2
    [Differentiable]
    public static double LoopsInBranches(ReadOnlySpan<double> x, int k)
    {
        Span<double> a = new double[x.Length];
        double s = 0;
        if (k < 2)
        {
            if (k == 0)
            {
                for (int i = 0; i < x.Length; i++)
                {
                    a[i] = Math.Tanh(x[i]);
                    s += a[i] * a[i] * x[i];
                }
            }
            else
            {
                s = 2;
            }
        }
        else
        {
            for (int i = 0; i < x.Length; i++)
            {
                a[i] += Math.Sin(x[i]);
                s += a[i] * a[i];
            }
        }

        return (a[0] * a[1] + x[0]) * s;
    }
}
