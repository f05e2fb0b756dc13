using System;
using System.Collections.Generic;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Queries
{
    public readonly record struct Flow(double Amount, double Time);

    //? `Sum` of an array
    //? x = [0.7, 0.2, 1.1]
    //? x = []
    [Differentiable]
    public static double SumAll(double[] x) => x.Sum() * x.Sum();

    //? `Sum` of what a lambda makes of the elements
    //? x = [0.7, 0.2, 1.1], k = 0.4
    [Differentiable]
    public static double SumOf(double[] x, double k) => x.Sum(v => k * v * v) + x.Sum(Math.Sin);

    //? `Select`, alone and one after the other
    //? x = [0.7, 0.2, 1.1], k = 0.4
    [Differentiable]
    public static double SelectChain(double[] x, double k) => x.Select(v => v * k).Select(Math.Exp).Sum(v => v * v);

    //? `Select` with the position
    //? x = [0.7, 0.2, 1.1]
    [Differentiable]
    public static double SelectPosition(double[] x) => x.Select((v, i) => v * (i + 1)).Sum();

    //? `Zip` with a lambda, and as pairs
    //? x = [0.7, 0.2, 1.1], y = [0.3, 0.9, 0.4, 2]
    [Differentiable]
    public static double ZipBoth(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum() + y.Zip(x).Sum(p => p.First * p.First * p.Second);

    //? `Where`, before and after `Select`
    //? x = [0.7, -0.2, 1.1, -3]
    //? x = [-1]
    [Differentiable]
    public static double WhereSome(double[] x) => x.Where(v => v > 0).Sum(v => v * v) + x.Select(v => v * 2).Where(v => v < 1).Select(v => v * v).Sum();

    //? `Where` with the position, and `Select` with the position after it
    //? x = [0.7, 0.2, 1.1, 3]
    [Differentiable]
    public static double WherePosition(double[] x) => x.Where((v, i) => i % 2 == 1 || v > 1).Select((v, i) => v * v * i).Sum();

    //? `Average`
    //? x = [0.7, 0.2, 1.1]
    //? x = [] -> throws InvalidOperationException
    [Differentiable]
    public static double Mean(double[] x)
    {
        double mean = x.Average();
        return x.Average(v => (v - mean) * (v - mean));
    }

    //? `Average` of a filtered sequence
    //? x = [0.7, 0.2, 1.1]
    //? x = [-0.7] -> throws InvalidOperationException
    [Differentiable]
    public static double MeanOfSome(double[] x) => x.Where(v => v > 0.5).Average();

    //? `Min` and `Max`
    //? x = [0.7, 0.2, 1.1]
    //? x = [3]
    //? x = [] -> throws InvalidOperationException
    [Differentiable]
    public static double Extremes(double[] x) => x.Max() * x.Min() + x.Max(v => v * v) + x.Min(v => Math.Sin(v));

    //? `Min` and `Max` of a filtered sequence
    //? x = [0.7, 0.2, 1.1]
    //? x = [0.2] -> throws InvalidOperationException
    [Differentiable]
    public static double ExtremesOfSome(double[] x) => x.Where(v => v > 0.5).Max(v => v * v) + x.Where(v => v < 1).Min();

    //? `Min` and `Max` with NaN among the elements
    //? x = 0.7
    [Differentiable]
    public static double ExtremesOfNaN(double x)
    {
        double[] a = [double.NaN, x, 2 * x, double.NaN];
        return double.IsNaN(a.Min()) ? a.Max() * x : 0;
    }

    //? `Aggregate` with a seed, without one, and with a result
    //? x = [0.7, 0.2, 1.1]
    [Differentiable]
    public static double Folds(double[] x) =>
        x.Aggregate(1.0, (a, v) => a * (1 + v)) + x.Aggregate((a, v) => a * v + v) + x.Aggregate(0.0, (a, v) => a + v * v, Math.Sqrt);

    //? `Aggregate` without a seed of a filtered sequence
    //? x = [0.7, 0.2, 1.1]
    //? x = [-1] -> throws InvalidOperationException
    [Differentiable]
    public static double FoldOfSome(double[] x) => x.Where(v => v > 0).Aggregate((a, v) => a * v + Math.Sin(a));

    //? `Aggregate` of tuples
    //? x = [0.7, 0.2, 1.1]
    [Differentiable]
    public static double FoldTuple(double[] x)
    {
        var (sum, squares) = x.Aggregate((Sum: 0.0, Squares: 0.0), (a, v) => (a.Sum + v, a.Squares + v * v));
        return squares - sum * sum / x.Length;
    }

    //? `Enumerable.Range` as the index of arrays
    //? x = [0.7, 0.2, 1.1], w = [0.3, 0.9, 0.4]
    [Differentiable]
    public static double RangeIndex(double[] x, double[] w) => Enumerable.Range(0, x.Length).Sum(i => w[i] * x[i]) + Enumerable.Range(1, 2).Select(i => x[i] * i).Sum();

    //? `Enumerable.Range` with a count that may be negative
    //? x = 0.7, n = 3
    //? x = 0.7, n = -1 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double RangeCount(double x, int n) => Enumerable.Range(n, n).Sum(i => x * i);

    //? `Enumerable.Repeat`
    //? x = 0.7
    [Differentiable]
    public static double Repeated(double x) => Enumerable.Repeat(x * x, 3).Aggregate(1.0, (a, v) => a * v);

    //? `ToArray`, of all elements and of some
    //? x = [0.7, -0.2, 1.1]
    [Differentiable]
    public static double Arrays(double[] x)
    {
        double[] y = x.Select(v => v * v).ToArray();
        double[] z = x.Where(v => v > 0).ToArray();
        y[0] *= 2;
        double s = y.Sum() * z.Length + z.Zip(x.Skip(1).ToArray(), (a, b) => a * b).Sum();
        for (int i = 0; i < z.Length; i++) s += z[i] * z[i];
        return s;
    }

    //? `Count`, `Any` and `All`
    //? x = [0.7, -0.2, 1.1]
    //? x = []
    [Differentiable]
    public static double Tests(double[] x)
    {
        double s = x.Count(v => v > 0) + x.Count() + x.Where(v => v < 0).Count();
        if (x.Any()) s *= x[0];
        if (x.Any(v => v < 0)) s += x.Sum();
        if (x.All(v => v < 2)) s *= 2;
        return s + (x.Where(v => v > 1).Any() ? x.Sum() : 1);
    }

    //? `Any` stops at the first element that it finds
    //? x = [0.7, -0.2, 1.1]
    [Differentiable]
    public static double Stops(double[] x)
    {
        double seen = 0;
        bool negative = x.Any(v =>
        {
            seen += v * v;
            return v < 0;
        });
        return negative ? seen * x[2] : seen;
    }

    //? `First`, `Last` and `ElementAt`
    //? x = [0.7, -0.2, 1.1]
    //? x = [-1] -> throws InvalidOperationException
    [Differentiable]
    public static double Ends(double[] x) => x.First() * x.Last() + x.First(v => v > 0) + x.Last(v => v > 0) * x.Select(v => v * v).ElementAt(1);

    //? `Skip` and `Take`
    //? x = [0.7, -0.2, 1.1, 2]
    [Differentiable]
    public static double Parts(double[] x) => x.Skip(1).Zip(x, (next, v) => (next - v) * (next - v)).Sum() + x.Take(2).Sum() * x.Skip(9).Sum() + x.Take(7).Average();

    //? a sequence in a variable, which sees what is written before it is enumerated
    //? x = [0.7, -0.2, 1.1]
    [Differentiable]
    public static double Deferred(double[] x)
    {
        double[] a = x.ToArray();
        double k = 2;
        IEnumerable<double> scaled = a.Select(v => v * k);
        double before = scaled.Sum();
        a[0] = x[1] * x[2];
        k = x[0];
        return before * scaled.Sum(v => v * v);
    }

    //? a sequence given to helpers, and one that a helper returns
    //? x = [0.7, -0.2, 1.1]
    [Differentiable]
    public static double Helpers(double[] x) => Norm(x) + Norm(x.Select(v => v * x[0])) * Squares(x, 3).Sum();

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));

    private static IEnumerable<double> Squares(double[] x, double k)
    {
        double offset = k * x[1];
        return x.Select(v => v * v + offset);
    }

    //? queries in query syntax
    //? x = [0.7, -0.2, 1.1], k = 0.4
    [Differentiable]
    public static double Syntax(double[] x, double k) => (from v in x where v > 0 select v * k).Sum() + (from v in x let w = v * v where w < 1 select w * v + k).Sum();

    //? `from … from …`, two loops
    //? x = [0.7, -0.2, 1.1], y = [0.3, 0.9]
    [Differentiable]
    public static double TwoSources(double[] x, double[] y) => (from a in x from b in y where a < b select a * b * b).Sum();

    //? `SelectMany`
    //? x = [0.7, -0.2, 1.1]
    [Differentiable]
    public static double Flattened(double[] x) => x.SelectMany(a => x.Select(b => a * b * b)).Where(v => v > 0).Sum() + x.SelectMany(a => Enumerable.Range(0, 3), (a, i) => a * a * i).Max();

    //? objects of anonymous types in queries
    //? x = [0.7, -0.2, 1.1]
    [Differentiable]
    public static double Anonymous(double[] x) => x.Select((v, i) => new { Value = v * v, Weight = i + 1.0 }).Where(p => p.Weight > 1).Sum(p => p.Value * p.Weight);

    //? queries on arrays of structs
    //? amounts = [100, 5, 3], rate = 0.05
    [Differentiable]
    public static double Structs(double[] amounts, double rate)
    {
        Flow[] flows = [new Flow(amounts[0], 1), new Flow(amounts[1], 2.5), new Flow(amounts[2], 4)];
        return flows.Sum(f => f.Amount * Math.Exp(-rate * f.Time)) + flows.Where(f => f.Time > 2).Max(f => f.Amount);
    }

    //? `foreach` over a query, with `break` and `continue`
    //? x = [0.7, -0.2, 1.1, 5, 2]
    [Differentiable]
    public static double Loop(double[] x)
    {
        double s = 1;
        foreach (double v in x.Where(v => v > 0))
        {
            if (v > 4) break;
            if (v < 0.5) continue;
            s *= v + s;
        }

        foreach (int i in Enumerable.Range(1, 3)) s += x[i] * i;
        foreach (var (a, b) in x.Zip(x.Skip(1))) s += a * b;
        return s;
    }

    //? `foreach` over nested sequences, with `break` and `return`
    //? x = [0.7, -0.2, 1.1]
    [Differentiable]
    public static double NestedLoop(double[] x)
    {
        double s = 1;
        foreach (double v in x.SelectMany(a => x.Select(b => a * b)))
        {
            if (v > 1.2) break;
            s += v * v;
            if (s > 20) return x[0];
        }

        return s;
    }

    //? queries in loops and in lambdas
    //? x = [0.7, -0.2, 1.1]
    [Differentiable]
    public static double Softmax(double[] x)
    {
        double s = 0;
        for (int k = 0; k < 3; k++)
        {
            double top = x.Max();
            double[] e = x.Select(v => Math.Exp((v - top) * (k + 1))).ToArray();
            double total = e.Sum();
            s += e.Select(v => v / total).Sum(p => p * x.Sum(v => v * p));
        }

        return s;
    }

    //? sums and means of integers
    //? x = 0.7, n = 4
    [Differentiable]
    public static double Integers(double x, int n)
    {
        int[] counts = Enumerable.Range(1, n).Select(i => i * i).ToArray();
        return x * counts.Sum() + x * x * counts.Average() + counts.Max() * x + counts.Min(c => -c) + x * counts.LongCount(c => c > 3);
    }

    //? `float`: sums are added in `double`, as System.Linq does
    //? x = [0.7, 0.2, 1.1]
    [Differentiable]
    public static float InSingle(float[] x) => x.Sum() * x.Average() + x.Max() + x.Sum(v => v * v) + x.Select(v => v * 2).Aggregate(0f, (a, v) => a + v * v);

    //? the function of a query may change how often the loop around it runs
    //? x = 0.7
    [Differentiable]
    public static double ChangesBound(double x)
    {
        int n = 6;
        var squares = new[] { x, 2 * x }.Select(v =>
        {
            n--;
            return v * v;
        });
        double s = 0;
        for (int i = 0; i < n; i++) s += squares.First() * n;
        return s;
    }

    //? a query may be enumerated after branches and loops in which other code ran
    //? x = 0.7
    [Differentiable]
    public static double AfterOtherCode(double x)
    {
        var products = new[] { x, 2 * x }.Select(v => v * x);
        double s = 0;
        if (x > 0.5) s += Powers(x)[1];
        for (int i = 0; i < 2; i++) s += Powers(x * i)[2] * products.Sum();
        return s + products.Max();
    }

    private static double[] Powers(double x) => [1, x, x * x];

    //? the variance of a portfolio
    //? weights = [0.5, 0.3, 0.2], covariance = [0.04, 0.01, 0, 0.01, 0.09, 0.02, 0, 0.02, 0.16]
    [Differentiable]
    public static double Portfolio(double[] weights, double[] covariance)
    {
        int n = weights.Length;
        double total = weights.Sum();
        var w = weights.Select(v => v / total).ToArray();
        return Math.Sqrt(Enumerable.Range(0, n).Sum(i => Enumerable.Range(0, n).Sum(j => w[i] * covariance[i * n + j] * w[j])));
    }

    //? queries over the rows of an array of arrays
    //? rows = [[0.7, 0.2], [1.1, -0.4], [0.3, 0.9]], w = [0.5, 1.5]
    [Differentiable]
    public static double OverRows(double[][] rows, double[] w)
    {
        if (rows.Any(row => row.Length != w.Length)) throw new ArgumentException("a row is too short or too long");
        double first = rows.Sum(row => row[0]), best = rows.Max(row => row.Zip(w, (a, b) => a * b).Sum());
        double[] norms = rows.Where((_, i) => i != 1).Select(row => row.Sum(v => v * v)).ToArray();
        return (first * best) + (norms[0] * norms[^1]) + rows.Select((row, i) => i * row[1]).Average();
    }

    //? rows that a query makes, `ToArray` to an array of arrays
    //? rows = [[0.7, 0.2], [1.1, -0.4], [0.3, 0.9]], k = 0.4
    [Differentiable]
    public static double MadeRows(double[][] rows, double k)
    {
        double[][] scaled = rows.Select(row => row.Select(v => k * v).ToArray()).ToArray();
        double[][] powers = Enumerable.Range(1, 3).Select(n => Powers(k * n)).ToArray();
        double[][] zeros = rows.Select(_ => new double[2]).ToArray();
        for (int i = 0; i < rows.Length; i++) zeros[i][1] += scaled[i][0] * powers[i][2];
        return zeros.Sum(row => row[0] + row[1]) * scaled[2][1];
    }

    //? `ToArray` to an array of structs, of all and of some
    //? flows = [new Queries.Flow(2, 1), new Queries.Flow(3, 0.5), new Queries.Flow(-1, 2)], r = 0.4
    [Differentiable]
    public static double StructArrays(Flow[] flows, double r)
    {
        Flow[] grown = flows.Select(f => f with { Amount = f.Amount * Math.Exp(r * f.Time) }).ToArray();
        Flow[] paid = grown.Where((_, i) => i > 0).ToArray();
        return paid.Length * paid[1].Amount * grown[^1].Amount;
    }

    //? `Array.ConvertAll`
    //? x = [0.7, 0.2, 1.1], k = 0.4
    [Differentiable]
    public static double Converted(double[] x, double k)
    {
        double[] y = Array.ConvertAll(x, Math.Tanh);
        double[] z = Array.ConvertAll(Array.ConvertAll(Powers(k), v => v * k), Math.Sin);
        return y[0] * y[2] * z[1] * z[2];
    }
}
