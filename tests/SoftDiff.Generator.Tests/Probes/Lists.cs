using System;
using System.Collections.Generic;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Lists
{
    //? a list built in a loop and read by `foreach`
    //? x = [0.5, -1.2, 0.3]
    //? x = []
    [Differentiable]
    public static double Squares(double[] x)
    {
        var squares = new List<double>();
        foreach (double v in x) squares.Add(v * v);
        double s = 0;
        foreach (double v in squares) s += v * Math.Sin(v);
        return s;
    }

    //? a list by its indexer and its count
    //? x = 0.7, n = 5
    [Differentiable]
    public static double Fibonacci(double x, int n)
    {
        var list = new List<double> { x, 1 };
        while (list.Count < n) list.Add(list[list.Count - 1] * x + list[^2]);
        list[0] *= list[n - 1];
        return list[0] + list[n - 1];
    }

    //? numbers added under conditions
    //? x = [0.5, -1.2, 0.3, 2], limit = 0
    [Differentiable]
    public static double Positive(double[] x, [NonDifferentiable] double limit)
    {
        List<double> kept = [];
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] > limit) kept.Add(Math.Log(x[i]));
            else if (x[i] < -1) { kept.Add(x[i]); kept.Add(2 * x[i]); }
        }

        double p = kept.Count;
        for (int i = 0; i < kept.Count; i++) p *= kept[i] + i;
        return p;
    }

    //? a list with a capacity, returned as an array
    //? x = 0.6, n = 3, result = [0, 0, 0]
    [Differentiable]
    public static double[] Returned(double x, int n)
    {
        var y = new List<double>(n);
        for (int i = 0; i < n; i++) y.Add(Math.Pow(x, i));
        return y.ToArray();
    }

    //? AddRange, Insert, RemoveAt and Clear of a list
    //? x = [0.5, -1.2, 0.3, 2]
    [Differentiable]
    public static double Changed(double[] x)
    {
        var a = new List<double>();
        a.Add(7);
        a.Clear();
        a.AddRange(x);
        a.Insert(1, x[0] * x[1]);
        a.RemoveAt(0);
        a.RemoveAt(a.Count - 1);
        var b = new List<double>(a);
        b.AddRange(a);
        b.AddRange(x.Select(v => v * v));
        double s = 0;
        for (int i = 0; i < b.Count; i++) s += b[i] * (i + 1) * b[^1];
        return s;
    }

    //? a list added to itself, and twice to another
    //? x = 0.7
    [Differentiable]
    public static double AddedToItself(double x)
    {
        var a = new List<double> { x, 2 * x };
        a.AddRange(a);
        var b = new List<double>(a);
        b.AddRange(b);
        b.AddRange(a);
        return a[2] * b[5] + b.Sum() * b[11];
    }

    //? queries of a list
    //? x = [0.5, -1.2, 0.3, 2]
    [Differentiable]
    public static double Queried(double[] x)
    {
        var list = new List<double>();
        var doubled = list.Select(v => 2 * v);
        foreach (double v in x) list.Add(Math.Exp(v));
        return list.Sum() * doubled.Max() + list.Average(v => v * v) + list.Where(v => v > 1).Sum();
    }

    //? a list given to helpers
    //? x = 0.4, n = 4
    [Differentiable]
    public static double Helped(double x, int n)
    {
        var list = new List<double>();
        Fill(list, x, n);
        return Mean(list) + Last(list);
    }

    private static void Fill(List<double> list, double x, int n)
    {
        for (int i = 0; i < n; i++) list.Add(Math.Sin(i * x));
    }

    private static double Mean(IReadOnlyList<double> values)
    {
        double s = 0;
        for (int i = 0; i < values.Count; i++) s += values[i];
        return s / values.Count;
    }

    private static double Last(List<double> values) => values[values.Count - 1];

    //? a list that a helper makes and returns
    //? x = 0.4, h = 0.3
    [Differentiable]
    public static double Made(double x, double h)
    {
        var grid = Grid(x, 1, 4);
        double s = 0;
        for (int i = 1; i < grid.Count; i++) s += (grid[i] - grid[i - 1]) * Math.Cos(grid[i] * h);
        return s;
    }

    private static List<double> Grid(double from, double to, int n)
    {
        var grid = new List<double>();
        for (int i = 0; i <= n; i++) grid.Add(from + (to - from) * i / n);
        return grid;
    }

    //? a list in every iteration
    //? x = [0.5, -1.2, 0.3, 2]
    [Differentiable]
    public static double EveryIteration(double[] x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            var products = new List<double>();
            for (int j = 0; j <= i; j++) products.Add(x[i] * x[j]);
            s += products[i / 2] * products.Count;
        }

        return s;
    }

    //? a loop over floats that adds to a list
    //? x = 0.4, end = 1
    [Differentiable]
    public static double Steps(double x, [NonDifferentiable] double end)
    {
        var path = new List<double>();
        double y = x;
        for (double t = 0; t < end; t += 0.3)
        {
            path.Add(y);
            y += 0.3 * Math.Sin(y);
        }

        double s = 0;
        foreach (double p in path) s += p * p;
        return s;
    }

    //? a list of floats
    //? x = 0.4f
    [Differentiable]
    public static float Singles(float x)
    {
        var list = new List<float>();
        for (int i = 0; i < 3; i++) list.Add(x * i + 1);
        return list[0] * list[1] * list[2];
    }

    //? an index outside a list
    //? x = 0.4, i = 1
    //? x = 0.4, i = 2 -> throws ArgumentOutOfRangeException
    //? x = 0.4, i = -1 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double Outside(double x, int i)
    {
        var list = new List<double> { x, x * x };
        return list[i] * x;
    }

    //? an object with a list
    //? x = [0.4, 1.5, 0.2]
    [Differentiable]
    public static double Owned(double[] x)
    {
        var recorder = new Readings();
        foreach (double v in x) recorder.Add(v * v);
        return recorder.Mean() * recorder.Count;
    }

    private sealed class Readings
    {
        private readonly List<double> _values = new();

        public int Count => _values.Count;

        public void Add(double value) => _values.Add(value);

        public double Mean()
        {
            double s = 0;
            foreach (double v in _values) s += v;
            return s / _values.Count;
        }
    }
}
