using Maml;

namespace SoftDiff.Samples.Tests;

public static class MamlTests
{
    /// <summary>Differences of the loss after the steps, along one direction of the start, against the meta-gradient.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public static void The_meta_gradient_agrees_with_differences(int steps)
    {
        var random = new Random(4);
        var task = SineTask.Draw(random);
        var (x, y) = task.Sample(random, MetaTraining.Points);
        var (newX, newY) = task.Sample(random, MetaTraining.Points);
        double[] start = Network.Initial(seed: 1), gradient = new double[start.Length];
        double[] direction = [.. start.Select(_ => random.NextDouble() - 0.5)];

        double loss = Adaptation.MetaGradient(steps, start, x, y, newX, newY, gradient);
        Assert.Equal(At(0), loss, 1e-14);
        double slope = gradient.Zip(direction, (g, d) => g * d).Sum();
        const double H = 1e-3;
        double difference = ((8 * (At(H) - At(-H))) - (At(2 * H) - At(-2 * H))) / (12 * H);
        Assert.True(Math.Abs(slope) > 1e-2);
        Assert.Equal(difference, slope, 1e-8 * Math.Max(1, Math.Abs(slope)));

        double At(double h) => Adaptation.LossAfter(steps, [.. start.Zip(direction, (s, d) => s + (h * d))], x, y, newX, newY);
    }

    [Fact]
    public static void Meta_training_lets_one_step_suffice()
    {
        double[] start = Network.Initial(seed: 1);
        var before = MetaTraining.Errors(start, steps: 5, tasks: 100, seed: 3);
        MetaTraining.OfSines.Run(start, seed: 2);
        var after = MetaTraining.Errors(start, steps: 5, tasks: 100, seed: 3);
        string errors = $"before meta-training {string.Join(", ", before)}, after {string.Join(", ", after)}";
        Assert.True(after[1] < 0.4 * before[1], errors);
        Assert.True(after[5] < 0.25 * before[5], errors);
        Assert.True(after[1] < 0.5 * after[0], errors);
    }
}
