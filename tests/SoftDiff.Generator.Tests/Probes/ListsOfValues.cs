using System;
using System.Collections.Generic;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public readonly record struct Mark(double X, double Y)
{
    public double Norm() => Math.Sqrt(X * X + Y * Y);
}

public static partial class ListsOfValues
{
    //? a path as a list of tuples
    //? x = 0.7, n = 4
    //? x = 0.7, n = 0 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double Path(double x, int n)
    {
        var path = new List<(double Time, double Value)>();
        double s = x;
        for (int i = 0; i < n; i++)
        {
            s += 0.1 * Math.Sin(s);
            path.Add((i * 0.1, s));
        }

        double sum = 0;
        foreach (var (time, value) in path) sum += time * value * value;
        return sum + path[^1].Value;
    }

    //? a list of structs: methods, queries and elements that are replaced
    //? x = [0.5, -1.2, 0.3, 2]
    [Differentiable]
    public static double Points(double[] x)
    {
        var points = new List<Mark>();
        for (int i = 0; i + 1 < x.Length; i++) points.Add(new Mark(x[i], x[i] * x[i + 1]));
        points[0] = points[0] with { X = 2 * points[0].X };
        points.Insert(1, new Mark(x[0], 1));
        points.RemoveAt(points.Count - 1);
        double s = points.Sum(p => p.Norm()) + points[^1].Norm();
        foreach (var p in points) s += p.X * p.Y;
        return s;
    }

    //? tuples with integers and conditions
    //? x = 0.7
    [Differentiable]
    public static double Events(double x)
    {
        var events = new List<(int Day, double Amount, bool IsPaid)> { (1, x, true), (3, x * x, false) };
        events.AddRange(events);
        var all = new List<(int, double, bool)>(events) { (5, Math.Sin(x), true) };
        double s = 0;
        foreach (var (day, amount, isPaid) in all) s += isPaid ? amount * Math.Exp(-0.1 * day * x) : amount * amount;
        return s + all.Where(e => e.Item1 > 1).Sum(e => e.Item2);
    }

    //? a list of structs that a helper fills and another one reads
    //? x = 0.7, n = 3
    [Differentiable]
    public static double Helped(double x, int n)
    {
        var marks = new List<Mark>();
        Fill(marks, x, n);
        return Center(marks).Norm();
    }

    private static void Fill(List<Mark> marks, double x, int n)
    {
        for (int i = 0; i < n; i++)
        {
            if (i == 1) continue;
            marks.Add(new Mark(Math.Cos(i * x), Math.Sin(i * x)));
        }
    }

    private static Mark Center(IReadOnlyList<Mark> marks)
    {
        double x = 0, y = 0;
        for (int i = 0; i < marks.Count; i++) (x, y) = (x + marks[i].X, y + marks[i].Y);
        return new Mark(x / marks.Count, y / marks.Count);
    }

    //? elements in compound assignments
    //? x = 0.7, i = 1
    //? x = 0.7, i = 2 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double Compound(double x, int i)
    {
        var list = new List<double> { x, x * x };
        list[0] += Math.Sin(x);
        list[^1] *= 2;
        list[i] -= list[0] * list[1];
        return list[0] * list[1];
    }

    //? the index of an element is checked after the value is computed
    //? x = 0.7
    //? x = -0.7 -> throws InvalidOperationException
    [Differentiable]
    public static double CheckedLate(double x)
    {
        var list = new List<double> { x };
        list[x < 0 ? 5 : 0] = Positive(x);
        return list[0] * x;
    }

    private static double Positive(double x) => x > 0 ? x * x : throw new InvalidOperationException();

    //? vectors in a list, of floats
    //? x = 0.7f
    [Differentiable]
    public static float Vectors(float x)
    {
        var list = new List<System.Numerics.Vector3>();
        for (int i = 0; i < 3; i++) list.Add(new System.Numerics.Vector3(x, i, x * x * i));
        var sum = System.Numerics.Vector3.Zero;
        foreach (var v in list) sum += v;
        return sum.Length() + list[1].Z;
    }
}
