using System.Diagnostics;
using Samples;
using SoftDiff;

namespace Digits;

internal delegate double Loss(ReadOnlySpan<double> weights, ReadOnlySpan<double> pixels, ReadOnlySpan<int> labels);

internal delegate double LossGradient(
    ReadOnlySpan<double> weights, ReadOnlySpan<double> pixels, ReadOnlySpan<int> labels, Span<double> dWeights);

internal delegate int Classifier(ReadOnlySpan<double> weights, ReadOnlySpan<double> image);

/// <summary>A model to train: its functions, its starting weights, and the share of held-out digits it has to read.</summary>
internal sealed record Model(string Name, Loss Loss, LossGradient Gradient, Classifier Classify, double[] Weights, double Target);

/// <summary>Mini-batches in a fixed order, Adam with a rate that falls linearly to zero, and a line of progress now and then.</summary>
internal sealed record Training(int Epochs, int BatchSize, double Rate)
{
    private const int Lines = 10;

    // Many entries of these gradients are a ten-thousandth of the loss or less, where differences are good to seven digits, not eight.
    private const double CheckTolerance = 1e-6;

    /// <summary>Trains in place and says whether the model reached its target.</summary>
    public bool Run(Model model, DigitsData data)
    {
        var weights = model.Weights;
        Console.WriteLine($"{model.Name}: {weights.Length} weights, {data.Training.Count} digits to learn from, {data.HeldOut.Count} held out");
        CheckGradient(model, data.Training.Slice(0, 4));

        Console.WriteLine("  epoch      loss   held out   seconds");
        var adam = new Adam(weights.Length);
        var gradient = new double[weights.Length];
        var clock = Stopwatch.StartNew();
        for (int epoch = 1; epoch <= Epochs; epoch++)
        {
            double rate = Rate * (1 - (epoch - 1.0) / Epochs);
            for (int start = 0; start < data.Training.Count; start += BatchSize)
            {
                int count = Math.Min(BatchSize, data.Training.Count - start);
                model.Gradient(
                    weights,
                    data.Training.Pixels.AsSpan(start * DigitsData.Pixels, count * DigitsData.Pixels),
                    data.Training.Labels.AsSpan(start, count),
                    gradient);
                adam.Step(weights, gradient, rate);
            }

            if (epoch == 1 || epoch % (Epochs / Lines) == 0)
            {
                double loss = model.Loss(weights, data.Training.Pixels, data.Training.Labels);
                Console.WriteLine($"{epoch,7} {loss,9:F4} {Accuracy(model, data.HeldOut),10:P1} {clock.Elapsed.TotalSeconds,9:F1}");
            }
        }

        double milliseconds = Timing.Milliseconds(() => model.Gradient(weights, data.Training.Pixels, data.Training.Labels, gradient));
        Console.WriteLine($"  one gradient over all {data.Training.Count} digits takes {milliseconds:F2} ms");

        double accuracy = Accuracy(model, data.HeldOut);
        bool reached = accuracy >= model.Target;
        Console.WriteLine($"  {accuracy:P2} of the held-out digits read correctly, {model.Target:P1} wanted: {(reached ? "reached" : "MISSED")}");
        Console.WriteLine();
        return reached;
    }

    /// <summary>Compares the generated gradient with differences of the loss; a wrong entry throws.</summary>
    private static void CheckGradient(Model model, Examples few)
    {
        GradientCheck.Verify(
            weights => model.Loss(weights, few.Pixels, few.Labels),
            (weights, dWeights) => model.Gradient(weights, few.Pixels, few.Labels, dWeights),
            model.Weights,
            CheckTolerance);
        Console.WriteLine($"  gradient on {few.Count} digits agrees with differences of the loss in all {model.Weights.Length} directions");
    }

    private static double Accuracy(Model model, Examples examples)
    {
        int right = 0;
        for (int i = 0; i < examples.Count; i++)
        {
            if (model.Classify(model.Weights, examples.Image(i)) == examples.Labels[i]) right++;
        }

        return (double)right / examples.Count;
    }
}
