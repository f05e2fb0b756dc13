using System;
using System.Collections.Generic;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class ObjectQueries
{
    //? `Sum` over a list of records
    //? flows = new List<Flow> { new(1, 100), new(2, -50), new(3.5, 25) }, y = 0.05
    //? flows = new List<Flow>(), y = 0.05
    [Differentiable]
    public static double Sum(List<Flow> flows, double y) => flows.Sum(f => f.Amount * Math.Exp(-y * f.Time));

    //? `Where` and `Select` over a list of records
    //? flows = new List<Flow> { new(1, 100), new(2, -50, "float"), new(3.5, 25) }, y = 0.05
    [Differentiable]
    public static double Chained(List<Flow> flows, double y) =>
        flows.Where(f => f.Kind == "fixed" && f.Time > 0.5).Select((f, i) => f.Amount / Math.Pow(1 + y, f.Time + i)).Sum();

    //? queries over read-only lists of records
    //? flows = new Flow[] { new(1, 0.5), new(2, -0.25), new(3.5, 0.75) }, more = new List<Flow> { new(1, 2) }, x = 0.4
    [Differentiable]
    public static double OverInterface(IReadOnlyList<Flow> flows, IReadOnlyList<Flow> more, double x) =>
        flows.Average(f => f.Amount * x) * more.Max(f => f.Time * x) + flows.Min(f => Math.Sin(x * f.Time));

    //? queries over an enumerable of records
    //? flows = new Flow[] { new(1, 0.5), new(2, -0.25), new(3.5, 0.75) }, x = 0.4
    [Differentiable]
    public static double OverEnumerable(IEnumerable<Flow> flows, double x)
    {
        double[] values = flows.Select(f => f.Amount * x * f.Time).ToArray();
        double s = flows.Aggregate(x, (total, f) => Math.Cos(total) * f.Time + x);
        foreach (double value in flows.Where(f => f.Amount > 0).Select(f => f.Time * x))
        {
            if (value > 1.3) break;
            s += value;
        }

        return s + values[^1] * values.Length;
    }

    //? `Zip` over lists of numbers
    //? times = new List<double> { 1, 2, 3 }, amounts = new List<double> { 5, 5, 105 }, y = 0.04
    [Differentiable]
    public static double Zipped(List<double> times, List<double> amounts, double y) =>
        times.Zip(amounts, (t, a) => a / Math.Pow(1 + y, t)).Sum() + times.Skip(1).Select(t => t * y).First();

    //? numbers of an array paired with records
    //? w = [0.5, -0.25], flows = new List<Flow> { new(1, 2), new(3, 4) }
    [Differentiable]
    public static double Paired(double[] w, List<Flow> flows) => w.Zip(flows, (x, f) => x * x * f.Amount).Sum();

    //? `foreach` over the records that pass a test, and whether there are any
    //? flows = new List<Flow> { new(1, 100), new(2, -50), new(3.5, 25) }, y = 0.05
    [Differentiable]
    public static double Filtered(List<Flow> flows, double y)
    {
        double pv = flows.Any(f => f.Amount < 0) ? y : 0;
        foreach (var flow in flows.Where(f => f.Amount > 0)) pv += flow.Amount * Math.Exp(-y * flow.Time);
        return pv * flows.Count(f => f.Time > 1) + flows.First(f => f.Time > 1).Amount * y;
    }

    //? a list in each record of a list
    //? curves = new List<Curve> { new(0.5, 0.25), new(1, 2, 3) }, x = 0.4
    [Differentiable]
    public static double Nested(List<Curve> curves, double x) => curves.Sum(c => c.Rates.Sum(r => Math.Exp(-r * x)) * c.Shift);

    //? query syntax over a list of records
    //? flows = new List<Flow> { new(1, 100), new(2, -50), new(3.5, 25) }, y = 0.05
    [Differentiable]
    public static double Syntax(List<Flow> flows, double y) =>
        (from f in flows let discount = Math.Exp(-y * f.Time) where f.Amount > 0 select f.Amount * discount).Sum();
}
