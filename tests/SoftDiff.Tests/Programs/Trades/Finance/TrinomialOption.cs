namespace SoftDiff.Tests.Programs.Finance.Trinomial;

public enum OptionType { Call, Put }

public readonly record struct Market(double Spot, double Rate, double Volatility, double DividendYield = 0);

public sealed class AmericanOption
{
    public required double Strike { get; init; }
    public required double Expiry { get; init; }
    public OptionType Type { get; init; } = OptionType.Put;

    public double Payoff(double spot) => Type switch
    {
        OptionType.Call => Math.Max(spot - Strike, 0),
        OptionType.Put => Math.Max(Strike - spot, 0),
        _ => throw new NotSupportedException($"Unknown option type {Type}"),
    };
}

public static partial class TrinomialTree
{
    [Differentiable]
    public static double Price(Market market, AmericanOption option, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        double dt = option.Expiry / steps;
        double up = Math.Exp(market.Volatility * Math.Sqrt(2 * dt));
        double drift = Math.Exp((market.Rate - market.DividendYield) * dt / 2);
        double su = Math.Exp(market.Volatility * Math.Sqrt(dt / 2));
        double sd = 1 / su;
        double pu = Square((drift - sd) / (su - sd));
        double pd = Square((su - drift) / (su - sd));
        double pm = 1 - pu - pd;
        double discount = Math.Exp(-market.Rate * dt);

        var spots = new double[steps + 1, 2 * steps + 1];
        for (int i = 0; i <= steps; i++)
        {
            for (int j = -i; j <= i; j++)
                spots[i, j + i] = market.Spot * Math.Pow(up, j);
        }

        var values = new double[steps + 1, 2 * steps + 1];
        for (int j = 0; j < values.GetLength(1); j++)
            values[steps, j] = option.Payoff(spots[steps, j]);

        for (int i = steps - 1; i >= 0; i--)
        {
            for (int j = 0; j <= 2 * i; j++)
            {
                double continuation = discount * (pd * values[i + 1, j] + pm * values[i + 1, j + 1] + pu * values[i + 1, j + 2]);
                values[i, j] = Math.Max(continuation, option.Payoff(spots[i, j]));
            }
        }

        return values[0, 0];

        static double Square(double x) => x * x;
    }
}
