namespace SoftDiff.Tests.Declared;

/// <summary>Functions of one example that have sums in inner loops, and batches of them. Several examples run at once.</summary>
public static partial class Networks
{
    public const int Classes = 3;

    /// <summary>A hidden layer with tanh, and the cross-entropy of its classes.</summary>
    [Differentiable(Wrt = ["w", "v"])]
    public static double Loss(ReadOnlySpan<double> w, ReadOnlySpan<double> v, ReadOnlySpan<double> x, int label, int units)
    {
        Span<double> hidden = new double[units];
        for (int h = 0; h < units; h++)
        {
            double z = 0.125;
            for (int j = 0; j < x.Length; j++) z += w[(h * x.Length) + j] * x[j];
            hidden[h] = Math.Tanh(z);
        }

        Span<double> logits = stackalloc double[Classes];
        for (int c = 0; c < Classes; c++)
        {
            double z = 0;
            for (int h = 0; h < units; h++) z += v[(c * units) + h] * hidden[h];
            logits[c] = z;
        }

        return Soft.SoftmaxCrossEntropy(logits, label);
    }

    [Gradient(nameof(Loss))]
    public static partial double LossGradient(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, ReadOnlySpan<double> x, int label, int units, Span<double> dW, Span<double> dV);

    [Vmap(nameof(LossGradient))]
    public static partial void LossGradients(
        int batch, [Shared] ReadOnlySpan<double> w, [Shared] ReadOnlySpan<double> v, ReadOnlySpan<double> x, ReadOnlySpan<int> label,
        [Shared] int units, Span<double> dW, Span<double> dV, Span<double> values);

    [Differentiable(Wrt = ["w", "v"])]
    public static double TotalLoss(ReadOnlySpan<double> w, ReadOnlySpan<double> v, ReadOnlySpan<double> x, ReadOnlySpan<int> labels, int inputs, int units)
    {
        double total = 0;
        for (int e = 0; e < labels.Length; e++) total += Loss(w, v, x.Slice(e * inputs, inputs), labels[e], units);
        return total;
    }

    /// <summary>A condition and an index that differ between examples, and numbers, truth values and places that later statements need.</summary>
    [Differentiable(Wrt = ["w"])]
    public static float Routed(ReadOnlySpan<float> w, ReadOnlySpan<float> x, float target)
    {
        Span<float> z = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            float sum = 0;
            for (int j = 0; j < x.Length; j++) sum += w[(i * x.Length) + j] * x[j];
            z[i] = MathF.Exp(0.25f * sum);
        }

        int best = 0;
        for (int i = 1; i < z.Length; i++) best = z[i] > z[best] ? i : best;
        float scale = target > 0 ? 2 * target : 0.5f;
        float energy = 0;
        for (int i = 0; i < z.Length; i++)
        {
            float sum = 0;
            for (int j = 0; j < z.Length; j++) sum += w[(j * x.Length) + i] * z[j];
            energy += scale * sum * sum;
        }

        return z.Length == 0 ? scale : energy - (z[best] * target);
    }

    [Differentiable(Wrt = ["w"])]
    public static float TotalRouted(ReadOnlySpan<float> w, ReadOnlySpan<float> x, ReadOnlySpan<float> targets, int inputs)
    {
        float total = 0;
        for (int e = 0; e < targets.Length; e++) total += Routed(w, x.Slice(e * inputs, inputs), targets[e]);
        return total;
    }

    /// <summary>A convolution: an example adds to an element of the kernel's gradient several times.</summary>
    [Differentiable(Wrt = ["kernel"])]
    public static double Convolved(ReadOnlySpan<double> kernel, ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int t = 0; t < x.Length - kernel.Length + 1; t++)
        {
            double y = 0;
            for (int k = 0; k < kernel.Length; k++) y += kernel[k] * x[t + k];
            sum += y * y * y;
        }

        return sum;
    }

    [Differentiable(Wrt = ["kernel"])]
    public static double TotalConvolved(ReadOnlySpan<double> kernel, ReadOnlySpan<double> x, int batch, int length)
    {
        double total = 0;
        for (int e = 0; e < batch; e++) total += Convolved(kernel, x.Slice(e * length, length));
        return total;
    }

    /// <summary>A recurrent state that each example updates in place, and which part it took.</summary>
    [Differentiable]
    public static double Recur(ReadOnlySpan<double> w, Span<double> state, int start)
    {
        Span<double> next = new double[state.Length];
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < state.Length; i++)
            {
                double sum = 0;
                for (int j = 0; j < state.Length; j++) sum += w[(i * state.Length) + j] * state[j];
                next[i] = Math.Sin(sum);
            }

            next.CopyTo(state);
        }

        Span<double> tail = next.Slice(start);
        double size = 0;
        for (int i = 0; i < tail.Length; i++) size += tail[i] * tail[i];
        return size;
    }

    [Vmap(nameof(Recur))]
    public static partial void Recurrences(int batch, [Shared] ReadOnlySpan<double> w, Span<double> state, ReadOnlySpan<int> start, Span<double> sizes);

    /// <summary>A sine and a cosine of one number, which one call computes for one example after the other.</summary>
    [Differentiable(Wrt = ["w"])]
    public static double Turned(ReadOnlySpan<double> w, ReadOnlySpan<double> x, double angle)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double z = 0;
            for (int j = 0; j < x.Length; j++) z += w[(i * x.Length) + j] * x[j];
            sum += z * z;
        }

        return (Math.Sin(angle) * sum) + (Math.Cos(angle) * angle);
    }

    [Vmap(nameof(Turned))]
    public static partial void Turns(int batch, [Shared] ReadOnlySpan<double> w, ReadOnlySpan<double> x, ReadOnlySpan<double> angle, Span<double> values);

    /// <summary>Rows of a product: one row for each example, all columns of one matrix.</summary>
    [Differentiable]
    public static void Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int columns)
    {
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            for (int k = 0; k < a.Length; k++) sum += a[k] * b[(k * columns) + j];
            c[j] = sum;
        }
    }

    [Vmap(nameof(Product))]
    public static partial void Products(int rows, ReadOnlySpan<double> a, [Shared] ReadOnlySpan<double> b, Span<double> c, [Shared] int columns);
}
