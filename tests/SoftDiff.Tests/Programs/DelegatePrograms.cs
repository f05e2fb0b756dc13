namespace SoftDiff.Tests.Programs;

/// <summary>Programs that pass functions around and query arrays, against differences.</summary>
public sealed class DelegatePrograms
{
    private static readonly double[] Knots = [0, 0.7, 1.5, 2.4, 3];

    [Fact]
    public void ModelsGivenToAnIntegratorAreExact()
    {
        double[] rates = [0.9, 0.4, 0.3, 0.7], start = [1.2, 0.8];
        double[] observed = [1.4, 0.8, 1.7, 0.9, 1.9, 1.1, 1.8, 1.4];
        double[] dRates = new double[4], dStart = new double[2];

        double value = PredatorPrey.MisfitGrad(rates, start, observed, 0.4, dRates, dStart);

        double Misfit() => PredatorPrey.Misfit(rates, start, observed, 0.4);
        Assert.Equal(Misfit(), value);
        AssertGradient(Misfit, rates, dRates);
        AssertGradient(Misfit, start, dStart);
    }

    [Fact]
    public void QuadratureOfASplineIsExact()
    {
        double[] values = [0.3, 1.2, 0.4, -0.6, 0.2];
        double[] dKnots = new double[5], dValues = new double[5];

        double length = ArcLength.LengthGrad(Knots, values, dKnots, dValues);

        Assert.Equal(ArcLength.Length(Knots, values), length);
        AssertGradient(() => ArcLength.Length(Knots, values), values, dValues);
    }

    [Fact]
    public void RootsOfAnIntegralAreExact()
    {
        double[] values = [0.3, 1.2, 0.4, -0.6, 0.2], length = [2];
        double[] dValues = new double[5];

        double place = ArcLength.PlaceAtGrad(Knots, values, length[0], dValues, out double dLength);

        Assert.Equal(ArcLength.PlaceAt(Knots, values, length[0]), place);
        AssertGradient(() => ArcLength.PlaceAt(Knots, values, length[0]), values, dValues);
        AssertGradient(() => ArcLength.PlaceAt(Knots, values, length[0]), length, [dLength]);
    }

    [Fact]
    public void QueriesOnReturnsAreExact()
    {
        double[] weights = [0.5, 0.3, 0.4];
        double[] returns = [.. Enumerable.Range(0, 24).Select(i => 0.01 + 0.03 * Math.Sin(1 + 2.3 * i))];
        double[] dWeights = new double[3];

        double sharpe = Portfolio.SharpeGrad(weights, returns, 0.002, dWeights);
        Assert.Equal(Portfolio.Sharpe(weights, returns, 0.002), sharpe);
        AssertGradient(() => Portfolio.Sharpe(weights, returns, 0.002), weights, dWeights);

        double shortfall = Portfolio.ShortfallGrad(weights, returns, 0.005, dWeights);
        Assert.Equal(Portfolio.Shortfall(weights, returns, 0.005), shortfall);
        AssertGradient(() => Portfolio.Shortfall(weights, returns, 0.005), weights, dWeights);
    }

    [Fact]
    public void QueriesOnStructsAreExact()
    {
        Portfolio.Position[] positions = [new(10, 3), new(20, 1), new(5, 7)];
        var dPositions = new Portfolio.Position[3];

        Portfolio.ConcentrationGrad(positions, dPositions);

        for (int i = 0; i < positions.Length; i++)
        {
            double[] price = [positions[i].Price];
            AssertGradient(
                () => Portfolio.Concentration([.. positions.Select((p, k) => k == i ? p with { Price = price[0] } : p)]), price, [dPositions[i].Price]);
        }
    }

    [Fact]
    public void MethodsOfAnObjectGivenToAnIntegratorAreExact()
    {
        var oscillator = new Oscillator(2.5, [0.3, -0.1, 0.4, 0.2]);
        double[] inputs = [0.7, -0.2, 0.1];

        double value = oscillator.FinalGrad(inputs[0], inputs[1], inputs[2], out double dX, out double dV, out double dDt);

        double Final() => oscillator.Final(inputs[0], inputs[1], inputs[2]);
        Assert.Equal(Final(), value);
        AssertGradient(Final, inputs, [dX, dV, dDt]);
    }

    /// <summary>Central differences of fourth order.</summary>
    private static void AssertGradient(Func<double> f, double[] inputs, double[] gradient)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            double at = inputs[i], h = 1e-3 * Math.Max(1, Math.Abs(at));
            double At(double step)
            {
                inputs[i] = at + step;
                double value = f();
                inputs[i] = at;
                return value;
            }

            double expected = (8 * (At(h) - At(-h)) - At(2 * h) + At(-2 * h)) / (12 * h);
            Assert.Equal(expected, gradient[i], 1e-7 * Math.Max(1, Math.Abs(expected)));
        }
    }
}
