using SoftDiff.Tests.Programs.Attention;
using SoftDiff.Tests.Programs.Chemistry;
using SoftDiff.Tests.Programs.Expressions;
using SoftDiff.Tests.Programs.Heat;
using SoftDiff.Tests.Programs.Lighting;
using SoftDiff.Tests.Programs.Matrices;
using SoftDiff.Tests.Programs.Patterns;
using SoftDiff.Tests.Programs.Regression;
using SoftDiff.Tests.Programs.Rendering;
using SoftDiff.Tests.Programs.Smiles;
using SoftDiff.Tests.Programs.Spectra;

namespace SoftDiff.Tests.Programs.Trades;

/// <summary>Programs of several trades as one writes them without SoftDiff, against differences.</summary>
public sealed class TradeProgramTests
{
    [Theory]
    [InlineData(WeightScheme.Uniform)]
    [InlineData(WeightScheme.Quote)]
    [InlineData(WeightScheme.AtmHeavy)]
    public void CalibrationOfASmileIsExact(WeightScheme scheme)
    {
        List<SmileQuote> quotes = [new(0.02, 0.3), new(0.03, 0.25), new(0.04, 0.24, 2)];
        var calibrator = new SabrCalibrator(quotes, 0.03, 2) { Scheme = scheme };
        double[] p = [0.05, -0.2, 0.4];

        double Cost() => calibrator.Objective(new SabrParameters(p[0], p[1], p[2]));
        double cost = calibrator.ObjectiveGrad(new SabrParameters(p[0], p[1], p[2]), out SabrParameters d);

        Assert.Equal(Cost(), cost, 1e-9);
        Differences.AssertGradient(Cost, p, [d.Alpha, d.Rho, d.Nu], 1e-4);
        Assert.Throws<ArgumentOutOfRangeException>(() => calibrator.ObjectiveGrad(new SabrParameters(0.05, 1, 0.4), out _));
    }

    [Fact]
    public void SphericalHarmonicsAreExact()
    {
        List<double> coefficients = [.. Enumerable.Range(0, 16).Select(i => Math.Sin(1 + i))];
        double[] at = [0.5, 0.2, 0.4];

        SphericalHarmonics.RadianceGrad(coefficients, 4, (at[0], at[1], at[2]), out var d);

        Differences.AssertGradient(() => SphericalHarmonics.Radiance(coefficients, 4, (at[0], at[1], at[2])), at, [d.X, d.Y, d.Z]);
        Assert.Throws<ArgumentException>(() => SphericalHarmonics.RadianceGrad(coefficients, 3, (1, 1, 1), out _));
    }

    [Fact]
    public void TheAdjointOfTheHeatEquationIsExact()
    {
        var solver = new HeatSolver(new Heat.Grid(6, 1.5), new FixedBoundary(), [0.1, 0.2, 0.3, 0.4, 0.5, 0.2]);
        double[] initial = [1, 2, 3, 2, 1, 0], conductivity = [1, 1.1, 1.2, 1.3, 1.2, 1.1, 1], time = [0.3];
        double[] dInitial = new double[6], dConductivity = new double[7];

        solver.MisfitGrad(initial, conductivity, time[0], 20, dInitial, dConductivity, out double dTime);

        double Cost() => solver.Misfit(initial, conductivity, time[0]);
        Differences.AssertGradient(Cost, initial, dInitial);
        Differences.AssertGradient(Cost, conductivity, dConductivity);
        Differences.AssertGradient(Cost, time, [dTime]);
    }

    [Fact]
    public void AKalmanFilterOnAMatrixClassIsExact()
    {
        double[] observations = [0.1, 0.3, 0.2, 0.7, 1.1];
        double[] noise = [0.3, 0.5];

        Kalman.NegativeLogLikelihoodGrad(noise[0], noise[1], observations, 0.1, out double dProcess, out double dMeasurement);

        double Cost() => Kalman.NegativeLogLikelihood(noise[0], noise[1], observations, 0.1);
        Differences.AssertGradient(Cost, noise, [dProcess, dMeasurement]);
    }

    [Fact]
    public void AReactionNetworkIsExact()
    {
        var network = new ReactionNetwork { SpeciesCount = 3 };
        network.Reactions.Add(new Reaction { Name = "forth", Reactants = new() { [0] = 1, [1] = 2 }, Products = new() { [2] = 1 } });
        network.Reactions.Add(new Reaction { Name = "back", Reactants = new() { [2] = 1 }, Products = new() { [0] = 1, [1] = 1 } });
        double[] k = [0.7, 0.3], c0 = [1, 0.8, 0.1], dK = new double[2], dC0 = new double[3];

        Kinetics.FinalConcentrationGrad(network, k, c0, 2, 1, 0.05, dK, dC0);

        double Cost() => Kinetics.FinalConcentration(network, k, c0, 2);
        Differences.AssertGradient(Cost, k, dK);
        Differences.AssertGradient(Cost, c0, dC0);
    }

