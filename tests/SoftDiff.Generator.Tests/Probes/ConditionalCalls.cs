#define KEPT
#define TWICE
#undef TWICE
using System;
using System.Diagnostics;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class ConditionalCalls
{
    //? calls of `[Conditional]` methods that C# leaves out, `Debug.Assert`
    //? x = 3
    [Differentiable]
    public static double LeftOut(double x)
    {
        double s = x * x;
        Audit(ref s);
        Log(s *= 3);
        Log(Next(ref s) + (s > 0 ? Next(ref s) : throw new InvalidOperationException()));
        Debug.Assert(Next(ref s) < 0, $"never {s *= 2}");
        return s;
    }

    //? calls of `[Conditional]` methods whose symbol the file defines
    //? x = 3
    [Differentiable]
    public static double Kept(double x)
    {
        double s = x * x;
        Double(ref s);
        Twice(ref s);
        Either(ref s, s *= x);
        return s;
    }

    //? a `[Conditional]` local function
    //? x = 3
    [Differentiable]
    public static double LocalFunction(double x)
    {
        double s = x * x;
        for (int i = 0; i < 3; i++)
        {
            Zero(ref s);
            Square(ref s);
        }

        return s;

        [Conditional("AUDIT")]
        static void Zero(ref double v) => v = 0;

        [Conditional("KEPT")]
        static void Square(ref double v) => v *= v;
    }

    //? calls of partial methods without a body
    //? x = 3
    [Differentiable]
    public static double NoBody(double x)
    {
        double s = x * x;
        Hook(ref s, s = 0);
        OtherHook(ref s, 2);
        return s;
    }

    //? calls left out in a helper
    //? x = 3
    [Differentiable]
    public static double InHelper(double x) => Helper(x) * x;

    private static double Helper(double x)
    {
        if (x > 1) Audit(ref x);
        else Log(x);
        return x * x;
    }

    static partial void Hook(ref double v, double w);

    static partial void OtherHook(ref double v, double w);

    static partial void OtherHook(ref double v, double w) => v *= v * w;

    [Conditional("AUDIT")]
    private static void Audit(ref double v) => v = Math.Round(v, 3);

    [Conditional("AUDIT")]
    private static void Log(double v)
    {
        if (v > 0) throw new InvalidOperationException();
    }

    [Conditional("KEPT")]
    private static void Double(ref double v) => v += v;

    [Conditional("TWICE")]
    private static void Twice(ref double v) => v = 0;

    [Conditional("AUDIT")]
    [Conditional("KEPT")]
    private static void Either(ref double v, double w) => v += w;

    private static double Next(ref double v) => v++;
}
