namespace SoftDiff.Benchmarks.Functions;

public static partial class BlackScholes
{
    public static double CallByHand(
        double spot, double strike, double rate, double volatility, double time,
        out double dSpot, out double dStrike, out double dRate, out double dVolatility, out double dTime)
    {
        double root = Math.Sqrt(time);
        double deviation = volatility * root;
        double inverse = 1 / deviation;
        double drift = rate + 0.5 * volatility * volatility;
        double d1 = (Math.Log(spot / strike) + drift * time) * inverse;
        double d2 = d1 - deviation;
        double n1 = NormalCdfByHand(d1, out double density1);
        double n2 = NormalCdfByHand(d2, out double density2);
        double discount = Math.Exp(-rate * time);
        double discounted = strike * discount;

        // The density belongs to the approximation, so spot·density1 and discounted·density2 differ a little and both stay.
        double d2Bar = -discounted * density2;
        double d1Bar = spot * density1 + d2Bar;
        double numeratorBar = d1Bar * inverse;
        double deviationBar = -d1Bar * d1 * inverse - d2Bar;
        double discountedBar = -n2;

        dSpot = n1 + numeratorBar / spot;
        dStrike = discountedBar * discount - numeratorBar / strike;
        dRate = numeratorBar * time - discountedBar * discounted * time;
        dVolatility = numeratorBar * volatility * time + deviationBar * root;
        dTime = numeratorBar * drift - discountedBar * discounted * rate + deviationBar * volatility * 0.5 / root;
        return spot * n1 - discounted * n2;
    }

    private static double NormalCdfByHand(double x, out double derivative)
    {
        double z = Math.Abs(x);
        double k = 1 / (1 + 0.2316419 * z);
        double density = 0.3989422804014327 * Math.Exp(-0.5 * z * z);
        double series = k * (0.319381530 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
        double slope = 0.319381530 + k * (2 * -0.356563782 + k * (3 * 1.781477937 + k * (4 * -1.821255978 + k * (5 * 1.330274429))));
        double tail = density * series;
        derivative = z * tail + density * slope * 0.2316419 * k * k;
        return x < 0 ? tail : 1 - tail;
    }
}
