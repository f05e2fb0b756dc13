using System;
using SoftDiff;

namespace SoftDiff.Probes;

public readonly struct Limits
{
    public Limits(double low, double high)
    {
        Low = low;
        High = high;
    }

    public double Low { get; }

    public double High { get; }
}

public readonly struct StepWidths(int count, double width)
{
    public int Count { get; } = count;

    public double Width { get; } = width;
}

public sealed class Settings(Limits limits, StepWidths steps)
{
    public Limits Limits { get; } = limits;

    public StepWidths Steps { get; } = steps;

    public int Uses => 3;
}

public readonly struct CheckedLimits
{
    public CheckedLimits(double low, double high)
    {
        if (low > high) throw new ArgumentException("low");
        Low = low;
        High = high;
    }

    public double Low { get; }

    public double High { get; }
}

public sealed class Bounds(CheckedLimits limits)
{
    public CheckedLimits Limits { get; } = limits;
}

public static partial class FixedMembers
{
    //? structs without setters, given to the constructor of an object
    //? x = 0.7
    [Differentiable]
    public static double WithoutSetters(double x)
    {
        var settings = new Settings(new Limits(0.2, 1.5), new StepWidths(3, 0.25));
        return (settings.Limits.High - settings.Limits.Low) * x * settings.Steps.Count + settings.Steps.Width * x * x * settings.Uses;
    }

    //? a struct whose constructor checks, given to the constructor of an object
    //? x = 0.7
    [Differentiable]
    public static double WithChecks(double x)
    {
        var bounds = new Bounds(new CheckedLimits(0.2, 1.5));
        return (bounds.Limits.High - bounds.Limits.Low) * x * x;
    }
}
