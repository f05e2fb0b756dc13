using System.Runtime.CompilerServices;
using Digits;
using SoftDiff.Benchmarks.Functions;

namespace SoftDiff.Benchmarks;

/// <summary>
/// The rows of the table. The loops around the calls are compiled once and without profile (<see cref="MethodImplOptions.AggressiveOptimization"/>),
/// so that the JIT inlines neither of the two implementations on the strength of having seen it more often.
/// </summary>
internal static class Suite
{
    private const MethodImplOptions Plain = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    // Scalar functions are called at this many points by turns, a power of two.
    private const int Points = 64;

    private delegate double PairGradient(double x, double y, out double dX, out double dY);

    private delegate double ChainGradient(ReadOnlySpan<double> x, Span<double> dX);

    private delegate double CallGradient(
        double spot, double strike, double rate, double volatility, double time,
        out double dSpot, out double dStrike, out double dRate, out double dVolatility, out double dTime);

    private delegate double LogisticGradient(ReadOnlySpan<double> w, ReadOnlySpan<double> features, ReadOnlySpan<double> labels, Span<double> dW);

    private delegate double MlpGradient(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2,
        ReadOnlySpan<double> input, int label,
        Span<double> dW1, Span<double> dB1, Span<double> dW2, Span<double> dB2);

    private delegate double DigitsGradient(ReadOnlySpan<double> weights, ReadOnlySpan<double> pixels, ReadOnlySpan<int> labels, Span<double> dWeights);

    private delegate double Entropy(ReadOnlySpan<double> logits, int target);

    private delegate double EntropyGradient(ReadOnlySpan<double> logits, int target, Span<double> dLogits);

    public static IEnumerable<Comparison> All()
    {
        yield return RosenbrockPair();
        yield return RosenbrockChain(1000);
        yield return BlackScholesCall();
        yield return Logistic(1000, 20);
        yield return MlpExample();
        yield return DigitsLoss();
        foreach (int classes in (int[])[10, 1_000, 100_000])
        {
            yield return EntropyValue(classes);
            yield return EntropyValueAndGradient(classes);
        }
    }

    private static Comparison RosenbrockPair()
    {
        var random = new Random(1);
        double[] x = Uniform(random, Points, -2, 2);
        double[] y = Uniform(random, Points, -1, 3);

        Func<int, double> Loop(PairGradient gradient) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++)
            {
                int k = i & (Points - 1);
                sink += gradient(x[k], y[k], out double dX, out double dY) + dX + dY;
            }

