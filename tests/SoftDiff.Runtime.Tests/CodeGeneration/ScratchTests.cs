using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.CodeGeneration;

public sealed class ScratchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void The_span_has_the_length_asked_for(int length)
    {
        using var ints = Scratch.Rent<double>(length);
        using var longs = Scratch.Rent<double>((long)length);
        Assert.Equal(length, ints.Span.Length);
        Assert.Equal(length, longs.Span.Length);
        Assert.False(ints.Span.Overlaps(longs.Span));
    }

    [Fact]
    public void Cleared_memory_is_cleared_even_after_use()
    {
        for (var i = 0; i < 3; i++)
        {
            using var rent = Scratch.RentCleared<double>(100);
            using var other = Scratch.RentCleared<double>(100L);
            Assert.Equal(-1, rent.Span.IndexOfAnyExcept(0.0));
            Assert.Equal(-1, other.Span.IndexOfAnyExcept(0.0));
            rent.Span.Fill(double.NaN);
            other.Span.Fill(double.NaN);
        }
    }

    [Fact]
    public void Memory_is_used_again_and_references_are_dropped()
    {
        var rent = Scratch.Rent<object?>(50);
        rent.Span.Fill(new object());
        rent.Dispose();
        rent.Dispose();
        using var again = Scratch.Rent<object?>(50);
        Assert.True(rent.Span.Overlaps(again.Span));
        foreach (var item in again.Span) Assert.Null(item);

        using var third = Scratch.Rent<object?>(50);
        Assert.False(third.Span.Overlaps(again.Span));
    }

    [Fact]
    public void Short_spans_that_are_given_back_in_any_order_never_overlap()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var first = Scratch.Rent<int>(1 + random.Next(3000));
            var second = Scratch.Rent<int>(1 + random.Next(3000));
            first.Span.Fill(1);
            second.Span.Fill(2);
            if (round % 2 == 0) first.Dispose();
            using var third = Scratch.Rent<int>(1 + random.Next(3000));
            third.Span.Fill(3);
            Assert.Equal(-1, second.Span.IndexOfAnyExcept(2));
            second.Dispose();
            using var fourth = Scratch.Rent<int>(1 + random.Next(3000));
            fourth.Span.Fill(4);
            Assert.Equal(-1, third.Span.IndexOfAnyExcept(3));
            if (round % 2 != 0) Assert.Equal(-1, first.Span.IndexOfAnyExcept(1));
            first.Dispose();
            second.Dispose();
            Assert.Equal(-1, fourth.Span.IndexOfAnyExcept(4));
        }
    }

    [Fact]
    public void Impossible_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Scratch.Rent<double>(-1).Dispose());
        Assert.Throws<ArgumentOutOfRangeException>(() => Scratch.Rent<double>(-1L).Dispose());
        var error = Assert.Throws<OverflowException>(() => Scratch.Rent<double>(int.MaxValue + 1L).Dispose());
        Assert.Contains("2147483648", error.Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => Scratch.RentCleared<double>(long.MaxValue).Dispose());
    }

    [Fact]
    public void Renting_does_not_allocate() => Allocations.AssertNone(() =>
    {
        using var first = Scratch.Rent<double>(1000);
        using var second = Scratch.RentCleared<float>(1000L);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void Spans_and_tensors_are_cleared_and_copied_whole(int length)
    {
        double[] source = [.. Enumerable.Range(1, length).Select(i => (double)i)], destination = new double[length];
        Scratch.Copy<double>(source.AsSpan(), destination);
        Assert.Equal(source, destination);
        Scratch.Clear(destination.AsSpan());
        Assert.Equal(new double[length], destination);
        Scratch.Copy<double>(new ReadOnlyTensorSpan<double>(source), new TensorSpan<double>(destination));
        Assert.Equal(source, destination);
        Scratch.Clear(new TensorSpan<double>(destination));
        Assert.Equal(new double[length], destination);
    }

    [Fact]
    public void Copies_within_one_array_keep_what_they_copy()
    {
        double[] numbers = [1, 2, 3, 4];
        Scratch.Copy<double>(numbers.AsSpan(0, 3), numbers.AsSpan(1));
        Assert.Equal([1, 1, 2, 3], numbers);
        Assert.Throws<ArgumentException>(() => Scratch.Copy<double>(numbers.AsSpan(), numbers.AsSpan(1)));
    }

    [Fact]
    public void Memory_on_the_stack_is_handed_on_as_it_is_or_cleared()
    {
        Span<double> memory = [1, 2, 3];
        Assert.True(Scratch.OnStack(memory) == memory);
        Assert.Equal([1, 2, 3], memory.ToArray());
        Assert.True(Scratch.ClearedOnStack(memory) == memory);
        Assert.Equal([0, 0, 0], memory.ToArray());
    }
}
