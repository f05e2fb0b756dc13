namespace SoftDiff.Runtime.Tests.CodeGeneration;

/// <summary>The choice of states against the smallest number of runs that any choice needs.</summary>
public sealed class CheckpointsTests
{
    /// <summary>
    /// The number of runs of single iterations, counted as generated code makes them, is the minimum over all choices. The first sweep runs
    /// to the end, for the value, so what it passes on its way to the last state that it keeps need not run again for that.
    /// </summary>
    [Fact]
    public void No_choice_of_states_needs_fewer_runs()
    {
        var least = new Dictionary<(int, int), long>();
        for (int slots = 1; slots <= 7; slots++)
        {
            for (int steps = 1; steps <= 90; steps++)
            {
                var (runs, states, last) = Reverse(steps, slots);
                Assert.Equal(steps + Least(steps, slots, least) - last, runs.Sum(r => (long)r));
                Assert.InRange(states, 1, slots);
            }
        }
    }

    /// <summary>
    /// Up to the last state that the first sweep keeps, no iteration runs more than twice before its reverse. The few after it run once more,
    /// since the first sweep goes on to the end. One slot less would not do.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void The_chosen_number_of_slots_lets_no_iteration_run_more_than_twice(int trips)
    {
        int slots = SoftDiff.Checkpoints.Slots(trips);
        var (runs, _, last) = Reverse(trips, slots);
        Assert.All(runs[..last], r => Assert.InRange(r, 1, 2));
        Assert.All(runs[last..], r => Assert.InRange(r, 1, 3));
        if (slots == 1) return;
        var (more, _, before) = Reverse(trips, slots - 1);
        Assert.Contains(more[..before], r => r > 2);
        Assert.InRange(slots, 1, Math.Sqrt(2.0 * trips) + 1);
    }

    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(int.MaxValue, 10)]
    [InlineData(int.MaxValue, 65_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(3_000_000, 2_700_000)]
    [InlineData(7, 0)]
    [InlineData(1, 5)]
    public void The_next_state_lies_before_the_end(int steps, int free)
    {
        int ahead = SoftDiff.Checkpoints.Advance(steps, free);
        if (free == 0 || steps == 1) Assert.Equal(steps, ahead);
        else Assert.InRange(ahead, 1, steps - 1);
    }

    [Fact]
    public void The_longest_loop_has_slots() => Assert.InRange(SoftDiff.Checkpoints.Slots(int.MaxValue), 65_000, 66_000);

    /// <summary>What generated code does: the runs of each iteration, the most states at one time, and the last one that the first sweep keeps.</summary>
    private static (int[] Runs, int States, int Last) Reverse(int trips, int slots)
    {
        var kept = new Stack<int>();
        int[] runs = new int[trips];
        int most = 0;
        void RunTo(ref int at, int bound, int end)
        {
            kept.Push(at);
            most = Math.Max(most, kept.Count);
            int next = Math.Min(at + SoftDiff.Checkpoints.Advance(end - at, slots - kept.Count), bound);
            for (; at < next; at++) runs[at]++;
        }

        for (int at = 0; at < trips;) RunTo(ref at, trips, trips);
        int last = kept.Peek();
        for (int end = trips; end > 0; end--)
        {
            for (int at = kept.Pop(); at < end - 1;) RunTo(ref at, end - 1, end);
        }

        Assert.Empty(kept);
        return (runs, most, last);
    }

    /// <summary>
    /// The least number of runs to reverse some iterations from a kept state: run to a point, keep the state there, reverse what follows with
    /// one slot less, and then what comes before with all slots.
    /// </summary>
    private static long Least(int steps, int slots, Dictionary<(int, int), long> known)
    {
        if (slots == 1 || steps == 1) return (long)steps * (steps - 1) / 2;
        if (known.TryGetValue((steps, slots), out long least)) return least;
        least = Enumerable.Range(1, steps - 1).Min(m => m + Least(steps - m, slots - 1, known) + Least(m, slots, known));
        return known[(steps, slots)] = least;
    }
}
