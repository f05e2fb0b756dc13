using System;
using System.Collections.Generic;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class ListInterfaces
{
    private static double MeanSquare(IReadOnlyList<double> values)
    {
        double s = 0;
        for (int i = 0; i < values.Count; i++) s += values[i] * values[i];
        return s / values.Count;
    }

    //? an array given to a helper that takes an `IReadOnlyList<double>`
    //? x = [0.5, -1.2, 0.3]
    [Differentiable]
    public static double GivenArray(double[] x) => MeanSquare(x) * x[0];

    //? a list, a new list, a query and listed elements, given to the same helper
    //? x = [0.5, -1.2, 0.3], k = 0.4
    [Differentiable]
    public static double GivenOthers(double[] x, double k)
    {
        var list = new List<double>();
        foreach (double v in x) list.Add(v * k);
        return MeanSquare(list) + 2 * MeanSquare(x.Select(v => v + k).ToList()) + 3 * MeanSquare([k, x[0] * k])
            + MeanSquare(new List<double> { k, Math.Sin(k) });
    }

    private static double ProductOf(IEnumerable<double> values)
    {
        double p = 1;
        foreach (double v in values) p *= v;
        return p;
    }

    private static double OfSequence(params IEnumerable<double> values) => ProductOf(values) + values.Count();

    private static double OfList(params List<double> values)
    {
        values.Add(2);
        return ProductOf(values);
    }

    private static double OfReadOnly(params IReadOnlyList<double> values) => values[0] * values[1] + values.Count;

    //? collection expressions with spreads, given to helpers
    //? x = [0.5, -1.2, 0.3], k = 0.4
    [Differentiable]
    public static double GivenSpreads(double[] x, double k)
    {
        IEnumerable<double> sequence = [k, .. x];
        return ProductOf([.. x, k]) + MeanSquare([k, .. x]) + sequence.Select(v => v * v).Sum() + OfList([.. x]);
    }

    //? `params` of interfaces and lists
    //? x = [0.5, -1.2, 0.3], k = 0.4
    [Differentiable]
    public static double ParamsOfLists(double[] x, double k) => OfSequence(k, x[0]) + OfSequence() + OfList(k, x[1]) + OfReadOnly(x[2], k, k);

    //? an array written through `IList<double>`
    //? x = [0.5, -1.2, 0.3]
    [Differentiable]
    public static double Written(double[] x)
    {
        var y = (double[])x.Clone();
        Scale(y, x[0]);
        var list = x.ToList();
        Scale(list, 3);
        return y[0] * y[1] + list[2] * list[1];
    }

    private static void Scale(IList<double> values, double factor)
    {
        for (int i = 0; i < values.Count; i++) values[i] *= factor + i;
    }

    //? `foreach` and queries of collections
    //? x = [0.5, -1.2, 0.3]
    [Differentiable]
    public static double Enumerated(double[] x) => Spread(x) + Total(x) + Total(x.Where(v => v > 0));

    private static double Spread(IReadOnlyCollection<double> values)
    {
        double mean = values.Sum() / values.Count, s = 0;
        foreach (double v in values) s += (v - mean) * (v - mean);
        return s * values.Max();
    }

    private static double Total(IEnumerable<double> values)
    {
        double s = 0;
        foreach (double v in values) s += v * v;
        return s;
    }

    //? an array in a variable of an interface type
    //? x = [0.5, -1.2, 0.3], i = 1
    //? x = [0.5, -1.2, 0.3], i = 3 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double Variable(double[] x, int i)
    {
        IReadOnlyList<double> values = x;
        double s = 0;
        foreach (double v in values) s += Math.Exp(v) * values[i];
        return s;
    }

    //? an array of structs under an interface
    //? points = [new Mark(0.5, 1.2), new Mark(0.3, -0.4)], x = 0.7
    [Differentiable]
    public static double Structs(Mark[] points, double x)
    {
        var scaled = new Mark[points.Length];
        for (int i = 0; i < scaled.Length; i++) scaled[i] = new Mark(points[i].X * x, points[i].Y);
        return Length(points) + Length(scaled);
    }

    private static double Length(IReadOnlyList<Mark> marks)
    {
        double length = 0;
        for (int i = 1; i < marks.Count; i++) length += Math.Sqrt(Math.Pow(marks[i].X - marks[i - 1].X, 2) + Math.Pow(marks[i].Y - marks[i - 1].Y, 2));
        return length;
    }
}
