using System;
using System.Collections.Generic;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>What the probes of objects are given: constants of every kind that a program has.</summary>
public sealed record Flow(double Time, double Amount, string Kind = "fixed");

public sealed record Trade(DateTime Start, DateTime End, double Notional, TradeSide Side)
{
    public Trade? Next { get; init; }

    public double Spread { get; set; } = 0.25;

    public double Years => (End - Start).TotalDays / 365;

    public double Signed() => Side == TradeSide.Pay ? -Notional : Notional;
}

public enum TradeSide
{
    Pay,
    Receive,
}

public readonly record struct Pillar(double Time, double Rate);

public sealed class Curve(params double[] rates)
{
    private readonly double[] _rates = rates;

    public double[] Rates => _rates;

    public double[] Stored = rates;

    public double Shift { get; set; } = 0.125;

    public int Count => _rates.Length;

    public double this[int i] => _rates[i];

    public double Flat() => _rates[0];

    public double Rate(double t)
    {
        int i = 0;
        while (i < _rates.Length - 2 && i + 1 < t) i++;
        return _rates[i] + (t - i) * (_rates[i + 1] - _rates[i]) + Shift * t;
    }

    public double Discount(double t) => Math.Exp(-Rate(t) * t);

    public double Weighted(ReadOnlySpan<double> w)
    {
        double s = 0;
        for (int i = 0; i < w.Length; i++) s += w[i] * _rates[i] * w[i];
        return s;
    }
}

public interface IShape
{
    double Scale { get; }

    double At(int i);
}

public class Parabola(double scale) : IShape
{
    public virtual double Scale => scale;

    public double At(int i) => scale * i * i;
}

/// <summary>Numbers that come one after the other, and are never the same.</summary>
public sealed class Ticker
{
    private double _next = 0.5;

    public double Last { get; private set; }

    public double Next() => Last = _next += 0.375;

    public void Skip(int n) => _next += n;
}

public static class Given
{
    public static Dictionary<string, double> Weights() => new() { ["a"] = 0.5, ["b"] = -2 };
}

public static partial class Objects
{
    private static readonly Curve Static = new(0.5, 0.75, 1.5);

    //? a list of records, looped over
    //? flows = new List<Flow> { new(1, 100), new(2, -50), new(3.5, 25) }, y = 0.05
    //? flows = new List<Flow>(), y = 0.05
    [Differentiable]
    public static double PresentValue(List<Flow> flows, double y)
    {
        double pv = 0;
        foreach (var flow in flows) pv += flow.Amount * Math.Exp(-y * flow.Time);
        return pv;
    }

    //? a list by its `Count` and its indexer
    //? flows = new List<Flow> { new(1, 100), new(2, -50), new(3.5, 25) }, y = 0.05
    [Differentiable]
    public static double ByIndex(List<Flow> flows, double y)
    {
        double pv = 0;
        for (int i = 0; i < flows.Count; i++) pv += flows[i].Amount / Math.Pow(1 + y, flows[i].Time);
        var (time, last, _) = flows[^1];
        return pv * last + y * time;
    }

    //? a list of records in a recurrence
    //? flows = new List<Flow> { new(1, 0.5), new(2, -0.25), new(3.5, 0.75) }, x = 0.4
    [Differentiable]
    public static double Recurrence(List<Flow> flows, double x)
    {
        double s = x;
        foreach (var flow in flows) s = Math.Sin(s * flow.Amount) + x * flow.Time;
        return s;
    }

    //? a read-only list through its interface
    //? flows = new Flow[] { new(1, 0.5), new(2, -0.25), new(3.5, 0.75) }, x = 0.4
    [Differentiable]
    public static double ThroughInterface(IReadOnlyList<Flow> flows, double x)
    {
        double s = x;
        for (int i = 0; i < flows.Count; i++) s = Math.Cos(s * flows[i].Amount) + x;
        foreach (var flow in flows) s += flow.Time * x * x;
        return s;
    }

    //? an enumerable of structs
    //? pillars = new List<Pillar> { new(1, 0.5), new(2, 0.25) }, x = 0.4
    [Differentiable]
    public static double Enumerable(IEnumerable<Pillar> pillars, double x)
    {
        double s = x;
        foreach (var (time, rate) in pillars) s *= 1 + rate * Math.Sin(x * time);
        return s;
    }

