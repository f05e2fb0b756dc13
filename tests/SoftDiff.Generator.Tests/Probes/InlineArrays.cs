using System;
using System.Runtime.CompilerServices;
using SoftDiff;

namespace SoftDiff.Probes;

[InlineArray(4)]
public struct Quad
{
    private double _first;

    public static Quad Of(double a, double b, double c, double d)
    {
        Quad quad = default;
        (quad[0], quad[1], quad[2], quad[3]) = (a, b, c, d);
        return quad;
    }

    public double Sum()
    {
        double sum = 0;
        for (int i = 0; i < 4; i++) sum += this[i];
        return sum;
    }
}

[InlineArray(3)]
public struct Triple<T>
{
    private T _first;
}

/// <summary>Inline arrays as members.</summary>
public struct Spectrum
{
    public Quad Powers { get; set; }

    public Triple<float> Gains;

    public double Scale;
}

public static partial class InlineArrays
{
    //? An inline array as parameter, with constant indices
    //? p = Quad.Of(1, -2, 3, 0.5), x = 0.75
    [Differentiable]
    public static double Constant(Quad p, double x) => p[0] * x + p[3] * p[^2] * Math.Sin(p[0]);

    //? An inline array with variable indices
    //? p = Quad.Of(1, -2, 3, 0.5), x = 0.75, n = 4
    //? p = Quad.Of(1, -2, 3, 0.5), x = 0.75, n = 2
    //? p = Quad.Of(1, -2, 3, 0.5), x = 0.75, n = 5 -> throws IndexOutOfRangeException
    [Differentiable]
    public static double Variable(in Quad p, double x, int n)
    {
        double sum = 0;
        for (int i = n - 1; i >= 0; i--) sum = sum * x + p[i] * p[^(i + 1)];
        return sum;
    }

    //? foreach over an inline array, and methods of one
    //? p = Quad.Of(1, -2, 3, 0.5)
    [Differentiable]
    public static double Each(Quad p)
    {
        double sum = 0;
        foreach (double v in p) sum += v * v * v;
        return sum * p.Sum();
    }

    //? An inline array as a local variable whose elements are assigned in a loop
    //? x = 0.75, n = 4
    //? x = -1.5, n = 2
    [Differentiable]
    public static double Local(double x, int n)
    {
        Quad powers = default;
        powers[0] = x;
        for (int i = 1; i < n; i++) powers[i] = powers[i - 1] * Math.Sin(x);
        Quad copy = powers;
        powers[1] += x;
        return powers[1] * powers[n - 1] + copy[1] * copy[3];
    }

    //? An inline array as a member, of another type of number too
    //? s = new Spectrum { Powers = Quad.Of(1, -2, 3, 0.5), Scale = 1.5 }, x = 0.75
    [Differentiable]
    public static double Member(Spectrum s, double x)
    {
        s.Gains[1] += 0.5f;
        return s.Powers[1] * x * s.Scale + s.Powers[2] * s.Gains[1];
    }

    //? An inline array as result
    //? p = Quad.Of(1, -2, 3, 0.5), x = 0.75
    [Differentiable]
    public static Quad Result(Quad p, double x)
    {
        Quad scaled = p;
        scaled[2] *= x;
        return scaled;
    }

    //? An inline array passed by ref
    //? p = Quad.Of(1, -2, 3, 0.5), x = 0.75, i = 2
    [Differentiable]
    public static void ByRef(ref Quad p, double x, int i)
    {
        p[1] = p[0] * x;
        p[i] += p[i + 1] * p[i];
    }

    //? An inline array of structs
    //? p = default, x = 0.75
    [Differentiable]
    public static double Structs(Triple<CameraPose> p, double x)
    {
        p[1] = new CameraPose(x, 2 * x, p[0].Angle);
        p[2] = p[1] with { X = 3 };
        return p[1].X * p[2].X * p[2].Y + Math.Cos(p[2].Angle);
    }

    //? An inline array given to helpers that take a ReadOnlySpan
    //? p = Quad.Of(1, -2, 3, 0.5), x = 0.75
    [Differentiable]
    public static double AsSpan(Quad p, double x) => Dot(p, p) * x;

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    //? A span of inline arrays
    //? p = [Quad.Of(1, -2, 3, 0.5), Quad.Of(2, 0.5, -1, 1)], x = 0.75
    [Differentiable]
    public static double Span(ReadOnlySpan<Quad> p, double x)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++) sum += p[i][1] * x * p[i][3];
        return sum;
    }
}
