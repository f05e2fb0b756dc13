namespace SoftDiff.Benchmarks.Functions;

public static partial class Mlp
{
    public static double LossByHand(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2,
        ReadOnlySpan<double> input, int label,
        Span<double> dW1, Span<double> dB1, Span<double> dW2, Span<double> dB2)
    {
        Lengths.Same(dW1.Length, w1.Length, nameof(dW1));
        Lengths.Same(dB1.Length, b1.Length, nameof(dB1));
        Lengths.Same(dW2.Length, w2.Length, nameof(dW2));
        Lengths.Same(dB2.Length, b2.Length, nameof(dB2));

        Span<double> hidden = stackalloc double[Hidden];
        Span<double> hiddenBar = stackalloc double[Hidden];
        Span<double> logits = stackalloc double[Classes];
        input = input[..Inputs];
        for (int h = 0; h < Hidden; h++)
        {
            var row = w1.Slice(h * Inputs, Inputs);
            double z = b1[h];
            for (int j = 0; j < Inputs; j++) z += row[j] * input[j];
            hidden[h] = Math.Tanh(z);
        }

        for (int c = 0; c < Classes; c++)
        {
            var row = w2.Slice(c * Hidden, Hidden);
            double z = b2[c];
            for (int h = 0; h < Hidden; h++) z += row[h] * hidden[h];
            logits[c] = z;
        }

        double loss = SoftmaxByHand.CrossEntropy(logits, label, logits);

        // logits now holds its own cotangent.
        for (int c = 0; c < Classes; c++)
        {
            double bar = logits[c];
            dB2[c] = bar;
            var row = w2.Slice(c * Hidden, Hidden);
            var dRow = dW2.Slice(c * Hidden, Hidden);
            for (int h = 0; h < Hidden; h++)
            {
                dRow[h] = bar * hidden[h];
                hiddenBar[h] += bar * row[h];
            }
        }

        for (int h = 0; h < Hidden; h++)
        {
            double bar = hiddenBar[h] * (1 - hidden[h] * hidden[h]);
            dB1[h] = bar;
            var dRow = dW1.Slice(h * Inputs, Inputs);
            for (int j = 0; j < Inputs; j++) dRow[j] = bar * input[j];
        }

        return loss;
    }
}
