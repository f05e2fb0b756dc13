using SoftDiff.Benchmarks.Functions;

namespace SoftDiff.Benchmarks.Structs;

/// <summary>A European call: the numbers of <see cref="BlackScholes.Call"/>.</summary>
public readonly record struct Option(double Spot, double Strike, double Rate, double Volatility, double Time)
{
    public double Deviation => Volatility * Math.Sqrt(Time);

    public double Discount => Math.Exp(-Rate * Time);
}

public record struct Point(double X, double Y);

/// <summary>A number of the chain, in a struct of its own.</summary>
public record struct Knot(double At);

/// <summary>A label and where it comes from.</summary>
public readonly record struct Sample(double Label, int Source);

/// <summary>The weights of <see cref="Mlp"/> in an object.</summary>
public sealed class Weights(double[] w1, double[] b1, double[] w2, double[] b2)
{
    public readonly double[] W1 = w1, B1 = b1, W2 = w2, B2 = b2;
}

/// <summary>The functions of the table of gradients as one writes them with values and objects.</summary>
public static partial class StructFunctions
{
    [Differentiable]
    public static double Call(Option option)
    {
        double deviation = option.Deviation;
        double d1 = (Math.Log(option.Spot / option.Strike) + (option.Rate + 0.5 * option.Volatility * option.Volatility) * option.Time) / deviation;
        double d2 = d1 - deviation;
        return option.Spot * BlackScholes.NormalCdf(d1) - option.Strike * option.Discount * BlackScholes.NormalCdf(d2);
    }

    [Differentiable]
    public static double Pair(Point p) => (1 - p.X) * (1 - p.X) + 100 * (p.Y - p.X * p.X) * (p.Y - p.X * p.X);

    [Differentiable]
    public static double Chain(ReadOnlySpan<Knot> x)
    {
        double total = 0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double valley = x[i + 1].At - x[i].At * x[i].At;
            double slope = 1 - x[i].At;
            total += 100 * valley * valley + slope * slope;
        }

        return total;
    }

    [Differentiable(Wrt = ["w"])]
    public static double Logistic(ReadOnlySpan<double> w, ReadOnlySpan<double> features, Sample[] samples)
    {
        double total = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double margin = 0;
            for (int j = 0; j < w.Length; j++) margin += w[j] * features[i * w.Length + j];
            total += Soft.Softplus(-samples[i].Label * margin);
        }

        return total / samples.Length;
    }

    [Differentiable(Wrt = ["net"])]
    public static double Loss(Weights net, ReadOnlySpan<double> input, int label)
    {
        Span<double> hidden = stackalloc double[Mlp.Hidden];
        for (int h = 0; h < Mlp.Hidden; h++)
        {
            double z = net.B1[h];
            for (int j = 0; j < Mlp.Inputs; j++) z += net.W1[h * Mlp.Inputs + j] * input[j];
            hidden[h] = Math.Tanh(z);
        }

        Span<double> logits = stackalloc double[Mlp.Classes];
        for (int c = 0; c < Mlp.Classes; c++)
        {
            double z = net.B2[c];
            for (int h = 0; h < Mlp.Hidden; h++) z += net.W2[c * Mlp.Hidden + h] * hidden[h];
            logits[c] = z;
        }

        return Soft.SoftmaxCrossEntropy(logits, label);
    }
}
