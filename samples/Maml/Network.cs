using SoftDiff;

namespace Maml;

/// <summary>
/// A network of one input, two hidden layers of tanh units and one output. Each layer's weights lie in the span by rows, then its biases.
/// </summary>
public static partial class Network
{
    private const int Hidden = 20;

    private const int FirstBias = Hidden;
    private const int Second = FirstBias + Hidden;
    private const int SecondBias = Second + Hidden * Hidden;
    private const int Output = SecondBias + Hidden;
    private const int OutputBias = Output + Hidden;

    /// <summary>How many weights the network has.</summary>
    public const int Parameters = OutputBias + 1;

    /// <summary>The network's estimate of y at <paramref name="x"/>.</summary>
    public static double Predict(ReadOnlySpan<double> weights, double x)
    {
        Span<double> first = stackalloc double[Hidden];
        for (int h = 0; h < Hidden; h++) first[h] = Math.Tanh(weights[h] * x + weights[FirstBias + h]);

        double y = weights[OutputBias];
        for (int h = 0; h < Hidden; h++)
        {
            double z = weights[SecondBias + h];
            for (int i = 0; i < Hidden; i++) z += weights[Second + h * Hidden + i] * first[i];
            y += weights[Output + h] * Math.Tanh(z);
        }

        return y;
    }

    /// <summary>The mean squared error over the points (x, y).</summary>
    [Differentiable(Wrt = ["weights"])]
    public static double Loss(ReadOnlySpan<double> weights, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double error = Predict(weights, x[i]) - y[i];
            sum += error * error;
        }

        return sum / x.Length;
    }

    /// <summary>The loss, and its gradient with respect to the weights. The body is generated.</summary>
    [Gradient(nameof(Loss))]
    public static partial double LossGradient(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> dWeights);

    /// <summary>Weights to start from: uniform, scaled so that tanh neither saturates nor vanishes.</summary>
    public static double[] Initial(int seed)
    {
        var random = new Random(seed);
        var weights = new double[Parameters];
        for (int i = 0; i < Second; i++) weights[i] = 2 * random.NextDouble() - 1;
        for (int i = Second; i < OutputBias; i++) weights[i] = (2 * random.NextDouble() - 1) / Math.Sqrt(Hidden);
        return weights;
    }
}
