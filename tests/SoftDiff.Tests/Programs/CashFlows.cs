namespace SoftDiff.Tests.Programs;

public enum Leg
{
    Fixed,
    Floating,
}

/// <summary>A payment as a desk books it.</summary>
public sealed record CashFlow(DateTime Date, double Amount, Leg Leg, string Currency = "EUR");

/// <summary>A zero curve with linear interpolation, as code bases have them.</summary>
public sealed class ZeroCurve
{
    private readonly DateTime _today;
    private readonly List<double> _times;
    private readonly double[] _rates;

    public ZeroCurve(DateTime today, IEnumerable<double> times, double[] rates)
    {
        _today = today;
        _times = [.. times];
        _rates = rates;
    }

    public double Spread { get; set; } = 0.0005;

    public double Years(DateTime date) => (date - _today).TotalDays / 365.0;

    public double Rate(double t)
    {
        if (t <= _times[0]) return _rates[0];
        int i = 1;
        while (i < _times.Count - 1 && _times[i] < t) i++;
        double w = (t - _times[i - 1]) / (_times[i] - _times[i - 1]);
        return (1 - w) * _rates[i - 1] + w * _rates[i] + Spread;
    }
}

/// <summary>The value of a book of cash flows in two currencies, its duration and its yield.</summary>
public static partial class CashFlows
{
    [Differentiable]
    public static double Value(List<CashFlow> flows, ZeroCurve curve, IReadOnlyDictionary<string, double> fx, double bump, double shift)
    {
        double value = 0;
        foreach (CashFlow flow in flows)
        {
            double t = curve.Years(flow.Date);
            if (t < 0) continue;
            double rate = flow.Leg == Leg.Floating ? curve.Rate(t + shift) : curve.Rate(t);
            double amount = flow.Currency == "EUR" ? flow.Amount : flow.Amount * fx[flow.Currency];
            value += amount * Math.Exp(-(rate + bump) * t);
        }

        return value;
    }

    [Differentiable(Wrt = ["yield"])]
    public static double Price(IEnumerable<CashFlow> flows, DateTime settlement, double yield, double cleanPrice)
    {
        double price = -cleanPrice;
        foreach (var (date, amount, _, currency) in flows)
        {
            if (date <= settlement || currency != "EUR") continue;
            price += amount / Math.Pow(1 + yield / 2, 2 * (date - settlement).TotalDays / 365.25);
        }

        return price;
    }
}
