using System.Collections;

namespace SoftDiff.Tests.Objects;

/// <summary>Objects that write down what they are asked. What they give depends on how often they were asked.</summary>
public sealed class Recorder : IReadOnlyList<double>
{
    public List<string> Log { get; } = [];

    public int Count => Note("Count", 3);

    public double Rate => Note("Rate", 0.5 + (0.01 * Log.Count));

    public double Level
    {
        get => Note("Level", 0.25 * Log.Count);
        set => Note("Level = " + value, value);
    }

    public double this[int index] => Note($"[{index}]", index + (0.125 * Log.Count));

    public double Ask(int i) => Note($"Ask({i})", Math.Sin(i + Log.Count));

    public bool TryAsk(string name, out double value)
    {
        value = Note($"TryAsk({name})", name.Length + (0.25 * Log.Count));
        return value > 1;
    }

    public IEnumerator<double> GetEnumerator()
    {
        Log.Add("begin");
        try
        {
            for (int i = 0; i < 3; i++) yield return Note($"item {i}", i - (0.1 * Log.Count));
        }
        finally
        {
            Log.Add("end");
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Note<T>(string what, T value)
    {
        Log.Add(what);
        return value;
    }
}

/// <summary>Methods that ask a recorder in every place where code can stand.</summary>
public static partial class Asking
{
    [Differentiable]
    public static double Straight(Recorder r, double x)
    {
        double a = r.Rate * x;
        double b = r.Ask(2) * x * x + r[1];
        r.Level = 0.75;
        return a * b + r.Level * Math.Sin(x) + r.Rate;
    }

    [Differentiable]
    public static double Loops(Recorder r, double x)
    {
        double s = x;
        for (int i = 0; i < r.Count; i++) s = Math.Sin(s * r[i]) + x;
        foreach (double item in r) s += item * x * x;
        int trips = 0;
        while (r.Ask(trips) * s < 1.5 && trips < 6)
        {
            trips++;
            s += r.Rate * x;
        }

        return s;
    }

    [Differentiable]
    public static double Branches(Recorder r, double x)
    {
        double s = x > 0.5 ? r.Ask(1) * x : r.Ask(2) * x * x;
        if (r.TryAsk("name", out double value) && r.Rate > 0.6 || x > 10) s *= value;
        foreach (double item in r)
        {
            if (item < 0) continue;
            s += item * x;
            if (r.Level > 3) return s * r.Rate;
        }

        return s * r.Ask(5);
    }

    [Differentiable]
    public static double Calls(Recorder r, double x) => Helper(r, x, 3) * Helper(r, x * x, 2) + r.Rate;

    private static double Helper(Recorder r, double x, int depth) =>
        depth == 0 ? r.Ask(0) * x : Math.Sin(Helper(r, x * r.Rate, depth - 1)) + r.Ask(depth) * x;

    [HessianVectorProduct(nameof(Loops))]
    public static partial double LoopsHvp(Recorder r, double x, double v, out double hv);
}
