using System;
using System.Collections.Generic;
using SoftDiff;

namespace SoftDiff.Probes;

public record struct OptionalVec(double X, double Y)
{
    public static OptionalVec operator +(OptionalVec a, OptionalVec b) => new(a.X + b.X, a.Y + b.Y);
}

public static partial class Optionals
{
    //? a local number that may be null, `??`
    //? x = 0.7
    //? x = -0.4
    [Differentiable]
    public static double Coalesced(double x)
    {
        double? root = x > 0 ? Math.Sqrt(x) : null;
        return (root ?? x * x) * x;
    }

    //? `HasValue`, `Value`, `GetValueOrDefault`
    //? x = 0.7
    //? x = -0.4
    [Differentiable]
    public static double Members(double x)
    {
        double? half = null;
        if (x > 0) half = x * x / 2;
        double s = half.GetValueOrDefault() + half.GetValueOrDefault(x * 3);
        if (half.HasValue) s += half.Value * x;
        return s * x;
    }

    //? `Value` of null
    //? x = 0.7
    //? x = -0.4 -> throws InvalidOperationException
    [Differentiable]
    public static double ValueOfNothing(double x)
    {
        double? root = x > 0 ? Math.Sqrt(x) : null;
        return root!.Value * x;
    }

    //? lifted operators and comparisons
    //? x = 0.7, y = 1.2
    //? x = -0.7, y = 1.2
    //? x = -0.7, y = -1.2
    [Differentiable]
    public static double Lifted(double x, double y)
    {
        double? a = x > 0 ? x : null, b = y > 0 ? y * y : null;
        double? sum = a * b + 1 / a - 2.0;
        double s = sum ?? x * y;
        if (a < b) s *= x;
        if (a == null && b != null) s += y * y;
        if (a == b) s += x * 3;
        if (a != b) s += y * 5;
        return s + (-a ?? 0) * y;
    }

    //? assignments that compute, `+=` and `??=`
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double Compound(double x)
    {
        double? a = x > 0 ? x : null;
        a += x * x;
        a *= 3;
        double filled = a ??= x * 5;
        return filled * a.Value;
    }

    //? patterns, `is { } v`, `is null`, `is double v`, `is > 1`
    //? x = 0.7
    //? x = -0.7
    //? x = 2.7
    [Differentiable]
    public static double Patterns(double x)
    {
        double? a = x > 0 ? x * x : null;
        double s = 0;
        if (a is { } v) s += v * x;
        if (a is null) s -= x;
        if (a is double w and > 1) s += w * 3;
        if (a is > 1 and < 10) s *= x;
        if (a is not null) s += x;
        return s * a switch { null => x, > 4 => x * x, { } other => other * 2 };
    }

    //? a helper that returns a number or null
    //? x = 0.7, y = 0.3
    //? x = -0.7, y = 0.3
    [Differentiable]
    public static double Helper(double x, double y)
    {
        double? root = Root(x, y);
        return root is { } r ? r * r * y : x - y;
    }

    private static double? Root(double x, double y) => x > 0 ? Math.Sqrt(x + y) : null;

    //? a helper with an optional parameter
    //? x = 0.7
    [Differentiable]
    public static double OptionalArgument(double x) => Scaled(x) + Scaled(x, x * x) + Scaled(x, null);

    private static double Scaled(double x, double? scale = null)
    {
        scale ??= 3 + x;
        return x * scale.Value;
    }

    //? a loop that finds a number or none
    //? x = [0.5, -1.5, 2, 0.3], least = 1
    //? x = [0.5, -1.5, 0.2, 0.3], least = 1
    [Differentiable]
    public static double Best(ReadOnlySpan<double> x, double least)
    {
        double? best = null;
        foreach (double v in x)
        {
            if (v > least && (best is null || v < best)) best = v * v;
        }

        return best ?? least * least;
    }

    //? a parameter that may be null
    //? x = 0.7, scale = 1.5
    //? x = 0.7, scale = null
    [Differentiable]
    public static double Parameter(double x, double? scale) => x * (scale ?? x * 2) * (scale.HasValue ? scale.Value : 1);

