using Samples;

namespace Maml;

/// <summary>Learns a start from which a few steps on a few points suffice.</summary>
internal sealed record MetaTraining(int Iterations, int TasksPerIteration, double Rate, int InnerSteps)
{
    /// <summary>How many points of a task the network adapts to, and on how many others it is measured.</summary>
    public const int Points = 10;

    /// <summary>The training that the sample shows.</summary>
    public static MetaTraining OfSines { get; } = new(Iterations: 1500, TasksPerIteration: 8, Rate: 0.005, InnerSteps: 1);

    /// <summary>Trains the start in place.</summary>
    public void Run(double[] start, int seed)
    {
        var random = new Random(seed);
        var adam = new Adam(start.Length);
        var taskGradient = new double[start.Length];
        var gradient = new double[start.Length];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Array.Clear(gradient);
            for (int t = 0; t < TasksPerIteration; t++)
            {
                var task = SineTask.Draw(random);
                var (x, y) = task.Sample(random, Points);
                var (newX, newY) = task.Sample(random, Points);
                Adaptation.MetaGradient(InnerSteps, start, x, y, newX, newY, taskGradient);
                for (int i = 0; i < gradient.Length; i++) gradient[i] += taskGradient[i] / TasksPerIteration;
            }

            adam.Step(start, gradient, Rate * (1 - (double)iteration / Iterations));
        }
    }

    /// <summary>The mean error over unseen tasks, after 0, 1 … <paramref name="steps"/> steps on their points.</summary>
    public static double[] Errors(double[] start, int steps, int tasks, int seed)
    {
        var random = new Random(seed);
        var errors = new double[steps + 1];
        for (int t = 0; t < tasks; t++)
        {
            var task = SineTask.Draw(random);
            var (x, y) = task.Sample(random, Points);
            var (newX, newY) = task.Sample(random, 2 * Points);
            double[] weights = [.. start];
            errors[0] += Network.Loss(weights, newX, newY) / tasks;
            for (int step = 1; step <= steps; step++)
            {
                Adaptation.Adapt(weights, x, y, 1);
                errors[step] += Network.Loss(weights, newX, newY) / tasks;
            }
        }

        return errors;
    }
}
