using SoftDiff;

namespace SoftDiff.Tests.Programs;

/// <summary>A layer of a network.</summary>
public sealed class DenseLayer
{
    public DenseLayer(int inputs, int outputs, Random random)
    {
        W = new double[outputs, inputs];
        B = new double[outputs];
        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j < inputs; j++) W[i, j] = (2 * random.NextDouble() - 1) / Math.Sqrt(inputs);
        }
    }

    public double[,] W { get; }

    public double[] B { get; }

    public double[] Apply(double[] x, bool isLast)
    {
        var y = new double[B.Length];
        for (int i = 0; i < y.Length; i++)
        {
            double a = B[i];
            for (int j = 0; j < x.Length; j++) a += W[i, j] * x[j];
            y[i] = isLast ? a : Math.Tanh(a);
        }

        return y;
    }
}

/// <summary>A network with any number of layers, as one would write it without thinking of derivatives.</summary>
public sealed class LayeredModel
{
    public LayeredModel(int seed, params int[] sizes)
    {
        Random random = new(seed);
        Layers = new DenseLayer[sizes.Length - 1];
        for (int i = 0; i < Layers.Length; i++) Layers[i] = new DenseLayer(sizes[i], sizes[i + 1], random);
    }

    public DenseLayer[] Layers { get; }

    public double[] Forward(double[] x)
    {
        double[] h = x;
        for (int i = 0; i < Layers.Length; i++) h = Layers[i].Apply(h, i == Layers.Length - 1);
        return h;
    }
}

public static partial class LayeredTraining
{
    /// <summary>Mean cross-entropy of the rows, with a penalty on the weights.</summary>
    [Differentiable(Wrt = ["model"])]
    public static double Loss(LayeredModel model, double[] rows, double[] labels, double decay)
    {
        int width = rows.Length / labels.Length;
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double z = model.Forward(rows[(i * width)..((i + 1) * width)])[0];
            sum += Math.Log(1 + Math.Exp(-z)) + (1 - labels[i]) * z;
        }

        double penalty = 0;
        foreach (var layer in model.Layers)
        {
            foreach (double w in layer.W) penalty += w * w;
        }

        return sum / labels.Length + decay * penalty;
    }
}
