using System.Diagnostics;

namespace SoftDiff.Tests.Programs.Regression;

public record Example(double[] Features, bool Label, double Weight = 1);

/// <summary>Logistic regression over lists of records, by loops and by LINQ.</summary>
public static partial class Logistic
{
    private static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));
    private static double Predict(double[] w, double[] x) => Sigmoid(w.Zip(x, (a, b) => a * b).Sum() + w[^1]);

    [Differentiable]
    public static double Loss(double[] w, IEnumerable<Example> examples, double l2)
    {
        double logLoss = 0;
        int n = 0;
        foreach (var (features, label, weight) in examples)
        {
            double p = Predict(w, features);
            logLoss -= weight * (label ? Math.Log(p) : Math.Log(1 - p));
            n++;
        }
        Trace.WriteLine($"loss over {n} examples: {logLoss}");
        Debug.Assert(n > 0, "no examples");
        return n == 0 ? 0 : logLoss / n + l2 * w.Take(w.Length - 1).Sum(v => v * v);
    }
    [Differentiable]
    public static double LossLinq(double[] w, List<Example> examples)
        => -examples.Average(e => e.Label ? Math.Log(Predict(w, e.Features)) : Math.Log(1 - Predict(w, e.Features)));
    [Differentiable]
    public static double WeightedLoss(double[] w, Example[] examples)
        => examples.Where(e => e.Weight > 0)
            .Select(e => e.Weight * Math.Log(1 + Math.Exp(e.Label ? -w[0] : w[0] + w[1]))).Sum() / examples.Length;
}
