namespace SoftDiff.Tests.Programs;

/// <summary>Measures of a portfolio from returns of its assets, written with LINQ.</summary>
public static partial class Portfolio
{
    public readonly record struct Position(double Price, double Quantity);

    [Differentiable(Wrt = ["weights"])]
    public static double Sharpe(double[] weights, double[] returns, double riskFree)
    {
        int assets = weights.Length;
        double total = weights.Sum(Math.Abs);
        double[] normed = weights.Select(w => w / total).ToArray();
        double[] daily = Enumerable.Range(0, returns.Length / assets)
            .Select(day => normed.Select((w, asset) => w * returns[day * assets + asset]).Sum())
            .ToArray();
        double mean = daily.Average();
        double variance = daily.Sum(r => (r - mean) * (r - mean)) / (daily.Length - 1);
        return (mean - riskFree) / Math.Sqrt(variance);
    }

    [Differentiable(Wrt = ["weights"])]
    public static double Shortfall(double[] weights, double[] returns, double level)
    {
        var losses = from day in Enumerable.Range(0, returns.Length / weights.Length)
                     let loss = -weights.Zip(returns.Skip(day * weights.Length), (w, r) => w * r).Sum()
                     where loss > level
                     select loss - level;
        double drawdown = 0, peak = 0, wealth = 0;
        foreach (double loss in losses)
        {
            wealth -= loss;
            peak = Math.Max(peak, wealth);
            drawdown = Math.Max(drawdown, peak - wealth);
        }

        return losses.Any() ? losses.Average() + losses.Max() * drawdown : 0;
    }

    [Differentiable]
    public static double Concentration(Position[] positions)
    {
        double total = positions.Sum(p => p.Price * p.Quantity);
        return positions.Select(p => p.Price * p.Quantity / total).Aggregate(0.0, (sum, share) => sum + share * share);
    }
}
