using System.Collections.Concurrent;

namespace SoftDiff.Runtime.Tests.CodeGeneration;

public sealed class ParallelBatchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Every_example_is_in_one_part(int batch)
    {
        var times = new int[batch];
        Spans spans = new() { Input = new double[batch], Counts = times };
        ParallelBatch.Run(batch, in spans, static (in Spans s, int first, int end) =>
        {
            for (var i = first; i < end; i++) s.Counts[i]++;
        });
        Assert.All(times, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Parts_run_on_several_threads()
    {
        // A part waits for another one, as long as there are cores to run it.
        var threads = new ConcurrentDictionary<int, bool>();
        using var second = new ManualResetEventSlim();
        var arguments = (threads, second);
        ParallelBatch.Run(1000, in arguments, static (in (ConcurrentDictionary<int, bool> Threads, ManualResetEventSlim Second) a, int first, int end) =>
        {
            a.Threads[Environment.CurrentManagedThreadId] = true;
            if (a.Threads.Count > 1) a.Second.Set();
            if (Environment.ProcessorCount > 1) a.Second.Wait(TimeSpan.FromSeconds(10));
        });
        Assert.True(threads.Count > 1 || Environment.ProcessorCount == 1);
    }

    [Fact]
    public void Spans_follow_memory_that_moves()
    {
        for (var round = 0; round < 20; round++)
        {
            // New and small, so that a collection moves it.
            var (input, counts) = (new double[400], new int[400]);
            for (var i = 0; i < input.Length; i++) input[i] = i;
            Spans spans = new() { Input = input, Counts = counts };
            ParallelBatch.Run(input.Length, in spans, static (in Spans s, int first, int end) =>
            {
                for (var i = first; i < end; i++)
                {
                    if (i == first) GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: true);
                    s.Counts[i] = (int)s.Input[i] + 1;
                }
            });
            for (var i = 0; i < counts.Length; i++) Assert.Equal(i + 1, counts[i]);
        }
    }

    [Fact]
    public void The_exception_of_the_first_example_comes_through_and_the_other_parts_run()
    {
        var counts = new int[100];
        Spans spans = new() { Input = new double[100], Counts = counts };
        InvalidOperationException? error = null;
        try
        {
            ParallelBatch.Run(100, in spans, static (in Spans s, int first, int end) =>
            {
                for (var i = first; i < end; i++)
                {
                    s.Counts[i]++;
                    if (i >= 37) throw new InvalidOperationException($"example {i}");
                }
            });
        }
        catch (InvalidOperationException exception)
        {
            error = exception;
        }

        Assert.Equal("example 37", error?.Message);
        Assert.Equal(1, counts[0]);
        Assert.True(counts.Skip(37).Sum() >= 1);
    }

    private ref struct Spans
    {
        public ReadOnlySpan<double> Input;
        public Span<int> Counts;
    }
}
