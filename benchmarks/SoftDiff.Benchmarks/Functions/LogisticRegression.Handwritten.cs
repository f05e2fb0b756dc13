namespace SoftDiff.Benchmarks.Functions;

public static partial class LogisticRegression
{
    public static double LossByHand(ReadOnlySpan<double> w, ReadOnlySpan<double> features, ReadOnlySpan<double> labels, Span<double> dW)
    {
        Lengths.Same(dW.Length, w.Length, nameof(dW));

        // Slices of one known length let the compiler drop the bounds checks of the inner loops.
        int d = w.Length;
        w = w[..d];
        dW = dW[..d];
        dW.Clear();
        double scale = 1.0 / labels.Length;
        double total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            var row = features.Slice(i * d, d);
            double margin = 0;
            for (int j = 0; j < d; j++) margin += w[j] * row[j];

            // One exponential serves the softplus and its derivative, the sigmoid.
            double t = -labels[i] * margin;
            double e = Math.Exp(-Math.Abs(t));
            total += Math.Max(t, 0) + Math.Log(1 + e);
            double sigmoid = (t >= 0 ? 1 : e) / (1 + e);

            double marginBar = -labels[i] * sigmoid * scale;
            for (int j = 0; j < d; j++) dW[j] += marginBar * row[j];
        }

        return total / labels.Length;
    }
}