    //? a list of tuples
    //? points = new List<(double T, double W)> { (1, 0.5), (2, 0.25) }, x = 0.4
    [Differentiable]
    public static double Tuples(List<(double T, double W)> points, double x)
    {
        double s = 0;
        foreach (var (t, w) in points) s += w * Math.Exp(-x * t);
        return s * points[0].T;
    }

    //? a list of numbers
    //? values = new List<double> { 0.5, -0.25, 2 }, x = 0.4
    [Differentiable]
    public static double Numbers(List<double> values, double x)
    {
        double s = 0;
        foreach (double value in values) s += (value - x) * (value - x);
        return s / values.Count;
    }

    //? a dictionary by key, and looped over
    //? weights = Given.Weights(), x = 0.4
    [Differentiable]
    public static double Dictionary(Dictionary<string, double> weights, double x)
    {
        double s = weights["a"] * x;
        foreach (var (key, weight) in weights) s += weight * Math.Sin(x * key.Length);
        foreach (var pair in weights) s += pair.Value * x * x;
        if (weights.TryGetValue("b", out double b)) s *= b;
        if (weights.TryGetValue("c", out double c)) s *= c;
        return weights.ContainsKey("d") ? s : s * x;
    }

    //? a discount curve: its method gets a constant
    //? flows = new List<Flow> { new(1, 100), new(1.5, -50) }, curve = new Curve(0.01, 0.02, 0.04), spread = 0.05
    [Differentiable]
    public static double Curve(List<Flow> flows, Curve curve, double spread)
    {
        double pv = 0;
        foreach (var flow in flows) pv += flow.Amount * curve.Discount(flow.Time) * Math.Exp(-spread * flow.Time);
        return pv * curve.Flat() + curve.Shift * curve[1] * spread;
    }

    //? a discount curve: its method gets what is differentiated, and its source is differentiated
    //? curve = new Curve(0.01, 0.02, 0.04), t = 0.6
    //? curve = new Curve(0.01, 0.02, 0.04), t = 1.7
    [Differentiable]
    public static double CurveAt(Curve curve, double t) => curve.Discount(t) + curve.Rate(2 * t) * t;

    //? a method of an object that takes a span
    //? curve = new Curve(0.01, 0.02, 0.04), w = [0.5, -1, 2]
    [Differentiable]
    public static double Weighted(Curve curve, ReadOnlySpan<double> w) => curve.Weighted(w) * w[0];

    //? an array that an object holds, by element and as a whole
    //? curve = new Curve(0.5, 0.25, 0.75), x = 0.6
    [Differentiable]
    public static double HeldArray(Curve curve, double x)
    {
        double s = curve.Rates[0] * x;
        for (int i = 0; i < curve.Stored.Length; i++) s += curve.Stored[i] * Math.Pow(x, i);
        foreach (double rate in curve.Rates) s *= 1 + rate * x;
        double[] rates = curve.Rates;
        return s + Sum(rates, x) + Sum(curve.Stored, x * x);
    }

    private static double Sum(ReadOnlySpan<double> w, double x)
    {
        double s = 0;
        foreach (double each in w) s += Math.Sin(each * x);
        return s;
    }

    //? an interface whose object is not known
    //? shape = new Parabola(0.75), x = 0.6
    [Differentiable]
    public static double Interface(IShape shape, double x)
    {
        double s = shape.Scale * x;
        for (int i = 0; i < 3; i++) s += shape.At(i) * Math.Exp(x * s);
        return s;
    }

    //? a static object
    //? x = 0.6
    [Differentiable]
    public static double StaticObject(double x) => Static.Flat() * x + Static.Rate(x) * Static.Count;

    //? a random generator made in the method
    //? x = 0.6, seed = 7
    [Differentiable]
    public static double SeededRandom(double x, int seed)
    {
        var random = new Random(seed);
        double s = 0;
        for (int path = 0; path < 4; path++)
        {
            double state = x;
            for (int step = 0; step < 3; step++) state *= Math.Exp(x * (random.NextDouble() - 0.5));
            s += Math.Max(state - 0.5, 0);
        }

        return s / 4 + random.Next(3) * x;
    }

    //? a random generator as a parameter
    //? random = new Random(3), x = 0.6
    [Differentiable]
    public static double PassedRandom(Random random, double x)
    {
        double s = 1;
        while (s < 6) s += random.NextDouble() * (1 + x * x * s);
        return s;
    }

