using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Locals
{
    //? a local assigned twice
    //? x = 0.8, y = 1.9
    [Differentiable]
    public static double Reassigned(double x, double y)
    {
        double a = x * y;
        double b = a * a;
        a = Math.Sin(b) + x;
        return a * b;
    }

    //? a reassigned parameter
    //? x = 0.8, y = -0.3
    [Differentiable]
    public static double ReassignedParameter(double x, double y)
    {
        double kept = x;
        x = x * x + y;
        y = x * y;
        return x * y * kept;
    }

    //? update in place, `x = x * y`
    //? x = 1.2, y = 0.7
    [Differentiable]
    public static double InPlace(double x, double y)
    {
        x = x * y;
        x = x * x;
        x = x * y;
        return x;
    }

    //? doubling in place, `x = 2 * x`
    //? x = 0.4
    [Differentiable]
    public static double DoubledInPlace(double x)
    {
        x = 2 * x;
        x = x + x;
        return x * x;
    }

    //? `+= -= *= /=` on locals
    //? x = 1.3, y = 2.4
    [Differentiable]
    public static double CompoundAssignment(double x, double y)
    {
        double s = x;
        s += y * x;
        s -= s * 0.5 * y;
        s *= s + 1;
        s /= x + y;
        return s;
    }

    //? `%=` on a local
    //? x = 9.4, y = 2.5
    [Differentiable]
    public static double RemainderAssignment(double x, double y)
    {
        x %= y;
        return x * y;
    }

    //? `++` and `--` on doubles, before and after
    //? x = 0.9
    [Differentiable]
    public static double IncrementDouble(double x)
    {
        double a = x++;
        double b = ++x;
        double c = x--;
        --x;
        return a * b + c * x;
    }

    //? an assignment as an expression
    //? x = 0.5, y = 1.5
    [Differentiable]
    public static double AssignmentExpression(double x, double y)
    {
        double a, b;
        a = b = x * y;
        double c = (a = a * x) + b;
        return a * b * c;
    }

    //? a compound assignment as an expression
    //? x = 0.5
    [Differentiable]
    public static double CompoundAsExpression(double x)
    {
        double a = x;
        double b = (a *= 3 + x) + a;
        return a * b;
    }

    //? several declarators in one declaration, and `var`
    //? x = 1.1
    [Differentiable]
    public static double Declarators(double x)
    {
        double a = x, b = a * x, c = b - a;
        var d = a * b * c;
        var n = 2;
        return d * n;
    }

    //? a local assigned later than declared
    //? x = 0.3
    //? x = -0.3
    [Differentiable]
    public static double DeclaredFirst(double x)
    {
        double y;
        if (x > 0)
        {
            y = x * x;
        }
        else
        {
            y = -x;
        }

        return y * x;
    }

    //? a tuple swap, `(a, b) = (b, a)`
    //? x = 1.6, y = 0.3
    [Differentiable]
    public static double TupleSwap(double x, double y)
    {
        double a = x * x, b = y;
        (a, b) = (b, a);
        (a, b) = (a + b, a * b);
        return a / b + a;
    }

    //? deconstruction into new locals
    //? x = 0.2, y = 0.9
    [Differentiable]
    public static double Deconstruction(double x, double y)
    {
        (double sum, double product) = (x + y, x * y);
        var (u, v) = (sum * sum, product - sum);
        return u * v;
    }

    //? discards
    //? x = 0.2
    [Differentiable]
    public static double Discards(double x)
    {
        _ = x * x;
        (double a, _) = (x * 3, x * 4);
        return a * x;
    }

    //? a value kept before it is overwritten
    //? x = 0.7
    [Differentiable]
    public static double KeptThenOverwritten(double x)
    {
        double s = Math.Exp(x);
        double kept = s;
        s = 0;
        s += kept * x;
        kept = 1;
        return s * kept;
    }

    //? the same name in sibling scopes
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double SiblingScopes(double x, double y)
    {
        double sum = 0;
        {
            double t = x * y;
            sum += t * t;
        }

        {
            double t = x - y;
            sum += t * x;
        }

        for (int i = 0; i < 2; i++)
        {
            double t = sum * y;
            sum += t;
        }

        for (int i = 0; i < 3; i++)
        {
            int t = i;
            sum += t * x;
        }

        return sum;
    }

    //? a dead assignment, and a value that does not reach the result
    //? x = 0.6
    [Differentiable]
    public static double DeadAssignment(double x)
    {
        double a = Math.Sqrt(x);
        double b = a * 7;
        b = x;
        return b * b;
    }

    //? integer locals computed from parameters, `+= <<= |=` on integers
    //? x = 0.6, n = 5
    [Differentiable]
    public static double IntegerLocals(double x, int n)
    {
        int a = n * 3 - 4;
        a += 2;
        a <<= 1;
        a |= 1;
        a ^= 6;
        a -= ~n & 3;
        return x * x * a;
    }
}
