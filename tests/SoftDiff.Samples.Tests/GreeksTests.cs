using Greeks;

namespace SoftDiff.Samples.Tests;

public static class GreeksTests
{
    public static TheoryData<string, double, double> CallGreeks()
    {
        var data = new TheoryData<string, double, double>();
        foreach (var (name, generated, closedForm) in Market.CallGreeks()) data.Add(name, generated, closedForm);
        return data;
    }

    [Theory]
    [MemberData(nameof(CallGreeks))]
    public static void Declared_derivatives_agree_with_closed_forms(string name, double generated, double closedForm)
    {
        Assert.True(Math.Abs(closedForm) > 1e-5, name);
        Assert.Equal(closedForm, generated, 1e-13 * Math.Max(1, Math.Abs(closedForm)));
    }

    [Theory]
    [InlineData(-9, 0)]
    [InlineData(-1.959963984540054, 0.025)]
    [InlineData(0, 0.5)]
    [InlineData(2.5758293035489004, 0.995)]
    [InlineData(9, 1)]
    public static void The_distribution_has_the_values_of_tables(double x, double probability) =>
        Assert.Equal(probability, StandardNormal.Cdf(x), 1e-15);

    /// <summary>Pathwise Greeks of the call are unbiased; its gamma needs the rounded corner.</summary>
    [Fact]
    public static void Simulated_greeks_of_the_call_agree_with_closed_forms()
    {
        var closed = new ClosedForms(Market.Spot, Market.Time, Market.Rate, Market.Volatility, Market.Strike, Market.Maturity);
        var simulation = new MonteCarlo(paths: 10_000, steps: 12, seed: 5);
        var hard = simulation.Run(Paths.CallGreeks, Paths.CallGamma, softness: 1, SoftMode.Hard);
        var soft = simulation.Run(Paths.CallGreeks, Paths.CallGamma, softness: 1, SoftMode.Smooth);
        double[] expected = [closed.Price, closed.Delta, closed.Rho, closed.Vega];
        for (int i = 0; i < expected.Length; i++) Near(expected[i], hard[i]);
        Assert.Equal(default, hard[4]);
        Near(closed.Gamma, soft[4]);
    }

    /// <summary>The exact payoff of the digital option has no slope at all; the rounded jump gives all Greeks.</summary>
    [Fact]
    public static void Simulated_greeks_of_the_digital_option_need_the_soft_payoff()
    {
        var simulation = new MonteCarlo(paths: 10_000, steps: 12, seed: 5);
        var hard = simulation.Run(Paths.DigitalGreeks, Paths.DigitalGamma, softness: 2, SoftMode.Hard);
        var soft = simulation.Run(Paths.DigitalGreeks, Paths.DigitalGamma, softness: 2, SoftMode.Smooth);
        double price = European.DigitalGreeks(
            Market.Spot, Market.Rate, Market.Volatility, Market.Strike, Market.Maturity, out double delta, out double rho, out double vega);
        Near(price, hard[0]);
        Assert.Equal(default, hard[1]);
        Near(price, soft[0]);
        Near(delta, soft[1]);
        Near(rho, soft[2]);
        Near(vega, soft[3]);
        double gamma = European.DigitalGamma(Market.Spot, Market.Rate, Market.Volatility, Market.Strike, Market.Maturity);
        Near(gamma, soft[4], largestError: 0.5);
    }

    /// <summary>Within three standard errors, none of which is too large to tell anything.</summary>
    private static void Near(double expected, Estimate estimate, double largestError = 0.2)
    {
        Assert.InRange(estimate.Mean, expected - (3 * estimate.StandardError), expected + (3 * estimate.StandardError));
        Assert.InRange(estimate.StandardError, 0, largestError * Math.Abs(expected));
    }
}
