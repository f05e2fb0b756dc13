using Samples;

namespace SoftDiff.Tests.Checkpoints;

/// <summary>What gradients of loops with checkpoints keep, counted in the pools; and that their second derivatives are those of the plain loop.</summary>
[Collection(nameof(AllocationTests))]
public sealed class MemoryTests
{
    private const int Numbers = 512, StateBytes = Numbers * sizeof(double);

    private delegate double Gradient(Span<double> u, double k, int steps, Span<double> dU, out double dK);

    [Fact]
    public void Four_times_the_steps_need_four_times_the_memory_without_checkpoints() =>
        Assert.InRange((double)Count(Waves.StoredGrad, 2000).Peak / Count(Waves.StoredGrad, 500).Peak, 3.5, 4.5);

    [Theory]
    [InlineData(500)]
    [InlineData(1000)]
    public void Four_times_the_steps_need_about_twice_the_memory_with_checkpoints(int steps)
    {
        long few = Count(Waves.RootedGrad, steps).Peak, many = Count(Waves.RootedGrad, 4 * steps).Peak;

        // The tape's capacity is a power of two, and while it grows there are two of them.
        Assert.InRange((double)many / few, 1.5, 2.2);
        double states = Math.Sqrt(2 * steps) + 2;
        Assert.InRange(few, states * StateBytes, 3.1 * states * StateBytes);
    }

    /// <summary>A fourth state would make the tape grow to the next power of two.</summary>
    [Theory]
    [InlineData(2, 4)]
    [InlineData(3, 4)]
    [InlineData(10, 4)]
    [InlineData(300, 4)]
    public void Three_slots_keep_three_states(int steps, int capacity) =>
        Assert.InRange(Count(Waves.InThreeSlotsGrad, steps).Largest, 1, capacity * StateBytes);

    [Fact]
    public void A_long_loop_in_three_slots_has_the_gradient_of_the_stored_one()
    {
        double[] stored = Run(Waves.StoredGrad, 300), kept = Run(Waves.InThreeSlotsGrad, 300), rooted = Run(Waves.RootedGrad, 300);
        double scale = stored.Max(Math.Abs);
        for (int i = 0; i < stored.Length; i++)
        {
            Assert.Equal(stored[i], kept[i], 1e-13 * scale);
            Assert.Equal(stored[i], rooted[i], 1e-13 * scale);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Second_and_third_derivatives_are_those_of_the_plain_loop(int steps)
    {
        Waves.ChainProduct(0.7, 0.9, steps, 0.3, -0.8, out double x, out double k);
        Waves.PlainProduct(0.7, 0.9, steps, 0.3, -0.8, out double plainX, out double plainK);

        Assert.Equal(plainX, x, 1e-13 * Math.Max(Math.Abs(plainX), Math.Abs(plainK)));
        Assert.Equal(plainK, k, 1e-13 * Math.Max(Math.Abs(plainX), Math.Abs(plainK)));
        double third = Waves.PlainThird(0.7, 0.9, steps);
        Assert.Equal(third, Waves.ChainThird(0.7, 0.9, steps), 1e-13 * Math.Abs(third));
    }

    private static PooledMemory Count(Gradient gradient, int steps)
    {
        Run(gradient, steps);
        return PooledMemory.Of(() => Run(gradient, steps));
    }

    private static double[] Run(Gradient gradient, int steps)
    {
        double[] u = [.. Enumerable.Range(0, Numbers).Select(i => Math.Cos(i))], dU = new double[Numbers];
        double value = gradient(u, 1.2, steps, dU, out double dK);
        return [value, .. dU, dK];
    }
}
