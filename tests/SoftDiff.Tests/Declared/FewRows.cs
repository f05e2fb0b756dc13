namespace SoftDiff.Tests.Declared;

/// <summary>Functions that write few elements of a buffer, with branches, small arrays and short loops.</summary>
public static partial class FewRows
{
    /// <summary>Both branches are taken: by what <paramref name="x"/> begins with.</summary>
    [Differentiable]
    public static void Turned(ReadOnlySpan<double> x, double scale, Span<double> y)
    {
        Span<double> local = stackalloc double[3], turned = stackalloc double[3];
        for (int i = 0; i < 3; i++) local[i] = x[3 + i] - scale;
        Turn(x.Slice(0, 2), local, turned);
        double u = turned[0] / turned[2], v = turned[1] / turned[2];
        y[0] = scale * u;
        y[1] = (scale * v) + (u / turned[2]);
    }

    [Jacobian(nameof(Turned))]
    public static partial void TurnedJacobian(ReadOnlySpan<double> x, double scale, Span<double> y, Span<double> jacobian);

    [Jacobian(nameof(Turned), Mode = DiffMode.Forward)]
    public static partial void TurnedForward(ReadOnlySpan<double> x, double scale, Span<double> y, Span<double> jacobian);

    private static void Turn(ReadOnlySpan<double> by, ReadOnlySpan<double> p, Span<double> result)
    {
        double square = (by[0] * by[0]) + (by[1] * by[1]);
        if (square < 1)
        {
            result[0] = p[0] + (by[0] * p[2]);
            result[1] = p[1] - by[1];
            result[2] = p[2] * p[2];
            return;
        }

        double angle = Math.Sqrt(square), c = Math.Cos(angle), s = Math.Sin(angle);
        result[0] = (p[0] * c) - (p[1] * s);
        result[1] = (p[0] * s) + (p[1] * c) + (by[0] / angle);
        result[2] = p[2] + (by[1] / angle);
    }

    /// <summary>Row 1 is written only if the first number is positive; row 0 is never written. The value is an output as well.</summary>
    [Differentiable]
    public static double Sometimes(ReadOnlySpan<double> x, Span<double> y)
    {
        if (x[0] > 0) y[1] = x[0] * x[1];
        y[2] = Math.Exp(x[1]);
        return y.IsEmpty ? 0 : x[0] * x[0];
    }

    [Jacobian(nameof(Sometimes))]
    public static partial double SometimesJacobian(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian);

    /// <summary>The last row is written only if the first number is positive, so the buffer may have no place for it.</summary>
    [Differentiable]
    public static void Rarely(ReadOnlySpan<double> x, Span<double> y)
    {
        y[0] = x[0] * x[1];
        if (x[0] > 0) y[1] = x[1];
    }

    [Jacobian(nameof(Rarely), Mode = DiffMode.Reverse)]
    public static partial void RarelyJacobian(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian);

    /// <summary>Two quotients with the same divisor.</summary>
    [Differentiable]
    public static void Quotients(ReadOnlySpan<double> x, Span<double> y) => y[0] = (x[3] * (x[0] / x[2])) + (x[4] * (x[1] / x[2]));

    [Jacobian(nameof(Quotients))]
    public static partial void QuotientsJacobian(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian);

    /// <summary>Two buffers, of which one is differentiated by what it holds at first.</summary>
    [Differentiable(Wrt = ["x"])]
    public static void Two(float x, Span<float> first, Span<float> second)
    {
        first[0] = x / second[0];
        first[1] = second[0] * x * x;
        second[0] = x + (second[0] * first[0]);
    }

    [Jacobian(nameof(Two), Wrt = ["x", "second"])]
    public static partial void TwoJacobian(float x, Span<float> first, Span<float> second, Span<float> jacobian);

    /// <summary>A rotation between two small arrays in a short loop.</summary>
    [Differentiable]
    public static void Mixed(ReadOnlySpan<float> x, Span<float> y)
    {
        Span<float> a = stackalloc float[4];
        float sum = 0;
        for (int i = 3; i >= 0; i--)
        {
            a[i] = x[i] * (i + 1);
            sum += a[i] * a[3];
        }

        Span<float> tail = a.Slice(1, 2);
        tail[1] += sum;
        for (int i = 0; i < 2; i++) y[i] = (tail[i] / x[4]) + (a[0] / x[4]);
    }

    [Jacobian(nameof(Mixed))]
    public static partial void MixedJacobian(ReadOnlySpan<float> x, Span<float> y, Span<float> jacobian);

    [Jacobian(nameof(Mixed), Mode = DiffMode.Forward)]
    public static partial void MixedForward(ReadOnlySpan<float> x, Span<float> y, Span<float> jacobian);
}
