namespace SoftDiff.Benchmarks.Functions;

/// <summary>The gradient of the loss in samples/Digits/SoftmaxRegression.cs.</summary>
internal static class DigitsByHand
{
    private const int Pixels = 64;
    private const int Classes = 10;

    public static double Loss(ReadOnlySpan<double> weights, ReadOnlySpan<double> pixels, ReadOnlySpan<int> labels, Span<double> dWeights)
    {
        Lengths.Same(dWeights.Length, weights.Length, nameof(dWeights));
        dWeights.Clear();

        Span<double> logits = stackalloc double[Classes];
        double scale = 1.0 / labels.Length;
        double total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            var image = pixels.Slice(i * Pixels, Pixels);
            for (int c = 0; c < Classes; c++)
            {
                var row = weights.Slice(c * Pixels, Pixels);
                double z = weights[Classes * Pixels + c];
                for (int p = 0; p < Pixels; p++) z += row[p] * image[p];
                logits[c] = z;
            }

            total += SoftmaxByHand.CrossEntropy(logits, labels[i], logits);

            for (int c = 0; c < Classes; c++)
            {
                double bar = logits[c] * scale;
                dWeights[Classes * Pixels + c] += bar;
                var dRow = dWeights.Slice(c * Pixels, Pixels);
                for (int p = 0; p < Pixels; p++) dRow[p] += bar * image[p];
            }
        }

        return total / labels.Length;
    }
}