    //? a result that may be null
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double? Result(double x) => x > 0 ? Math.Sqrt(x) : null;

    //? an optional number in a struct
    //? p = new(0.7, 1.5)
    //? p = new(0.7, null)
    [Differentiable]
    public static double Member(OptionalPair p) => p.A * (p.B ?? p.A);

    //? structs that may be null
    //? x = 0.7, y = 0.3
    //? x = -0.7, y = 0.3
    [Differentiable]
    public static double Structs(double x, double y)
    {
        OptionalVec? a = x > 0 ? new OptionalVec(x, y) : null;
        OptionalVec? b = new OptionalVec(x * y, 2);
        OptionalVec sum = (a + b) ?? new OptionalVec(y, y);
        double s = sum.X * sum.Y + (a?.X ?? x * 3);
        if (a is { X: > 0.5, Y: var h }) s *= h;
        if (a is { } v) s += v.X * v.Y;
        return s;
    }

    //? the members of a list that may be null
    //? rates = new List<double?> { 0.5, null, 2 }, x = 0.6
    [Differentiable]
    public static double Listed(List<double?> rates, double x)
    {
        double s = 0;
        foreach (double? rate in rates)
        {
            double? scaled = rate * x;
            s += scaled ?? x * x;
        }

        return s;
    }

    //? integers that may be null, as numbers that may be null
    //? counts = new List<int?> { 3, null, 0 }, x = 0.6
    [Differentiable]
    public static double Integers(List<int?> counts, double x)
    {
        double s = 0;
        foreach (int? count in counts)
        {
            double? scale = count;
            s += scale * x ?? x * x;
            if (count is { } n) s *= n + x;
        }

        return s;
    }

    //? an `out` parameter that may be null
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static void Given(double x, out double? y) => y = x > 0 ? x * x : null;

    //? a float that may be null, beside a double
    //? x = 0.5f, y = 0.3
    //? x = null, y = 0.3
    [Differentiable]
    public static double Single(float? x, double y) => (x * x ?? 3) * y;

    //? a number that may be null in a tuple, from a lambda
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double InTuple(double x)
    {
        Func<double, double?> half = t => t > 0 ? t / 2 : null;
        (double? First, double Second) pair = (half(x), x * x);
        return pair.First * pair.Second ?? half(-x) ?? 1;
    }

    //? an object made in the method that keeps a number or null
    //? x = 0.7
    //? x = -0.7
    [Differentiable]
    public static double Kept(double x)
    {
        var peak = new OptionalPeak();
        for (int i = 1; i < 4; i++) peak.Add(x * i - i * i * 0.2);
        return peak.Best ?? x * 3;
    }

    //? `switch` on a number that may be null, and `?.` on an array
    //? a = [0.7, 2], x = 0.4
    //? a = [4.5, 2], x = 0.4
    [Differentiable]
    public static double Switched(double[] a, double x)
    {
        double? first = a.Length > 1 ? a?[0] : null;
        switch (first * x)
        {
            case null: return 0;
            case > 1: return x * x * first!.Value;
            default: return x + first ?? 3;
        }
    }

    //? members of an object that may be null
    //? m = new OptionalMembers(0.5), x = 0.7
    //? m = new OptionalMembers(null) { Offset = 2 }, x = 0.7
    [Differentiable]
    public static double OfObject(OptionalMembers m, double x) => m.Sum(x) * (m.Offset ?? x);
}

public sealed class OptionalPeak
{
    public double? Best { get; private set; }

    public void Add(double y)
    {
        if (y > 0 && (Best is null || y > Best)) Best = y * y;
    }
}

public record struct OptionalPair(double A, double? B);

public sealed class OptionalMembers(double? rate)
{
    private readonly double? _scale = 3;

    public double? Offset { get; set; }

    public double Sum(double x) => x * x * (_scale ?? 1) + x * (Offset ?? 2) * (rate ?? x);
}
