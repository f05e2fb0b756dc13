namespace SoftDiff.Benchmarks.Functions;

/// <summary>Mean logistic loss of labels -1 and 1; the features lie row by row.</summary>
public static partial class LogisticRegression
{
    [Differentiable(Wrt = ["w"])]
    public static double Loss(ReadOnlySpan<double> w, ReadOnlySpan<double> features, ReadOnlySpan<double> labels)
    {
        double total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double margin = 0;
            for (int j = 0; j < w.Length; j++) margin += w[j] * features[i * w.Length + j];
            total += Soft.Softplus(-labels[i] * margin);
        }

        return total / labels.Length;
    }
}
