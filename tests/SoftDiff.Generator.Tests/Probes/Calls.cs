using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Calls
{
    //? a private helper
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double PrivateHelper(double x, double y) => Square(x) * Square(Square(y)) + Square(x * y);

    //? a helper with a loop and an array
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double HelperWithLoop(ReadOnlySpan<double> x) => SumOfSquares(x) * SumOfSquares(x[1..]);

    //? a helper with early `return`s
    //? x = 0.7
    //? x = -0.7
    //? x = 5
    [Differentiable]
    public static double HelperWithReturns(double x) => Clip(x) * Clip(x * x) + x;

    //? a helper of another class, public and internal
    //? x = 0.7
    [Differentiable]
    public static double OtherClass(double x) => Helpers.Public(x) * Helpers.Internal(x, 2);

    //? a `[Differentiable]` method that calls another
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double CallsDifferentiable(double x, double y) => PrivateHelper(x, y) * PrivateHelper(y, x * 0.5);

    //? a `void` helper that writes a span
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double VoidHelper(ReadOnlySpan<double> x)
    {
        Span<double> t = stackalloc double[3];
        Squares(x, t);
        Squares(t, t);
        return t[0] * t[1] + t[2];
    }

    //? helpers with `ref` and `out`
    //? x = 0.7
    [Differentiable]
    public static double RefOutHelpers(double x)
    {
        double a = x;
        Bump(ref a, x);
        Bump(ref a, a);
        Split(a, out double half, out var square);
        Split(half, out _, out a);
        return a * square + half;
    }

    //? a repeated argument, `f(x, x)`
    //? x = 0.7
    [Differentiable]
    public static double RepeatedArgument(double x) => Product(x, x) + Product(x * x, x) * Math.Pow(x, x) + Math.Max(x, -x);

    //? named arguments, out of order
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double NamedArguments(double x, double y) => Weighted(y: y, x: x) + Weighted(weight: x, x: 2, y: y);

    //? optional arguments
    //? x = 0.7, y = 1.3
    [Differentiable]
    public static double OptionalArguments(double x, double y) => Weighted(x, y) * Weighted(x, y, 0.25);

    //? optional parameters of the method itself
    //? x = 0.7, scale = 2
    [Differentiable]
    public static double OptionalParameter(double x, double scale = 3) => x * x * scale;

    //? the choice among overloads
    //? x = 0.7, n = 3
    [Differentiable]
    public static double Overloads(double x, int n) => Over(x) + Over(n) * x + Over(x, n) + Over(n, x);

    //? a block-bodied helper that reassigns its parameter
    //? x = 0.7
    [Differentiable]
    public static double HelperReassigns(double x)
    {
        double y = Reassign(x);
        return x * y;
    }

    //? helpers that call helpers
    //? x = 0.7
    [Differentiable]
    public static double HelperChain(double x) => Outer(x) + Outer(x * x);

    //? a helper called in a loop
    //? x = 0.7, n = 4
    [Differentiable]
    public static double HelperInLoop(double x, int n)
    {
        double s = x;
        for (int i = 0; i < n; i++) s = Product(s, Clip(x)) + Helpers.Public(s);
        return s;
    }

    //? a helper called in conditions
    //? x = 0.7
    //? x = 2
    [Differentiable]
    public static double HelperInCondition(double x) => Square(x) > 1 && IsLarge(x) ? Square(x) : x;

    //? integer helpers
    //? x = [0.5, -1.5, 2, 0.1], columns = 2
    [Differentiable]
    public static double IntegerHelpers(ReadOnlySpan<double> x, int columns) => x[Index(1, 0, columns)] * x[Index(1, 1, columns)] * Math.Max(1, columns);

    //? arguments with side effects, in order
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double ArgumentOrder(ReadOnlySpan<double> x)
    {
        int p = 0;
        double a = x[0];
        return Weighted(x[p++], x[p++], x[p]) + Product(a, a = a * x[1]) * a;
    }

    //? a helper whose result is ignored
    //? x = 0.7, y = [1, 2]
    [Differentiable]
    public static void IgnoredResult(double x, Span<double> y)
    {
        Store(y, x);
    }

    //? slices passed to helpers that write
    //? y = [1, 2, 0.5, 0.3]
    [Differentiable]
    public static void SlicesToHelpers(Span<double> y)
    {
        Squares(y[..2], y[2..]);
        Store(y.Slice(1, 2), y[0]);
    }

    //? a helper that returns no derivative
    //? x = 0.7, n = 5
    [Differentiable]
    public static double PassiveHelper(double x, int n) => x * Factorial(n) + Scale(n) * x * x;

    //? `out var` on the right of `&&`
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double OutVariables(double x)
    {
        if (TryRoot(x, out double r) && TryRoot(r, out var q)) return r * q;
        return TryRoot(-x, out _) ? 1 : 2 * x;
    }

    //? `params` arrays and spans
    //? x = 0.7, y = 0.2
    [Differentiable]
    public static double Params(double x, double y) => Squares(x, y, x * y) + Squares() + Product(x, y) + Squares(new[] { x });

    private static bool TryRoot(double x, out double root)
    {
        root = x < 0 ? 0 : Math.Sqrt(x);
        return x >= 0;
    }

    private static double Squares(params double[] v)
    {
        double s = 0;
        foreach (double e in v) s += e * e;
        return s;
    }

    private static double Product(params ReadOnlySpan<double> v)
    {
        double s = 1;
        foreach (double e in v) s *= e;
        return s;
    }

    private static double Square(double x) => x * x;

    private static double SumOfSquares(ReadOnlySpan<double> x)
    {
        double[] squares = new double[x.Length];
        for (int i = 0; i < x.Length; i++) squares[i] = x[i] * x[i];
        double s = 0;
        foreach (double square in squares) s += square;
        return s;
    }

    private static double Clip(double x)
    {
        if (x < 0) return x * 0.1;
        if (x > 3) return 3 + (x - 3) * (x - 3);
        return x * x;
    }

    private static void Squares(ReadOnlySpan<double> from, Span<double> to)
    {
        for (int i = 0; i < from.Length; i++) to[i] = from[i] * from[i];
    }

    private static void Bump(ref double a, double by)
    {
        a = a * by + 1;
        a *= a;
    }

    private static void Split(double a, out double half, out double square)
    {
        half = a / 2;
        square = half * a;
    }

    private static double Product(double x, double y) => x * Math.Sin(y);

    private static double Weighted(double x, double y, double weight = 0.5) => x * weight + y * y * (1 - weight);

    private static double Over(double x) => x * x;

    private static double Over(int n) => n + 0.5;

    private static double Over(double x, int n) => x * n;

    private static double Over(int n, double x) => x * x * n;

    private static double Reassign(double x)
    {
        x = x * 2;
        x = x * x;
        return x;
    }

    private static double Outer(double x) => Inner(x) * Inner(x + 1);

    private static double Inner(double x)
    {
        double s = Square(x);
        for (int i = 0; i < 2; i++) s += Square(s) * 0.1;
        return s;
    }

    private static bool IsLarge(double x) => x > 1.5;

    private static int Index(int row, int column, int columns) => row * columns + column;

    private static double Store(Span<double> y, double x)
    {
        y[0] = x * x;
        y[1] *= y[0];
        return y[1];
    }

    private static int Factorial(int n)
    {
        int f = 1;
        for (int i = 2; i <= n; i++) f *= i;
        return f;
    }

    private static double Scale(int n) => 1.0 / n;
}

internal static class Helpers
{
    public static double Public(double x) => Math.Sin(x) * Twice(x);

    internal static double Internal(double x, int n)
    {
        for (int i = 0; i < n; i++) x *= x;
        return x;
    }

    private static double Twice(double x) => 2 * x;
}
