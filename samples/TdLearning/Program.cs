using Samples;
using TdLearning;

// Temporal-difference learning. The loss of a transition is plain C# with [Differentiable] on it. Its gradient is a partial method, whose
// body SoftDiff writes at build time.

var (loss, gradient) = WorkedExample.Single();
Console.WriteLine($"Worked example: loss {loss:F2}, gradient {Text.Row(gradient)}");
var batch = WorkedExample.Batch();
Console.WriteLine($"As a batch of two: gradients {Text.Row(batch[..3])} and {Text.Row(batch[3..])}");
Console.WriteLine();

Console.WriteLine($"Random walk of {RandomWalk.States} states: error of the learnt values over 100 episodes, mean of 20 runs");
var slow = new Experiment(Rate: 0.025, Episodes: 100, Runs: 20).Run(seed: 0);
var fast = new Experiment(Rate: 0.1, Episodes: 100, Runs: 20).Run(seed: 0);
Console.WriteLine(new TextPlot().Add('*', "rate 0.1", fast.Errors).Add('.', "rate 0.025", slow.Errors));
Console.WriteLine($"  after 100 episodes {slow.Errors[^1]:F3} with rate 0.025, {fast.Errors[^1]:F3} with rate 0.1");
Console.WriteLine();

Console.WriteLine("Values of the states, left to right, after 1 000 episodes of one run with rate 0.01");
var (_, values) = new Experiment(Rate: 0.01, Episodes: 1000, Runs: 1).Run(seed: 0);
var truth = Enumerable.Range(0, RandomWalk.States).Select(RandomWalk.TrueValue);
Console.WriteLine(new TextPlot(height: 12).Add('-', "true", truth).Add('o', "learnt", values));
