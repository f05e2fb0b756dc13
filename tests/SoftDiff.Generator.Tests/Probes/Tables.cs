using System;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>A row of a table.</summary>
public readonly record struct LinkRow(double Length, double Twist);

public static class Density
{
    private static readonly double Width = Math.Sqrt(2 * Math.PI);

    private static readonly double Half = -1 / 2.0;

    public static double Of(double x) => Math.Exp(Half * x * x) / Width;
}

public static partial class Tables
{
    private static readonly LinkRow[] Links = { new(1, 0.5), new(Length: 0.5, Twist: -0.25), new(0.25, 1) };

    private static readonly (double Node, double Weight)[] Nodes = [(-0.6, 1), (0, 2), (0.6, 1)];

    private static readonly double[] Rates = [0.25, -0.5, 1.5];

    //? a static array of structs, by index
    //? q = [0.3, -0.2, 0.5]
    [Differentiable]
    public static double ByIndex(double[] q)
    {
        double angle = 0, x = 0;
        for (int i = 0; i < q.Length; i++)
        {
            angle += q[i] * Links[i].Twist;
            x += Reach(Links[i], angle);
        }

        return x * Links[^1].Length * Links.Length;
    }

    private static double Reach(LinkRow row, double angle) => row.Length * Math.Cos(angle) + row.Twist;

    //? a static array of tuples, by `foreach`
    //? x = 0.4
    [Differentiable]
    public static double ByParts(double x)
    {
        double s = 0;
        foreach (var (node, weight) in Nodes) s += weight * Math.Sin(x + node);
        foreach (var pair in Nodes) s *= 1 + pair.Weight * x;
        return s;
    }

    //? a part of a static array of numbers
    //? x = 0.4
    [Differentiable]
    public static double PartOfTable(double x)
    {
        ReadOnlySpan<double> tail = Rates.AsSpan()[1..];
        double s = 0;
        for (int i = 0; i < tail.Length; i++) s = s * x + tail[i];
        return s;
    }

    //? queries over static arrays of structs and tuples
    //? x = 0.4
    [Differentiable]
    public static double ByQuery(double x) => Nodes.Sum(n => n.Weight * Math.Exp(-x * n.Node)) * Links.Max(l => l.Length * x);

    //? numbers in private static fields of another class
    //? x = 0.7
    [Differentiable]
    public static double HiddenNumbers(double x) => Density.Of(x) * Density.Of(2 * x);
}