    //? an object that changes with each call
    //? counter = new Ticker(), x = 0.6
    [Differentiable]
    public static double Counting(Ticker counter, double x)
    {
        double a = counter.Next() * x;
        double b = counter.Next() * x * x;
        counter.Skip(2);
        double last = counter.Last;
        return (a + b) * counter.Next() * last + counter.Last * x;
    }

    //? strings, dates, enums and null
    //? trade = new Trade(new DateTime(2020, 1, 1), new DateTime(2022, 7, 1), 3, TradeSide.Pay), x = 0.6
    //? trade = new Trade(new DateTime(2020, 1, 1), new DateTime(2021, 7, 1), 2, TradeSide.Receive) { Next = new Trade(default, default, 0.5, TradeSide.Pay) }, x = 0.6
    [Differentiable]
    public static double Dates(Trade trade, double x)
    {
        double years = trade.Years + (trade.End - trade.Start).Days / 1000.0;
        double s = trade.Signed() * Math.Exp(-x * years);
        if (trade.Start < new DateTime(2019, 1, 1)) s *= 2;
        if (trade.Next is null) s *= x;
        s += (trade.Next?.Notional ?? 0.25) * x;
        if (trade.Next is { Notional: > 0.25 } next) s += next.Notional * x * x;
        return trade.Side switch { TradeSide.Pay => s, _ => s * x };
    }

    //? strings compared and switched on
    //? kind = "b", x = 0.6
    //? kind = "long", x = 0.6
    [Differentiable]
    public static double Strings(string kind, double x)
    {
        double s = kind switch { "a" => x, "b" => x * x, _ => Math.Sin(x) };
        if (kind == "long" || kind.StartsWith("x", StringComparison.Ordinal)) s *= kind.Length * x;
        switch (kind)
        {
            case "b":
                s += x;
                break;
            default:
                s *= 2;
                break;
        }

        string name = s > 0.5 ? "large" : "small";
        return name == "large" ? s * x : s;
    }

    //? a date as a parameter, and arithmetic of time spans
    //? today = new DateTime(2024, 5, 1), step = TimeSpan.FromDays(30), x = 0.6
    [Differentiable]
    public static double DateParameter(DateTime today, TimeSpan step, double x)
    {
        var next = today + step;
        double s = x;
        while (next < today.AddDays(100))
        {
            s *= Math.Exp(-x * (next - today).TotalDays / 365);
            next += step;
        }

        return s * next.Month;
    }

    //? calls that only show what they get
    //? x = 0.6, n = 3
    [Differentiable]
    public static double Shown(double x, int n)
    {
        double s = x;
        for (int i = 0; i < n; i++)
        {
            s *= Math.Sin(s + i);
            System.Diagnostics.Trace.WriteLine($"{i}: {s:F4}");
        }

        System.Diagnostics.Debug.Assert(s < 100, "too large");
        return s;
    }

    //? an object that may be null
    //? curve = null, x = 0.6
    //? curve = new Curve(0.5, 0.25), x = 0.6
    [Differentiable]
    public static double MayBeNull(Curve? curve, double x)
    {
        double shift = curve?.Shift ?? 0.75;
        var used = curve ?? Static;
        return used.Flat() * x * x + shift * x;
    }

    //? an object chosen in a branch, and carried by a loop
    //? first = new Curve(0.5, 0.25), second = new Curve(1.5, 0.75), x = 0.6
    //? first = new Curve(0.5, 0.25), second = new Curve(1.5, 0.75), x = 1.6
    [Differentiable]
    public static double Chosen(Curve first, Curve second, double x)
    {
        Curve used = x > 1 ? first : second;
        double s = used.Flat() * x;
        for (int i = 0; i < 3; i++)
        {
            s += used.Rates[1] * Math.Sin(s * x);
            used = used == first ? second : first;
        }

        return s;
    }

    //? a linked list
    //? trade = new Trade(default, default, 3, TradeSide.Pay) { Next = new Trade(default, default, 2, TradeSide.Receive) { Next = new Trade(default, default, 0.5, TradeSide.Pay) } }, x = 0.6
    [Differentiable]
    public static double Linked(Trade trade, double x)
    {
        double s = x;
        for (Trade? at = trade; at is not null; at = at.Next) s = Math.Sin(s * at.Notional) + at.Spread * x;
        return s;
    }

