using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Names
{
    //? parameters with the names companions use: `dX`, `tX`, `cResult`
    //? x = 0.7, dX = 1.3, tX = 0.2, cResult = 0.4, tResult = 0.9
    [Differentiable]
    public static double CompanionNames(double x, double dX, double tX, double cResult, double tResult) => x * dX + tX * x * cResult - tResult * tResult;

    //? parameters and locals called `xBar`, `xDot`, `adj`, `result`, `value`
    //? x = 0.7, xBar = 1.3, adj = 0.2, result = 0.4, value = 0.9
    [Differentiable]
    public static double AdjointNames(double x, double xBar, double adj, double result, double value)
    {
        double xDot = x * xBar;
        double adjBar = adj * xDot;
        double saved = result * adjBar;
        double tape = saved * value;
        return tape + xDot + x;
    }

    //? keywords as names, `@class`
    //? class = 0.7, int = 1.3
    [Differentiable]
    public static double Keywords(double @class, double @int)
    {
        double @return = @class * @int;
        double @for = @return * @class;
        return @for + @return;
    }

    //? contextual keywords as names
    //? field = 0.7, record = 1.3
    [Differentiable]
    public static double ContextualKeywords(double field, double record)
    {
        double var = field * record;
        double await = var * var;
        double nameof = await + field;
        return nameof * record;
    }

    //? names that differ only in case
    //? x = 0.7, X = 1.3
    [Differentiable]
    public static double Case(double x, double X)
    {
        double a = x * X;
        double A = a * a;
        return A * x + a;
    }

    //? names outside ASCII
    //? θ = 0.7, größe = 1.3
    [Differentiable]
    public static double Unicode(double θ, double größe)
    {
        double λ = Math.Sin(θ) * größe;
        return λ * λ;
    }

    //? names with underscores and digits
    //? _ = 0.7, x_1 = 1.3
    [Differentiable]
    public static double Underscores(double _, double x_1)
    {
        double x_2 = _ * x_1;
        double __ = x_2 * x_1;
        return __ + _;
    }

    //? locals named like members of the type
    //? x = 0.7
    [Differentiable]
    public static double LikeMembers(double x)
    {
        double Unicode = x * x;
        double Field = Unicode * Names.Field;
        return Field + x;
    }

    //? `nameof`
    //? x = 0.7
    //? x = -1 -> throws ArgumentException
    [Differentiable]
    public static double NameOf(double x)
    {
        if (x < 0) throw new ArgumentException("Must not be negative.", nameof(x));
        return Math.Sqrt(x);
    }

    //? names hidden by members called `Math` and `System`
    //? x = 0.7
    [Differentiable]
    public static double HiddenNames(double x) => global::System.Math.Sin(x) * Math.Cos(x) + System(x);

    private const double Field = 2;

    private static double System(double x) => x * 3;
}
