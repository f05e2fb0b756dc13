namespace Samples;

/// <summary>
/// Adam: gradient descent with a running mean of the gradient, scaled by the root of its running mean square. (Kingma and Ba, 2015.)
/// </summary>
internal sealed class Adam(int parameters)
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Epsilon = 1e-8;

    private readonly double[] _mean = new double[parameters];
    private readonly double[] _square = new double[parameters];
    private int _steps;

    /// <summary>Moves the weights one step downhill.</summary>
    public void Step(Span<double> weights, ReadOnlySpan<double> gradient, double rate)
    {
        // Both means start at zero; dividing by these makes up for it in the first steps.
        _steps++;
        double meanScale = 1 - Math.Pow(MeanDecay, _steps);
        double squareScale = 1 - Math.Pow(SquareDecay, _steps);

        for (int i = 0; i < weights.Length; i++)
        {
            _mean[i] += (1 - MeanDecay) * (gradient[i] - _mean[i]);
            _square[i] += (1 - SquareDecay) * (gradient[i] * gradient[i] - _square[i]);
            weights[i] -= rate * (_mean[i] / meanScale) / (Math.Sqrt(_square[i] / squareScale) + Epsilon);
        }
    }
}
