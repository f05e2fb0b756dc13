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

    //? a static field of a generic type, in a method of it
    //? x = [0.5, -1.5, 2], n = 2
    [Differentiable]
    public static double UsesHolder(double[] x, int n) => Holder<double>.Smooth(x, n)[1] + Holder<double>.Eps;

    //? a rule of a generic type's method, a static field of a type nested in it
    //? x = 0.6, n = 2
    [Differentiable]
    public static double GenericRule(double x, int n) => Nest<double>.Inner<int>.F(x, n) * Nest<double>.Cube(x);
    //? guards in a method of a generic type, a generic exception
    //? x = 0.6, n = -2 -> throws ArgumentOutOfRangeException
    //? x = 0.6, n = 11 -> throws BadException`1
    [Differentiable]
    public static double GenericGuard(double x, int n) => Nest<double>.Guarded(x, n);
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

internal static class Holder<T> where T : IFloatingPointIeee754<T>
{
    public static readonly T Eps = T.CreateChecked(0.001);
    public static T[] Smooth(T[] x, int n)
    {
        T[] y = x;
        for (int k = 0; k < n; k++)
        {
            var z = new T[y.Length];
            for (int i = 0; i < z.Length; i++) z[i] = (y[i] + y[(i + 1) % y.Length]) * T.Sin(y[i]) + Eps;
            y = z;
        }
        return y;
    }
}

public class BadException<T> : Exception { public BadException(string m) : base(m) { } }
internal static class Nest<T> where T : IFloatingPointIeee754<T>
{
    internal static class Inner<U>
    {
        public static readonly T Half = T.CreateChecked(0.5);
        public static T F(T x, int n) => n == 0 ? Half : x * F(T.Sin(x) + Half, n - 1);
    }
    [CustomVjp(nameof(CubeBackward))]
    public static T Cube(T x) => x * x * x;
    public static T CubeBackward(T x, T c) => (x * x + x * x + x * x) * c;
    public static T Guarded(T x, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (n > 10) throw new BadException<T>("too big");
        return x * x;
    }
}
