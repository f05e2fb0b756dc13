namespace SoftDiff.Tests.Declared;

public sealed class FewRowsTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(1.4)]
    public void Rows_of_elements_are_those_of_forward_mode_on_both_branches(double first)
    {
        double[] x = [first, 0.2, 0, 1.1, -0.7, 2.3], y = new double[2], expected = new double[2];
        var (rows, columns) = (Dirty(14), Dirty(14));
        FewRows.TurnedJacobian(x, 0.4, y, rows);
        FewRows.TurnedForward(x, 0.4, expected, columns);
        double[] Run(double[] at)
        {
            var value = new double[2];
            FewRows.Turned(at.AsSpan(0, 6), at[6], value);
            return value;
        }

        Assert.Equal(Run([.. x, 0.4]), y);
        Differences.AssertClose(Differences.Jacobian(Run, [.. x, 0.4]), rows, 1e-8);
        Differences.AssertClose(columns, rows, 1e-13);
    }

    [Fact]
    public void Elements_that_are_not_written_keep_their_values_and_have_rows_of_zeros()
    {
        double[] x = [1.5, -0.4, 1, 1, 1, 1], y = [7, 8, 9, 10], rows = Dirty(28);
        FewRows.TurnedJacobian(x, 0.4, y, rows);
        Assert.Equal([9, 10], y[2..]);
        Assert.All(rows[..14], entry => Assert.True(Math.Abs(entry) < 1e3));
        Assert.All(rows[14..], entry => Assert.Equal(0, entry));
    }

    [Theory]
    [InlineData(2, 8, new double[] { 0, 0, 0.5, 2 })]
    [InlineData(-2, 9, new double[] { 0, 0, 0, 0 })]
    public void An_element_that_one_branch_writes_has_a_row_of_zeros_after_the_other(double first, double kept, double[] expected)
    {
        double[] y = [7, 9, 0], rows = Dirty(8);
        double value = FewRows.SometimesJacobian([first, 0.5], y, rows);
        Assert.Equal(4, value);
        Assert.Equal([7, kept == 8 ? 1 : 9, Math.Exp(0.5)], y);
        Assert.Equal([.. expected, 0, Math.Exp(0.5), 2 * first, 0], rows);
    }

    [Fact]
    public void A_buffer_that_is_too_short_throws_as_the_method_does()
    {
        Assert.Throws<IndexOutOfRangeException>(() => FewRows.Turned(new double[6], 1, new double[1]));
        Assert.Throws<IndexOutOfRangeException>(() => FewRows.TurnedJacobian(new double[6], 1, new double[1], new double[7]));
        Assert.Throws<IndexOutOfRangeException>(() => FewRows.TurnedJacobian([], 1, new double[2], new double[2]));
        var error = Assert.Throws<ArgumentException>(() => FewRows.TurnedJacobian(new double[6], 1, new double[2], new double[13]));
        Assert.Equal("jacobian", error.ParamName);
    }

    [Fact]
    public void A_buffer_needs_no_place_for_an_element_that_the_method_does_not_write()
    {
        double[] y = new double[1], rows = Dirty(2);
        FewRows.RarelyJacobian([-2, 3], y, rows);
        Assert.Equal([-6], y);
        Assert.Equal([3, -2], rows);
        y = new double[2];
        rows = Dirty(4);
        FewRows.RarelyJacobian([2, 3], y, rows);
        Assert.Equal([6, 3], y);
        Assert.Equal([3, 2, 0, 1], rows);
        Assert.Throws<IndexOutOfRangeException>(() => FewRows.RarelyJacobian([2, 3], new double[1], new double[2]));
    }

    [Fact]
    public void A_divisor_may_be_so_small_that_its_reciprocal_is_infinite()
    {
        double divisor = Math.ScaleB(1, -1030), first = Math.ScaleB(1, 530), second = Math.ScaleB(1, 630);
        double[] x = [3 * divisor, 5 * divisor, divisor, first * divisor, second * divisor], y = new double[1], rows = Dirty(5);
        FewRows.QuotientsJacobian(x, y, rows);
        Assert.Equal([first, second, -5 * second, 3, 5], rows);
    }

    [Fact]
    public void A_buffer_with_columns_is_no_output_of_few_elements()
    {
        float[] first = [0, 0], second = [4], rows = [9, 9, 9, 9, 9, 9];
        FewRows.TwoJacobian(2, first, second, rows);
        Assert.Equal([0.5f, 16], first);
        Assert.Equal([4], second);
        Assert.Equal([0.25f, -0.125f, 16, 4, 2, 0], rows);
    }

    [Fact]
    public void Short_loops_over_small_arrays_are_unrolled()
    {
        float[] x = [0.5f, 1.5f, -0.25f, 2, 4], y = new float[2], expected = new float[2];
        float[] rows = [.. Dirty(10).Select(d => (float)d)], columns = [.. rows];
        FewRows.MixedJacobian(x, y, rows);
        FewRows.MixedForward(x, expected, columns);
        Assert.Equal(expected, y);
        for (int i = 0; i < 10; i++) Assert.Equal(columns[i], rows[i], 1e-5f);
    }

    private static double[] Dirty(int length) => [.. Enumerable.Repeat(double.NaN, length)];
}
