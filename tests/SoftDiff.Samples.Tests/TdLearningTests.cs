using TdLearning;

namespace SoftDiff.Samples.Tests;

public static class TdLearningTests
{
    [Fact]
    public static void The_worked_example_has_the_gradient_by_hand()
    {
        var (loss, gradient) = WorkedExample.Single();
        Assert.Equal(1.44, loss, 1e-14);
        double[] expected = [-2.4, -4.8, 2.4];
        for (int i = 0; i < 3; i++) Assert.Equal(expected[i], gradient[i], 1e-14);
    }

    [Fact]
    public static void A_batch_has_the_gradient_of_each_transition()
    {
        var (_, gradient) = WorkedExample.Single();
        Assert.Equal([.. gradient, .. gradient], WorkedExample.Batch());
    }

    [Fact]
    public static void An_update_moves_the_value_towards_its_target()
    {
        double[] theta = [.. WorkedExample.Theta];
        TemporalDifference.Update(theta, WorkedExample.Transition, rate: 0.01);
        double[] expected = [0.124, -0.052, -0.024];
        for (int i = 0; i < 3; i++) Assert.Equal(expected[i], theta[i], 1e-14);
    }

    [Fact]
    public static void The_random_walk_is_learnt()
    {
        var (errors, _) = new Experiment(Rate: 0.1, Episodes: 100, Runs: 20).Run(seed: 0);
        double spread = Math.Sqrt(Enumerable.Range(0, RandomWalk.States).Average(state => Math.Pow(RandomWalk.TrueValue(state), 2)));
        Assert.Equal(spread, errors[0], 1e-14);
        Assert.InRange(errors[^1], 0, 0.25 * spread);

        var (_, values) = new Experiment(Rate: 0.01, Episodes: 1000, Runs: 1).Run(seed: 0);
        Assert.InRange(RandomWalk.Error(values), 0, 0.05);
    }
}
