using System;
using System.Numerics;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class PartialMethods
{
    //? a partial method, the attribute on its definition
    //? x = 0.7, w = [1.5, 2]
    [Differentiable]
    public static partial double OnDefinition(double x, ReadOnlySpan<double> w);

    public static partial double OnDefinition(double x, ReadOnlySpan<double> w) => x * x * w[0] + w[1] * Math.Sin(x);

    public static partial double OnImplementation(double x, [NonDifferentiable] double scale);

    //? a partial method, the attribute on its implementation
    //? x = 0.7, scale = 1.5
    [Differentiable]
    public static partial double OnImplementation(double x, double scale)
    {
        double y = x * scale;
        x = y * x;
        return Twice(x) + x;

        double Twice(double z) => z * y;
    }

    //? partial helpers: `ref`, `out`, returned arrays, generic
    //? x = 0.7
    [Differentiable]
    public static double Helpers(double x)
    {
        double y = x;
        Step(ref y, x, out double z);
        double[] pair = Pair(y, z);
        return pair[0] * Cube(pair[1]) + Cube(x);
    }

    //? a generic partial method
    //? T = double, x = 0.7
    //? T = float, x = 0.7
    [Differentiable]
    public static partial T Generic<T>(T x)
        where T : IFloatingPointIeee754<T>;

    public static partial T Generic<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T y = T.Sin(x);
        return y * x;
    }

    private static partial void Step(ref double y, double x, out double z);

    private static partial double[] Pair(double a, double b);

    private static partial T Cube<T>(T x)
        where T : INumber<T>, IFloatingPointIeee754<T>;

    private static partial void Step(ref double y, double x, out double z)
    {
        y *= x;
        z = y + x;
    }

    private static partial double[] Pair(double a, double b) => a > 10 ? [b, a] : [a, b];

    private static partial T Cube<T>(T x)
        where T : INumber<T>, IFloatingPointIeee754<T>
    {
        T square = x * x;
        return square * x;
    }
}
