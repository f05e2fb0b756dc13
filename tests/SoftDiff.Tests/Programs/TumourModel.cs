using SoftDiff;

namespace SoftDiff.Tests.Programs;

/// <summary>A network with one hidden layer, as one would write it without thinking of derivatives.</summary>
public sealed class TumourModel
{
    public TumourModel(int inputs, int hidden, int seed)
    {
        Random random = new(seed);
        W1 = new double[hidden, inputs];
        B1 = new double[hidden];
        W2 = new double[hidden];
        for (int i = 0; i < hidden; i++)
        {
            for (int j = 0; j < inputs; j++) W1[i, j] = (random.NextDouble() - 0.5) / Math.Sqrt(inputs);
            W2[i] = random.NextDouble() - 0.5;
        }
    }

    public double[,] W1 { get; }

    public double[] B1 { get; }

    public double[] W2 { get; }

    public double B2 { get; set; }

    /// <summary>The log-odds that a tumour is benign.</summary>
    public double Forward(ReadOnlySpan<double> x)
    {
        double sum = B2;
        for (int i = 0; i < B1.Length; i++)
        {
            double a = B1[i];
            for (int j = 0; j < x.Length; j++) a += W1[i, j] * x[j];
            sum += W2[i] * Math.Tanh(a);
        }

        return sum;
    }
}

public static partial class TumourTraining
{
    /// <summary>Mean cross-entropy of the rows, with a penalty on the weights.</summary>
    [Differentiable(Wrt = ["model"])]
    public static double Loss(TumourModel model, ReadOnlySpan<double> rows, ReadOnlySpan<double> labels, double decay)
    {
        int width = rows.Length / labels.Length;
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double z = model.Forward(rows.Slice(i * width, width));
            sum += Math.Log(1 + Math.Exp(-z)) + (1 - labels[i]) * z;
        }

        return sum / labels.Length + decay * Penalty(model);
    }

    private static double Penalty(TumourModel model)
    {
        double sum = 0;
        foreach (double w in model.W1) sum += w * w;
        foreach (double w in model.W2) sum += w * w;
        return sum;
    }
}

/// <summary>The optimiser of Kingma and Ba (2015).</summary>
public sealed class Adam<T>(T model, double rate)
    where T : class
{
    private readonly T _mean = ParameterTree.ZerosLike(model);
    private readonly T _square = ParameterTree.ZerosLike(model);
    private int _steps;

    public void Step(T gradient)
    {
        _steps++;
        double first = 1 - Math.Pow(0.9, _steps), second = 1 - Math.Pow(0.999, _steps);
        ParameterTree.Zip(model, gradient, _mean, _square, (ref double w, double g, ref double m, ref double v) =>
        {
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            w -= rate * (m / first) / (Math.Sqrt(v / second) + 1e-8);
        });
    }
}
