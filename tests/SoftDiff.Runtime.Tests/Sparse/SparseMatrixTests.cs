namespace SoftDiff.Runtime.Tests.Sparse;

public class SparseMatrixTests
{
    //  1 0 2
    //  0 0 0
    //  0 3 0
    //  4 5 6
    private static readonly SparseMatrix<double> Sample = new(4, 3, [0, 2, 2, 3, 6], [0, 2, 1, 0, 1, 2], [1, 2, 3, 4, 5, 6]);

    [Fact]
    public void Its_elements_are_found()
    {
        double[] dense = [1, 0, 2, 0, 0, 0, 0, 3, 0, 4, 5, 6];
        Assert.Equal(dense, Sample.ToDense());
        for (var i = 0; i < 12; i++) Assert.Equal(dense[i], Sample[i / 3, i % 3]);
        Assert.Equal((4, 3, 0), (Sample.Rows, Sample.ColumnCount, Sample.Sweeps));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample[4, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample[0, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample[0, -1]);
    }

    [Fact]
    public void Products_are_those_of_the_dense_matrix_and_allocate_nothing()
    {
        var (y, x) = (new double[4], new double[3]);
        Sample.Multiply([1, 10, 100], y);
        Assert.Equal([201, 0, 30, 654], y);
        Sample.MultiplyTransposed([1, 10, 100, 1000], x);
        Assert.Equal([4001, 5300, 6002], x);
        Allocations.AssertNone(() =>
        {
            Sample.Multiply(x, y);
            Sample.MultiplyTransposed(y, x);
        });
    }

    [Fact]
    public void Lengths_must_fit()
    {
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Sample.Multiply(new double[4], new double[4])).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => Sample.Multiply(new double[3], new double[3])).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Sample.MultiplyTransposed(new double[3], new double[3])).ParamName);
        var square = new SparseMatrix<float>(2, 2, [0, 1, 2], [0, 1], [1, 1]);
        var shared = new float[2];
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => square.Multiply(shared, shared)).ParamName);
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, new[] { 0, 1 }, 2, "rowPointers")]
    [InlineData(new[] { 0, 2, 1 }, new[] { 0 }, 1, "rowPointers")]
    [InlineData(new[] { 1, 1, 2 }, new[] { 0, 1 }, 2, "rowPointers")]
    [InlineData(new[] { 0, 1, 3 }, new[] { 0, 1 }, 2, "rowPointers")]
    [InlineData(new[] { 0, 1, 2 }, new[] { 0, 3 }, 2, "columns")]
    [InlineData(new[] { 0, 1, 2 }, new[] { -1, 0 }, 2, "columns")]
    [InlineData(new[] { 0, 2, 2 }, new[] { 1, 0 }, 2, "columns")]
    [InlineData(new[] { 0, 2, 2 }, new[] { 1, 1 }, 2, "columns")]
    [InlineData(new[] { 0, 1, 2 }, new[] { 0, 1 }, 3, "values")]
    public void Its_arrays_must_describe_a_matrix(int[] rowPointers, int[] columns, int values, string wrong) =>
        Assert.Equal(wrong, Assert.Throws<ArgumentException>(() => new SparseMatrix<double>(2, 3, rowPointers, columns, new double[values])).ParamName);

    [Fact]
    public void It_may_be_empty()
    {
        var empty = new SparseMatrix<double>(0, 0, [0], [], []);
        Assert.Empty(empty.ToDense());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseMatrix<double>(-1, 0, [0], [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseMatrix<double>(0, -1, [0], [], []));
        Assert.Throws<ArgumentNullException>(() => new SparseMatrix<double>(0, 0, null!, [], []));
        Assert.Throws<ArgumentNullException>(() => new SparseMatrix<double>(0, 0, [0], null!, []));
        Assert.Throws<ArgumentNullException>(() => new SparseMatrix<double>(0, 0, [0], [], null!));
    }
}