            return sink;
        };

        return new("Rosenbrock n=2", RowKind.Gradient, Loop(Rosenbrock.PairGrad), Loop(Rosenbrock.PairByHand), () =>
        {
            for (int k = 0; k < Points; k++)
            {
                double value = Rosenbrock.PairGrad(x[k], y[k], out double dX, out double dY);
                Agreement.Scalar("value", value, Rosenbrock.PairByHand(x[k], y[k], out double dX2, out double dY2));
                Agreement.Scalar("dX", dX, dX2);
                Agreement.Scalar("dY", dY, dY2);
            }
        });
    }

    private static Comparison RosenbrockChain(int n)
    {
        double[] x = Uniform(new Random(2), n, -2, 2);
        double[] dX = new double[n];

        Func<int, double> Loop(ChainGradient gradient) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++) sink += gradient(x, dX) + dX[0];
            return sink;
        };

        return new($"Rosenbrock n={n}", RowKind.Gradient, Loop(Rosenbrock.ChainGrad), Loop(Rosenbrock.ChainByHand), () =>
        {
            double[] expected = new double[n];
            Agreement.Dirty(dX);
            Agreement.Scalar("value", Rosenbrock.ChainGrad(x, dX), Rosenbrock.ChainByHand(x, expected));
            Agreement.Vector("dX", dX, expected);
        });
    }

    private static Comparison BlackScholesCall()
    {
        var random = new Random(3);
        double[] spot = Uniform(random, Points, 80, 120);
        double[] strike = Uniform(random, Points, 80, 120);
        double[] rate = Uniform(random, Points, 0.01, 0.06);
        double[] volatility = Uniform(random, Points, 0.1, 0.5);
        double[] time = Uniform(random, Points, 0.25, 3);

        Func<int, double> Loop(CallGradient gradient) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++)
            {
                int k = i & (Points - 1);
                sink += gradient(
                    spot[k], strike[k], rate[k], volatility[k], time[k],
                    out double dSpot, out double dStrike, out double dRate, out double dVolatility, out double dTime);
                sink += dSpot + dStrike + dRate + dVolatility + dTime;
            }

            return sink;
        };

        return new("Black-Scholes", RowKind.Gradient, Loop(BlackScholes.CallGrad), Loop(BlackScholes.CallByHand), () =>
        {
            for (int k = 0; k < Points; k++)
            {
                double value = BlackScholes.CallGrad(
                    spot[k], strike[k], rate[k], volatility[k], time[k],
                    out double dSpot, out double dStrike, out double dRate, out double dVolatility, out double dTime);
                double expected = BlackScholes.CallByHand(
                    spot[k], strike[k], rate[k], volatility[k], time[k],
                    out double dSpot2, out double dStrike2, out double dRate2, out double dVolatility2, out double dTime2);
                Agreement.Scalar("value", value, expected);
                Agreement.Scalar("dSpot", dSpot, dSpot2);
                Agreement.Scalar("dStrike", dStrike, dStrike2);
                Agreement.Scalar("dRate", dRate, dRate2);
                Agreement.Scalar("dVolatility", dVolatility, dVolatility2);
                Agreement.Scalar("dTime", dTime, dTime2);
            }
        });
    }

    private static Comparison Logistic(int n, int d)
    {
        var random = new Random(4);
        double[] w = Uniform(random, d, -1, 1);
        double[] features = Uniform(random, n * d, -1, 1);
        double[] labels = [.. Uniform(random, n, -1, 1).Select(u => u < 0 ? -1.0 : 1.0)];
        double[] dW = new double[d];

        Func<int, double> Loop(LogisticGradient gradient) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++) sink += gradient(w, features, labels, dW) + dW[0];
            return sink;
        };

        return new($"logistic regression n={n} d={d}", RowKind.Gradient, Loop(LogisticRegression.LossGrad), Loop(LogisticRegression.LossByHand), () =>
        {
            double[] expected = new double[d];
            Agreement.Dirty(dW);
            Agreement.Scalar("value", LogisticRegression.LossGrad(w, features, labels, dW), LogisticRegression.LossByHand(w, features, labels, expected));
            Agreement.Vector("dW", dW, expected);
        });
    }

    private static Comparison MlpExample()
    {
        var random = new Random(5);
        double[] w1 = Uniform(random, Mlp.Hidden * Mlp.Inputs, -0.2, 0.2);
        double[] b1 = Uniform(random, Mlp.Hidden, -0.1, 0.1);
        double[] w2 = Uniform(random, Mlp.Classes * Mlp.Hidden, -0.2, 0.2);
        double[] b2 = Uniform(random, Mlp.Classes, -0.1, 0.1);
        double[] input = Uniform(random, Mlp.Inputs, -1, 1);
        const int Label = 3;
        double[] dW1 = new double[w1.Length], dB1 = new double[b1.Length], dW2 = new double[w2.Length], dB2 = new double[b2.Length];

        Func<int, double> Loop(MlpGradient gradient) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++) sink += gradient(w1, b1, w2, b2, input, Label, dW1, dB1, dW2, dB2) + dW1[0];
            return sink;
        };

        return new("MLP 32-64-10", RowKind.Gradient, Loop(Mlp.LossGrad), Loop(Mlp.LossByHand), () =>
        {
            double[] eW1 = new double[w1.Length], eB1 = new double[b1.Length], eW2 = new double[w2.Length], eB2 = new double[b2.Length];
            Agreement.Dirty(dW1, dB1, dW2, dB2);
            Agreement.Scalar(
                "value",
                Mlp.LossGrad(w1, b1, w2, b2, input, Label, dW1, dB1, dW2, dB2),
                Mlp.LossByHand(w1, b1, w2, b2, input, Label, eW1, eB1, eW2, eB2));
            Agreement.Vector("dW1", dW1, eW1);
            Agreement.Vector("dB1", dB1, eB1);
            Agreement.Vector("dW2", dW2, eW2);
            Agreement.Vector("dB2", dB2, eB2);
        });
    }

    private static Comparison DigitsLoss()
    {
        var (pixels, labels) = DigitsData.Load(seed: 1).Training;
        double[] weights = Uniform(new Random(6), SoftmaxRegression.Parameters, -0.5, 0.5);
        double[] dWeights = new double[weights.Length];

        Func<int, double> Loop(DigitsGradient gradient) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++) sink += gradient(weights, pixels, labels, dWeights) + dWeights[0];
            return sink;
        };

        return new($"Digits n={labels.Length}", RowKind.Gradient, Loop(SoftmaxRegression.LossGrad), Loop(DigitsByHand.Loss), () =>
        {
            double[] expected = new double[weights.Length];
            Agreement.Dirty(dWeights);
            Agreement.Scalar("value", SoftmaxRegression.LossGrad(weights, pixels, labels, dWeights), DigitsByHand.Loss(weights, pixels, labels, expected));
            Agreement.Vector("dWeights", dWeights, expected);
        });
    }

    private static Comparison EntropyValue(int classes)
    {
        double[] logits = Uniform(new Random(7), classes, -5, 5);
        int target = classes / 3;

        Func<int, double> Loop(Entropy entropy) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++) sink += entropy(logits, target);
            return sink;
        };

        return new($"cross-entropy stable / naive, {classes} classes, value", RowKind.Stability, Loop(CrossEntropy.Stable), Loop(CrossEntropy.Naive), () =>
            Agreement.Scalar("value", CrossEntropy.Stable(logits, target), CrossEntropy.Naive(logits, target)));
    }

    private static Comparison EntropyValueAndGradient(int classes)
    {
        double[] logits = Uniform(new Random(7), classes, -5, 5);
        double[] dLogits = new double[classes];
        int target = classes / 3;

        Func<int, double> Loop(EntropyGradient gradient) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++) sink += gradient(logits, target, dLogits) + dLogits[0];
            return sink;
        };

        string name = $"cross-entropy stable / naive, {classes} classes, gradient";
        return new(name, RowKind.Stability, Loop(CrossEntropy.StableGrad), Loop(CrossEntropy.NaiveByHand), () =>
        {
            double[] expected = new double[classes];
            Agreement.Dirty(dLogits);
            Agreement.Scalar("value", CrossEntropy.StableGrad(logits, target, dLogits), CrossEntropy.NaiveByHand(logits, target, expected));
            Agreement.Vector("dLogits", dLogits, expected);
        });
    }

    private static double[] Uniform(Random random, int count, double low, double high)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++) values[i] = low + (high - low) * random.NextDouble();
        return values;
    }
}