    //? an array of objects
    //? flows = [new(1, 0.5), new(2, -0.25), new(3.5, 0.75)], x = 0.4
    [Differentiable]
    public static double ArrayOfObjects(Flow[] flows, double x)
    {
        double s = x;
        foreach (var flow in flows) s += flow.Amount * Math.Sin(s * x);
        for (int i = flows.Length - 1; i >= 0; i--) s *= 1 + flows[i].Time * x * 0.1;
        return s * flows[^1].Amount;
    }

    //? `continue`, `break` and `return` in a loop over objects
    //? flows = new List<Flow> { new(1, 0.5), new(2, -0.25, "skip"), new(3.5, 0.75), new(9, 1), new(10, 3) }, x = 0.4
    //? flows = new List<Flow> { new(1, 0.5, "stop"), new(9, 1) }, x = 0.4
    [Differentiable]
    public static double Jumps(IEnumerable<Flow> flows, double x)
    {
        double s = x;
        foreach (var flow in flows)
        {
            if (flow.Kind == "skip") continue;
            if (flow.Kind == "stop") return s * 3;
            if (flow.Time > 8) break;
            s += flow.Amount * Math.Sin(s * x);
        }

        return s * s;
    }

    //? nested loops over objects, in a helper
    //? legs = new List<List<Flow>> { new() { new(1, 0.5), new(2, -0.25) }, new() { new(3.5, 0.75) } }, x = 0.4
    [Differentiable]
    public static double Nested(List<List<Flow>> legs, double x)
    {
        double s = 0;
        foreach (var leg in legs) s += Leg(leg, x) * Leg(leg, x * s);
        return s;
    }

    private static double Leg(List<Flow> flows, double x)
    {
        double s = 0;
        foreach (var flow in flows) s += flow.Amount * Math.Exp(-x * flow.Time);
        return s;
    }

    //? objects made in the method, of numbers that are constants
    //? x = 0.4, n = 4
    [Differentiable]
    public static double MadeOfConstants(double x, int n)
    {
        var grid = new List<double>();
        for (int i = 0; i < n; i++) grid.Add(0.5 * i);
        var curve = new Curve(0.5, 0.25, 1.5) { Shift = 0.375 };
        var names = new Dictionary<int, double> { [0] = 0.5, [1] = 2 };
        double s = 0;
        foreach (double t in grid) s += Math.Sin(x * t) * curve.Rate(t) * names[1];
        grid.Clear();
        return s + grid.Count;
    }

    //? a member of an object assigned a constant
    //? curve = new Curve(0.5, 0.25), x = 0.4
    [Differentiable]
    public static double Assigned(Curve curve, double x)
    {
        double before = curve.Shift;
        curve.Shift = 0.5;
        curve.Shift += 0.25;
        curve.Rates[0] = 0.125;
        double s = (curve.Shift * x + curve.Flat()) * x;
        curve.Shift = before;
        curve.Rates[0] = 0.5;
        return s;
    }

    //? patterns of types, and casts
    //? shape = new Parabola(0.75), x = 0.6
    [Differentiable]
    public static double Types(IShape shape, double x)
    {
        double s = shape is Parabola parabola ? parabola.Scale * x : x;
        object boxed = 0.25;
        if (boxed is not string) s += (double)boxed * x * x;
        return s + ((Parabola)shape).At(2) * x;
    }

    //? a number that may be missing
    //? rates = new List<double?> { 0.5, null, 2 }, x = 0.6
    [Differentiable]
    public static double Missing(List<double?> rates, double x)
    {
        double s = 0;
        foreach (var rate in rates)
        {
            s += (rate ?? 0.125) * x;
            if (rate.HasValue) s *= rate.Value * x;
        }

        return s;
    }

    //? a matrix that an object holds
    //? table = new Table(), x = 0.6
    [Differentiable]
    public static double HeldMatrix(Table table, double x)
    {
        double s = 0;
        for (int i = 0; i < table.Cells.GetLength(0); i++)
        {
            for (int j = 0; j < 2; j++) s += table.Cells[i, j] * Math.Pow(x, table.Rows[i][j]);
        }

        double[,] cells = table.Cells;
        return s * Trace(cells, x) + Trace(table.Cells, s);
    }

    private static double Trace(double[,] m, double x) => m[0, 0] * x + m[1, 1] * x * x;
}

public sealed class Table
{
    public double[,] Cells = { { 0.5, 2 }, { -1, 0.25 } };

    public double[][] Rows = [[1, 2], [0.5, 3]];
}
