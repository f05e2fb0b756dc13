using SoftDiff.Tests.Programs.Finance.Cva;
using SoftDiff.Tests.Programs.Finance.Trinomial;

namespace SoftDiff.Tests.Programs.Finance;

/// <summary>Prices of options and credit risk, as one writes them without SoftDiff, against differences.</summary>
public sealed class FinanceProgramTests
{
    [Theory]
    [InlineData(OptionType.Put)]
    [InlineData(OptionType.Call)]
    public void AnAmericanOptionOnATrinomialTreeIsExact(OptionType type)
    {
        var option = new AmericanOption { Strike = 100, Expiry = 0.7, Type = type };
        double[] p = [96.31, 0.043, 0.26, 0.02];

        double Price() => TrinomialTree.Price(new Market(p[0], p[1], p[2], p[3]), option, 7);
        double price = TrinomialTree.PriceGrad(new Market(p[0], p[1], p[2], p[3]), option, 7, out Market d);

        Assert.Equal(Price(), price, 1e-10);
        Differences.AssertGradient(Price, p, [d.Spot, d.Rate, d.Volatility, d.DividendYield], 1e-5);
    }

    [Fact]
    public void ACreditValueAdjustmentByPathsIsExact()
    {
        double[] p = [0.3, 0.04, 0.015, 0.03, 0.02, 0.4, 0.035];

        double Cva() => CvaCalculator.Cva(p[0], p[1], p[2], p[3], new Counterparty(p[4], p[5]), p[6], 3, 20, 5);
        double cva = CvaCalculator.CvaGrad(
            p[0], p[1], p[2], p[3], new Counterparty(p[4], p[5]), p[6], 3, 20, 5,
            out double dKappa, out double dTheta, out double dSigma, out double dR0, out Counterparty d, out double dRate);

        Assert.Equal(Cva(), cva, 1e-14);
        Differences.AssertGradient(Cva, p, [dKappa, dTheta, dSigma, dR0, d.HazardRate, d.Recovery, dRate], 1e-5);
    }
}
