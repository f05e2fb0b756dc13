using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Recursion
{
    //? recursion: integer powers
    //? x = 1.1, n = 5
    //? x = 1.1, n = 0
    [Differentiable]
    public static double Power(double x, int n) => n == 0 ? 1 : x * Power(x, n - 1);

    //? recursion by halves, with a branch
    //? x = 1.1, n = 11
    [Differentiable]
    public static double FastPower(double x, int n)
    {
        if (n == 0) return 1;
        double half = FastPower(x, n / 2);
        return n % 2 == 0 ? half * half : half * half * x;
    }

    //? two recursive calls in one expression
    //? x = 0.9, n = 7
    [Differentiable]
    public static double Fibonacci(double x, int n) => n < 2 ? x + n : Fibonacci(x, n - 1) * 0.5 + x * Fibonacci(x, n - 2);

    //? mutual recursion
    //? x = 1.2, n = 5
    //? x = 1.2, n = 6
    [Differentiable]
    public static double Mutual(double x, int n) => Even(x, n);

    //? recursion over slices
    //? x = [0.5, -1.5, 2, 0.3, 1]
    [Differentiable]
    public static double TreeSum(ReadOnlySpan<double> x)
    {
        if (x.Length == 0) return 0;
        if (x.Length == 1) return x[0] * x[0];
        int half = x.Length / 2;
        double left = TreeSum(x[..half]);
        double right = TreeSum(x[half..]);
        return left + right + left * right;
    }

    //? recursion 500 deep
    //? x = 0.7
    [Differentiable]
    public static double Deep(double x) => Iterate(x, 0.5, 500);

    //? recursion that depends on the differentiated value
    //? x = 9.3
    //? x = 0.4
    [Differentiable]
    public static double UntilSmall(double x) => x < 1 ? x * x : UntilSmall(x / 2.5) * x;

    //? recursion inside a loop
    //? x = 0.8, depth = 3
    [Differentiable]
    public static double Tree(double x, int depth)
    {
        if (depth == 0) return x * x;
        double s = 0;
        for (int i = 1; i <= 2; i++) s += Tree(x * i * 0.6, depth - 1) * x;
        return s;
    }

    //? recursion that writes a span
    //? y = [0.5, -1.5, 2, 0.3]
    [Differentiable]
    public static void Transform(Span<double> y)
    {
        if (y.Length < 2) return;
        int half = y.Length / 2;
        Transform(y[..half]);
        Transform(y[half..]);
        for (int i = 0; i < half; i++)
        {
            double a = y[i];
            double b = y[i + half];
            y[i] = a + b * a;
            y[i + half] = a - b;
        }
    }

    //? recursion with several results, by `ref`
    //? x = 0.4, n = 3
    [Differentiable]
    public static double SeveralResults(double x, int n)
    {
        double a = x, b = x * x;
        Step(ref a, ref b, n);
        Step(ref b, ref a, n - 1);
        return a * b;
    }

    //? recursion over overlapping spans
    //? x = [0.5, 1.5, -0.3, 0.8]
    [Differentiable]
    public static double Overlapping(ReadOnlySpan<double> x)
    {
        double[] b = x.ToArray();
        Blend(b, b, 2);
        Blend(b.AsSpan(1), b.AsSpan(0, 3), 2);
        return Math.Sin(b[0] + b[1] * b[2] - b[3] * b[3]);
    }

    private static void Blend(Span<double> y, ReadOnlySpan<double> x, int n)
    {
        if (n == 0) return;
        for (int i = 1; i < y.Length; i++) y[i] = 0.5 * x[i - 1] * x[i] + y[i] * x[0] * n;
        y[0] = x[1] * x[^1];
        Blend(y, x, n - 1);
        y[1] *= x[0];
    }

    private static void Step(ref double p, ref double q, int n)
    {
        if (n <= 0) return;
        p = p * q + 1;
        q -= p * 0.1;
        Step(ref q, ref p, n - 1);
    }

    private static double Even(double x, int n) => n == 0 ? x : Odd(x * x, n - 1) + x;

    private static double Odd(double x, int n) => n == 0 ? -x : Even(Math.Sin(x), n - 1) * x;

    private static double Iterate(double x, double s, int n) => n == 0 ? s : Iterate(x, Math.Cos(s * x), n - 1);
}
