namespace SoftDiff.Tests.Programs;

/// <summary>Programs with objects, as people write them, against differences.</summary>
public sealed class ObjectProgramTests
{
    private static readonly DateTime Today = new(2026, 3, 2);

    private static readonly List<CashFlow> Flows =
    [
        new(Today.AddDays(-30), 5, Leg.Fixed),
        new(Today.AddDays(180), 2.5, Leg.Fixed),
        new(Today.AddDays(365), 2.5, Leg.Floating),
        new(Today.AddDays(600), -40, Leg.Floating, "USD"),
        new(Today.AddDays(730), 102.5, Leg.Fixed),
        new(Today.AddDays(3000), 12, Leg.Floating),
    ];

    [Fact]
    public void CashFlowsInAListAreExact()
    {
        ZeroCurve curve = new(Today, [0.5, 1, 2, 5], [0.02, 0.025, 0.03, 0.035]);
        Dictionary<string, double> fx = new() { ["USD"] = 0.9 };
        double[] x = [0.001, 0.0125];

        double value = CashFlows.ValueGrad(Flows, curve, fx, x[0], x[1], out double dBump, out double dShift);

        Assert.Equal(CashFlows.Value(Flows, curve, fx, x[0], x[1]), value);
        Differences.AssertGradient(() => CashFlows.Value(Flows, curve, fx, x[0], x[1]), x, [dBump, dShift], 1e-4);
    }

    [Fact]
    public void YieldsOfRecordsAreExact()
    {
        double[] x = [0.031];

        CashFlows.PriceGrad(Flows, Today, x[0], 99, out double dYield);

        Differences.AssertGradient(() => CashFlows.Price(Flows, Today, x[0], 99), x, [dYield]);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20261130)]
    public void ABarrierOptionByPathsIsExact(int seed)
    {
        Contract contract = new() { Strike = 95, Barrier = 130 };
        double[] x = [100, 0.02, 0.2];

        BarrierOption.PriceGrad(contract, x[0], x[1], x[2], 64, seed, out double dSpot, out double dRate, out double dVolatility);
        BarrierOption.PriceJvp(contract, x[0], x[1], x[2], 64, seed, 1, 0.5, -2, out double tResult);

        Assert.Equal(dSpot + (0.5 * dRate) - (2 * dVolatility), tResult, 1e-9);
        Differences.AssertGradient(() => BarrierOption.Price(contract, x[0], x[1], x[2], 64, seed), x, [dSpot, dRate, dVolatility], 1e-5);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    public void ARollOutOfACartPoleIsExact(int steps)
    {
        double[] gains = [0.1, 0.3, 2.1, 0.4];
        double[] x = [0.2, 0.7];
        double[] dGains = new double[4];

        Control.RollOutGrad(gains, x[0], x[1], steps, 0.02, dGains, out double dAngle, out double dLength);

        Differences.AssertGradient(() => Control.RollOut(gains, x[0], x[1], steps, 0.02), gains, dGains, 1e-4);
        Differences.AssertGradient(() => Control.RollOut(gains, x[0], x[1], steps, 0.02), x, [dAngle, dLength], 1e-4);
    }
}
