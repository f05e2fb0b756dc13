using System;
using SoftDiff;

namespace SoftDiff.Probes;

public sealed class FinallyCount : IDisposable
{
    public double Factor { get; init; } = 2;

    public int Disposed { get; private set; }

    public void Dispose() => Disposed++;
}

public static partial class Finally
{
    //? `try` with `finally`
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double Runs(double x)
    {
        double y = x, z = 1;
        try
        {
            y *= x;
            if (x < 0) z = y * 3;
        }
        finally
        {
            z += x * 2;
            y += 1;
        }

        return y * z;
    }

    //? `return` in a `try`, `break` and `continue` through `finally`
    //? x = 0.7
    //? x = 1.7
    [Differentiable]
    public static double Left(double x)
    {
        double s = 0;
        for (int i = 0; i < 5; i++)
        {
            try
            {
                if (i == 1) continue;
                if (i == 3 && x > 1) return s * x;
                if (i == 4) break;
                s += x * i;
            }
            finally
            {
                s += x * x;
                s *= 1.5;
            }
        }

        return s;
    }

    //? `using` of an object, as a declaration and as a statement
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double Used(double x)
    {
        var kept = new FinallyCount { Factor = 3 };
        double s = 0;
        using (kept)
        {
            s += x * kept.Factor;
            if (x < 0) return s * s;
        }

        using var other = new FinallyCount();
        return s * other.Factor * (kept.Disposed + 1);
    }
}