    [Fact]
    public void AnAttentionBlockIsExact()
    {
        var block = new TransformerBlock(new TransformerConfig(4, 2, 8));
        double[][] x = Rows(3, 1), wq = Rows(4, 2), wk = Rows(4, 30), wv = Rows(4, 40), wo = Rows(4, 50), target = Rows(3, 60);
        double[][] dX = Zeros(3), dQ = Zeros(4), dK = Zeros(4), dV = Zeros(4), dO = Zeros(4);

        block.LossGrad(x, wq, wk, wv, wo, target, dX, dQ, dK, dV, dO);

        double Cost() => block.Loss(x, wq, wk, wv, wo, target);
        foreach (var (values, gradient) in new[] { (x, dX), (wq, dQ), (wk, dK), (wv, dV), (wo, dO) })
        {
            for (int i = 0; i < values.Length; i++) Differences.AssertGradient(Cost, values[i], gradient[i]);
        }

        static double[][] Rows(int n, int seed) =>
            [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, 4).Select(j => Math.Sin(seed + (4 * i) + j)).ToArray())];
        static double[][] Zeros(int n) => [.. Enumerable.Range(0, n).Select(_ => new double[4])];
    }

    [Fact]
    public void AMarchedRayIsExact()
    {
        double[] p = [0.2, 0.8, -4, 0.1, 0.2, 0, 0.9, 0.3];

        double Shade() => SphereMarcher.Shade(new(p[0], p[1], p[2]), new(p[3], p[4], p[5]), p[6], p[7]);
        double shade = SphereMarcher.ShadeGrad(
            new(p[0], p[1], p[2]), new(p[3], p[4], p[5]), p[6], p[7],
            out var dOrigin, out var dTarget, out double dRadius, out double dBlend);

        // The march stops at a distance of 1e-9, which differences with small steps see.
        Assert.Equal(Shade(), shade, 1e-12);
        double[] gradient = [dOrigin.X, dOrigin.Y, dOrigin.Z, dTarget.X, dTarget.Y, dTarget.Z, dRadius, dBlend];
        for (int i = 0; i < p.Length; i++)
        {
            double at = p[i];
            p[i] = at + 1e-4;
            double above = Shade();
            p[i] = at - 1e-4;
            double below = Shade();
            p[i] = at;
            Assert.Equal((above - below) / 2e-4, gradient[i], 1e-4);
        }
    }

    [Fact]
    public void PatternsOnAFieldClassAreExact()
    {
        double[] rates = [0.035, 0.06];

        GrayScott.PatternGrad(rates[0], rates[1], 5, 4, out double dFeed, out double dKill);

        Differences.AssertGradient(() => GrayScott.Pattern(rates[0], rates[1], 5, 4), rates, [dFeed, dKill]);
    }

    [Fact]
    public void LogisticRegressionIsExact()
    {
        List<Example> examples = [new([0.1, 0.2], true), new([0.5, -1], false, 2)];
        double[] w = [0.3, 0.4, -0.1], dW = new double[3];

        Logistic.LossGrad(w, examples, 0.1, dW, out _);
        Differences.AssertGradient(() => Logistic.Loss(w, examples, 0.1), w, dW);
        Logistic.LossLinqGrad(w, examples, dW);
        Differences.AssertGradient(() => Logistic.LossLinq(w, examples), w, dW);
        Logistic.WeightedLossGrad(w, [.. examples], dW);
        Differences.AssertGradient(() => Logistic.WeightedLoss(w, [.. examples]), w, dW);
    }

    [Fact]
    public void AnExpressionTreeIsExact()
    {
        Expr tree = new Add(new Mul(new Var(0), new Fn("sin", new Var(1))), new Fn("exp", new Mul(new Const(0.5), new Var(0))));
        double[] x = [0.3, 0.7], dX = new double[2];

        Evaluator.ValueGrad(tree, x, dX);

        Differences.AssertGradient(() => Evaluator.Value(tree, x), x, dX);
    }

    [Fact]
    public void AFitOfASpectrumIsExact()
    {
        var fit = new SpectrumFit([(0, 1), (0.5, 2), (1, 1.5), (2, 0.2)]);
        double[] p = [1, 0.4, 0.5, 0.7, 1.1, 0.3, 0.1], dP = new double[7];

        fit.Chi2Grad(p, dP);

        Differences.AssertGradient(() => fit.Chi2(p), p, dP);
    }
}
