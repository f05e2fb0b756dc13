using System;
using System.Collections.Generic;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>A function whose implementation is known only at run time.</summary>
public interface IBend
{
    double Of(double x);

    void Add(double x, Span<double> sums);
}

public sealed class CubicBend(double scale) : IBend
{
    public double Of(double x) => scale * x * x * x;

    public void Add(double x, Span<double> sums) => sums[0] += Of(x);
}

public class SineBend : IBend
{
    public double Rate { get; init; } = 2;

    public virtual double Of(double x) => Math.Sin(Rate * x) + Shifted(x);

    public void Add(double x, Span<double> sums) => sums[1] += x * Rate;

    protected virtual double Shifted(double x) => x;
}

public class ShiftedBend : SineBend
{
    protected override double Shifted(double x) => x * x - Rate;
}

public static partial class Dispatch
{
    //? an interface whose implementations are in the project
    //? bend = new CubicBend(0.5), x = 0.6
    //? bend = new SineBend { Rate = 1.5 }, x = 0.6
    //? bend = new ShiftedBend(), x = 0.6
    [Differentiable]
    public static double ByInterface(IBend bend, double x) => bend.Of(x * x) * x;

    //? a list of objects behind an interface
    //? bends = new List<IBend> { new CubicBend(0.5), new SineBend(), new ShiftedBend() }, x = 0.6
    [Differentiable]
    public static double InList(List<IBend> bends, double x)
    {
        double s = x;
        foreach (var bend in bends) s = bend.Of(s) + 0.5 * x;
        return s;
    }

    //? a method of an interface that writes a span
    //? bends = new List<IBend> { new CubicBend(0.5), new SineBend() }, x = 0.6
    [Differentiable]
    public static double Written(List<IBend> bends, double x)
    {
        Span<double> sums = stackalloc double[2];
        foreach (var bend in bends) bend.Add(x * x, sums);
        return sums[0] * sums[1];
    }

    //? a class that has derived ones
    //? bend = new SineBend(), x = 0.6
    //? bend = new ShiftedBend { Rate = 0.5 }, x = 0.6
    [Differentiable]
    public static double ByClass(SineBend bend, double x)
    {
        double y = bend.Of(x);
        return y > 0 ? bend.Of(y) : x * y;
    }
}
