namespace SoftDiff.Runtime.Tests.CodeGeneration;

public sealed class TapeTests
{
    [Fact]
    public void Values_come_back_in_reverse_order_across_types_and_growth()
    {
        Tape tape = default;
        for (var i = 0; i < 10_000; i++)
        {
            tape.Push(i % 3 == 0);
            tape.Push((double)i);
            tape.Push(i);
            tape.Push(i * 0.5f);
            tape.Push((i, (double)-i));
            tape.Push(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        for (var i = 9_999; i >= 0; i--)
        {
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), tape.Pop<string>());
            Assert.Equal((i, (double)-i), tape.Pop<(int, double)>());
            Assert.Equal(i * 0.5f, tape.Pop<float>());
            Assert.Equal(i, tape.Pop<int>());
            Assert.Equal(i, tape.Pop<double>());
            Assert.Equal(i % 3 == 0, tape.Pop<bool>());
        }

        Assert.Throws<InvalidOperationException>(() => tape.Pop<bool>());
        tape.Dispose();
    }

    [Fact]
    public void Blocks_come_back_in_reverse_order()
    {
        Tape tape = default;
        for (var n = 0; n < 300; n++)
        {
            tape.PushSpan<double>(Enumerable.Range(n, n).Select(i => (double)i).ToArray());
            tape.Push(true);
            tape.PushSpan<string>([$"{n}", "b"]);
        }

        for (var n = 299; n >= 0; n--)
        {
            var texts = new string[2];
            tape.PopSpan<string>(texts);
            Assert.Equal([$"{n}", "b"], texts);
            Assert.True(tape.Pop<bool>());
            var block = new double[n];
            tape.PopSpan<double>(block);
            Assert.Equal(Enumerable.Range(n, n).Select(i => (double)i), block);
        }

        tape.Dispose();
    }

    [Fact]
    public void One_block_may_be_larger_than_the_tape_was()
    {
        Tape tape = default;
        tape.Push(1.5);
        var block = Samples.Uniform(1, 100_000, 0, 1);
        tape.PushSpan<double>(block);
        var back = new double[block.Length];
        tape.PopSpan<double>(back);
        Assert.Equal(block, back);
        Assert.Equal(1.5, tape.Pop<double>());
        tape.Dispose();
    }

    [Fact]
    public void An_empty_tape_refuses_to_be_popped()
    {
        Tape tape = default;
        Assert.Throws<InvalidOperationException>(() => tape.Pop<double>());
        Assert.Throws<InvalidOperationException>(() => tape.Pop<string>());
        Assert.Throws<InvalidOperationException>(() => tape.PopSpan<double>(new double[1]));
        Assert.Throws<InvalidOperationException>(() => tape.PopSpan<string>(new string[1]));
        tape.PopSpan<double>([]);
        tape.Push(1);
        Assert.Throws<InvalidOperationException>(() => tape.Pop<double>());
        Assert.Equal(1, tape.Pop<int>());
        tape.Dispose();
    }

    [Fact]
    public void A_disposed_tape_is_empty_and_usable()
    {
        Tape tape = default;
        tape.Push(1.0);
        tape.Push("a");
        tape.Dispose();
        tape.Dispose();
        Assert.Throws<InvalidOperationException>(() => tape.Pop<double>());
        tape.Push(2.0);
        Assert.Equal(2.0, tape.Pop<double>());
        tape.Dispose();
    }

    [Fact]
    public void A_warm_tape_does_not_allocate() => Allocations.AssertNone(() =>
    {
        Tape tape = default;
        Span<double> block = stackalloc double[10];
        for (var i = 0; i < 5000; i++)
        {
            tape.Push(i);
            tape.Push(1.0);
            tape.PushSpan<double>(block);
        }

        tape.Dispose();
    });
}
