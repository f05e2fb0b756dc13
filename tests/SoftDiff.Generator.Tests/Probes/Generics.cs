using System;
using System.Numerics;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Generics
{
    //? generic methods over floating-point types, with generic companions
    //? T = double, x = 0.7, y = 1.3
    //? T = float, x = 0.75, y = 1.25
    [Differentiable]
    public static T Polynomial<T>(T x, T y)
        where T : IFloatingPointIeee754<T>
        => x * x * y - y / (T.One + x * x);

    //? functions and constants of generic mathematics
    //? T = double, x = 0.7
    //? T = float, x = 0.75
    [Differentiable]
    public static T Functions<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T s = T.Zero;
        s += T.Sin(x) * T.Exp(x);
        s -= T.Sqrt(x) * T.Pi;
        s *= T.Tanh(x) + T.CreateChecked(0.5);
        return s + T.Pow(x, x);
    }

    //? generic spans and loops
    //? T = double, x = [0.5, -1.5, 2]
    //? T = float, x = [0.5, -1.5, 2]
    [Differentiable]
    public static T Norm<T>(ReadOnlySpan<T> x)
        where T : IFloatingPointIeee754<T>
    {
        T s = T.Zero;
        for (int i = 0; i < x.Length; i++) s += x[i] * x[i];
        return T.Sqrt(s);
    }

    //? a generic helper called with `double`
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double Instantiated(double x, double y) => Polynomial(x, y) + Helper<double>(x * y);

    //? a generic helper called from a generic method
    //? T = double, x = 0.7
    [Differentiable]
    public static T ViaHelper<T>(T x)
        where T : IFloatingPointIeee754<T>
        => Helper(x) * x;

    //? conditions in generic methods
    //? T = double, x = 0.7
    //? T = double, x = -0.7
    [Differentiable]
    public static T Branches<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        if (x > T.Zero) return x * x;
        return -x * T.CreateChecked(3);
    }

    private static T Helper<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T s = x;
        for (int i = 0; i < 2; i++) s *= x + T.One;
        return s;
    }
}

public static partial class GenericBox<T>
    where T : IFloatingPointIeee754<T>
{
    //? a method of a generic type that uses the type's parameter
    //? T = double, x = 0.7
    [Differentiable]
    public static T Cubed(T x) => x * x * x;
}

public static partial class Tagged<TTag>
{
    //? a method of a generic type that does not
    //? TTag = string, x = 0.7
    [Differentiable]
    public static double Squared(double x) => x * x;
}
