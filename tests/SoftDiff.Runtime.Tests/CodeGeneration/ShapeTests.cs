using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDiff.Runtime.Tests.CodeGeneration;

public sealed class ShapeTests
{
    [Fact]
    public void A_wrong_length_names_the_parameters_and_both_lengths()
    {
        Shape.SameLength(3, 3, "dX", "x");
        var error = Assert.Throws<ArgumentException>(() => Shape.SameLength(3, 5, "dX", "x"));
        Assert.Equal("dX", error.ParamName);
        Assert.StartsWith("'dX' has length 3; it must have length 5, like 'x'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3, 3, 3, false)]
    [InlineData(0, 4, 3, 3, true)]
    [InlineData(3, 3, 0, 4, true)]
    [InlineData(2, 2, 2, 2, true)]
    [InlineData(2, 0, 1, 4, false)]
    [InlineData(1, 4, 3, 0, false)]
    public void Spans_that_share_memory_are_refused(int first, int firstLength, int second, int secondLength, bool overlaps)
    {
        var array = new double[6];
        var error = Record.Exception(
            () => Shape.Disjoint<double>(array.AsSpan(first, firstLength), "dX", array.AsSpan(second, secondLength), "dY"));
        if (!overlaps)
        {
            Assert.Null(error);
            return;
        }

        Assert.Equal("dX", Assert.IsType<ArgumentException>(error).ParamName);
        Assert.Contains("'dX' and 'dY'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_spans_are_compared_as_each_pair_is()
    {
        var array = new float[5];
        const string More = " 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31";
        var parts = (from start in Enumerable.Range(0, 4) from length in Enumerable.Range(0, 3) where start + length <= 5 select (start, length)).ToArray();
        foreach (var a in parts)
        {
            foreach (var b in parts)
            {
                foreach (var c in parts)
                {
                    for (var written = 0; written <= 3; written++) Check(a, b, c, written);
                }
            }
        }

        void Check((int Start, int Length) a, (int Start, int Length) b, (int Start, int Length) c, int written)
        {
            var expected = written > 0 && Overlap(a, b) ? "'a' and 'b'" : written > 0 && Overlap(a, c) ? "'a' and 'c'"
                : written > 1 && Overlap(b, c) ? "'b' and 'c'" : null;
            AssertRefused(expected, () => Shape.Disjoint<float>(written, "a b c", Part(a), Part(b), Part(c)));
            AssertRefused(expected, () => Shape.Disjoint<float>(written, "a b c" + More, Part(a), Part(b), Part(c), [], [], [], [], [], [], []));
        }

        Span<float> Part((int Start, int Length) part) => array.AsSpan(part.Start, part.Length);
        bool Overlap((int Start, int Length) a, (int Start, int Length) b) => Part(a).Overlaps(Part(b));
        static void AssertRefused(string? names, Action call)
        {
            var error = Record.Exception(call);
            if (names is null) Assert.Null(error);
            else Assert.Contains(names, Assert.IsType<ArgumentException>(error).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_last_of_many_spans_is_compared_too()
    {
        var (a, b) = (new double[3], new double[2]);
        var names = string.Join(' ', Enumerable.Range(0, 31)) + " last";
        Shape.Disjoint<double>(1, names, a, b, [], [], [], [], [], [], [], s31: new double[1]);
        var error = Assert.Throws<ArgumentException>(() => Shape.Disjoint<double>(1, names, a, b, [], [], [], [], [], [], [], s31: a.AsSpan(2)));
        Assert.Equal("0", error.ParamName);
        Assert.Contains("'last'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_arrays_of_arrays_are_compared_with_those_that_are_written()
    {
        double[][] a = [[1], [2, 3]], b = [[4], []], c = [[5], a[1], []], d = [[], c[0]];
        Shape.Disjoint<double>(2, "a b d", a, b, d);
        Shape.Disjoint<double>(0, "a c d", a, c, d);
        Shape.Disjoint<double>(1, "b c d", b, c, d);
        var error = Assert.Throws<ArgumentException>(() => Shape.Disjoint<double>(2, "b a c", b, a, c));
        Assert.Contains("'a[1]' and 'c[1]' are one array", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Shape.Disjoint<double>(2, "b c d", b, c, d));
    }

    [Theory]
    [InlineData(2.5, 1)]
    [InlineData(-2.5, -1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, -1)]
    [InlineData(double.Epsilon, 1)]
    [InlineData(0.0, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void The_sign_is_the_derivative_of_the_absolute_value(double x, double sign)
    {
        Assert.Equal(sign, Partials.Sign(x));
        Assert.Equal(-sign, Partials.Sign(-x));
        if (x != double.Epsilon) Assert.Equal((float)sign, Partials.Sign((float)x));
        foreach (var c in new[] { 2.5, -3, 0, double.PositiveInfinity, double.NaN })
        {
            Assert.Equal(c * sign, Partials.TimesSign(c, x));
            Assert.Equal(c * -sign, Partials.TimesSign(c, -x));
            if (x != double.Epsilon) Assert.Equal((float)(c * sign), Partials.TimesSign((float)c, (float)x));
        }
    }

    [Theory]
    [InlineData(2, 3, 2)]
    [InlineData(6, 0, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(-5, -1, 0)]
    [InlineData(int.MinValue, int.MinValue, 0)]
    public void A_row_never_leads_out_of_its_span(int start, int count, int expected)
    {
        var array = new double[6];
        var row = Shape.Row(array, start, count);
        Assert.Equal(count, row.Length);
        Assert.True(Unsafe.AreSame(ref array[expected], ref MemoryMarshal.GetReference(row)));
        Assert.True(Unsafe.AreSame(in array[expected], in MemoryMarshal.GetReference(Shape.Row((ReadOnlySpan<double>)array, start, count))));
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(6, 1)]
    [InlineData(-1, 1)]
    [InlineData(int.MaxValue, 2)]
    public void A_row_beyond_its_span_is_refused(int start, int count)
    {
        Assert.Throws<IndexOutOfRangeException>(() => Shape.Row(new double[6], start, count).Length);
        Assert.Throws<IndexOutOfRangeException>(() => Shape.Row(new ReadOnlySpan<double>(new double[6]), start, count).Length);
    }

    [Fact]
    public void Stopping_a_gradient_keeps_the_value()
    {
        var text = new object();
        Assert.Same(text, Diff.StopGradient(text));
        Assert.Equal(1.5, Diff.StopGradient(1.5));
    }

    [Theory]
    [InlineData(6, 3, 2)]
    [InlineData(0, 3, 0)]
    [InlineData(5, 0, 0)]
    public void The_length_of_a_row_of_a_batch(int length, int batch, int row) => Assert.Equal(row, Shape.RowLength(length, batch, "x"));

    [Fact]
    public void The_rows_of_a_tensor_of_a_batch()
    {
        Assert.Equal(6, Shape.RowLength([4, 2, 3], 4, "x"));
        Assert.Equal(1, Shape.RowLength([4], 4, "x"));
        Assert.Equal(6, Shape.RowLength([4, 2, 3], 0, "x"));
        Assert.Throws<OverflowException>(() => Shape.RowLength([4, 1 << 16, 1 << 16], 4, "x"));
    }

    public static TheoryData<Action, string> WrongBatches => new()
    {
        { () => Shape.RowLength(7, 3, "x"), "'x' has length 7, which is no multiple of the 3 examples of the batch." },
        { () => Shape.RowLength([3, 2], 4, "x"), "'x' has shape [3, 2]; its first axis must have length 4, one part for each example of the batch." },
        { () => Shape.RowLength([], 0, "x"), "'x' has shape []; its first axis must have length 0, one part for each example of the batch." },
        { () => Shape.OnePerExample(7, 3, "x"), "'x' has length 7; it must have length 3, one element for each example of the batch." },
        { () => Shape.RowsLike(7, 3, 2, "x", "w"), "'x' has length 7; it must have length 6, for each of 3 examples the length 2 of 'w'." },
    };

    [Theory]
    [MemberData(nameof(WrongBatches))]
    public void A_wrong_length_of_a_batch_names_the_parameter_and_the_lengths(Action check, string message)
    {
        var error = Assert.Throws<ArgumentException>(check);
        Assert.Equal("x", error.ParamName);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_batch_requires_nothing()
    {
        Shape.OnePerExample(7, 0, "x");
        Shape.RowsLike(7, 0, 2, "x", "w");
    }
}
