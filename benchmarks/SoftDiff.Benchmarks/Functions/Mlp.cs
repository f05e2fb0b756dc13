namespace SoftDiff.Benchmarks.Functions;

/// <summary>One example through a network 32-64-10 with tanh; matrices lie row by row.</summary>
public static partial class Mlp
{
    public const int Inputs = 32;
    public const int Hidden = 64;
    public const int Classes = 10;

    [Differentiable(Wrt = ["w1", "b1", "w2", "b2"])]
    public static double Loss(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2,
        ReadOnlySpan<double> input, int label)
    {
        Span<double> hidden = stackalloc double[Hidden];
        for (int h = 0; h < Hidden; h++)
        {
            double z = b1[h];
            for (int j = 0; j < Inputs; j++) z += w1[h * Inputs + j] * input[j];
            hidden[h] = Math.Tanh(z);
        }

        Span<double> logits = stackalloc double[Classes];
        for (int c = 0; c < Classes; c++)
        {
            double z = b2[c];
            for (int h = 0; h < Hidden; h++) z += w2[c * Hidden + h] * hidden[h];
            logits[c] = z;
        }

        return Soft.SoftmaxCrossEntropy(logits, label);
    }
}
