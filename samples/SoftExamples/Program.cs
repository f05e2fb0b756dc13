using Samples;
using SoftDiff;
using SoftExamples;

// Four programs that hard operators would make untrainable, trained through soft ones. Each loss is plain C# with [Differentiable] on it, in a file of
// its own; SoftDiff writes its gradient at build time. The examples are those of SoftJAX (Paulus, Geist et al., arXiv:2603.08824).

bool reached = true;
foreach (var example in new[] { MedianRegression.Create(seed: 0), FeatureSelection.Create(seed: 42), ThresholdFilter.Create(), RuleClassifier.Create() })
{
    Console.WriteLine($"{example.Name}: {example.Task}");
    var gradient = new double[example.Start.Length];
    example.Gradient(example.Start, SoftMode.Hard, gradient);
    Console.WriteLine($"  hard gradient {Text.Row(gradient)}");
    example.Gradient(example.Start, SoftMode.Smooth, gradient);
    Console.WriteLine($"  soft gradient {Text.Row(gradient)}");

    example.CheckGradient(example.Train(example.Steps / 4));
    Console.WriteLine("  after a quarter of the steps it agrees with differences of the soft loss");

    Console.WriteLine("  step   soft loss   hard loss   parameters");
    Report(0, example.Start);
    var parameters = example.Train(example.Steps, Report);
    bool right = example.Reached(parameters);
    Console.WriteLine($"  {example.Outcome(parameters)}: {(right ? "reached" : "MISSED")}");
    Console.WriteLine();
    reached &= right;

    void Report(int step, double[] parameters)
    {
        if (step > 0 && step % Math.Max(example.Steps / 5, 1) != 0) return;
        double soft = example.Loss(parameters, SoftMode.Smooth), hard = example.Loss(parameters, SoftMode.Hard);
        Console.WriteLine($"{step,6} {soft,11:G6} {hard,11:G6}   {Text.Row(parameters)}");
    }
}

return reached ? 0 : 1;
