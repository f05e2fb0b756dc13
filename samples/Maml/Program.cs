using Maml;
using Samples;

// Model-agnostic meta-learning: a network learns weights from which one step of gradient descent on ten points suffices to draw a sine. The
// inner gradient is declared with [Gradient] and called in a [Differentiable] method, so that the outer gradient goes through it.

const int Steps = 10;
double[] start = Network.Initial(seed: 1);
var before = MetaTraining.Errors(start, Steps, tasks: 200, seed: 3);
double[] trained = [.. start];
MetaTraining.OfSines.Run(trained, seed: 2);
var after = MetaTraining.Errors(trained, Steps, tasks: 200, seed: 3);

Console.WriteLine($"Mean squared error on 200 unseen sines, after gradient descent on {MetaTraining.Points} points of each");
Console.WriteLine("  steps   before   after meta-training");
foreach (int steps in new[] { 0, 1, 5, 10 }) Console.WriteLine($"{steps,7} {before[steps],8:F3} {after[steps],7:F3}");
Console.WriteLine();
Console.WriteLine("Error over the steps");
Console.WriteLine(new TextPlot(height: 12).Add('.', "before", before).Add('*', "after meta-training", after));

var random = new Random(8);
var task = new SineTask(Amplitude: 3, Phase: 1);
var (x, y) = task.Sample(random, MetaTraining.Points);
foreach (var (name, weights) in new[] { ("before meta-training", start), ("after meta-training", trained) })
{
    Console.WriteLine($"A sine, its ten points and the network {name}, adapted to them by no, one and five steps");
    var plot = new TextPlot().Add('.', "sine", task.Value, SineTask.From, SineTask.To);
    foreach (var (mark, steps) in new[] { ('0', 0), ('1', 1), ('5', 5) })
    {
        double[] adapted = [.. weights];
        Adaptation.Adapt(adapted, x, y, steps);
        plot.Add(mark, $"after {steps}", at => Network.Predict(adapted, at), SineTask.From, SineTask.To);
    }

    Console.WriteLine(plot.Add('o', "points", x.Zip(y)));
}
