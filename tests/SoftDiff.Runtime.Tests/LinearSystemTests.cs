namespace SoftDiff.Runtime.Tests;

/// <summary>Dense linear systems: solutions, singular matrices and memory.</summary>
public class LinearSystemTests
{
    /// <summary>A matrix that is far from singular: noise, and a permuted diagonal that elimination must find.</summary>
    private static double[] Matrix(int n, Random random)
    {
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) matrix[i * n + j] = random.NextDouble() - 0.5;
            matrix[i * n + (i + 1) % n] += n;
        }

        return matrix;
    }

    private static double[] Product(double[] matrix, bool transposed, double[] x)
    {
        var n = x.Length;
        return [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => matrix[transposed ? j * n + i : i * n + j] * x[j]))];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(120)]
    public void TheSolutionSolvesTheSystem(int n)
    {
        var random = new Random(n);
        var matrix = Matrix(n, random);
        double[] expected = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)], actual = new double[n];
        foreach (var transposed in new[] { false, true })
        {
            LinearSystem.Solve(matrix, transposed, Product(matrix, transposed, expected), actual);
            for (var i = 0; i < n; i++) Assert.Equal(expected[i], actual[i], 1e-13);
        }
    }

    [Fact]
    public void TheRightSideMayBeTheSolution()
    {
        double[] numbers = [5, 11];
        LinearSystem.Solve([1, 2, 3, 4], false, numbers, numbers);
        Assert.Equal(1, numbers[0], 1e-14);
        Assert.Equal(2, numbers[1], 1e-14);
    }

    [Fact]
    public void SinglePrecisionHasASolutionToo()
    {
        var solution = new float[2];
        LinearSystem.Solve([1f, 2f, 3f, 4f], true, [7f, 10f], solution);
        Assert.Equal(1, solution[0], 1e-5);
        Assert.Equal(2, solution[1], 1e-5);
    }

    [Theory]
    [InlineData(1, 1e-200)]
    [InlineData(1e150, 1e-150)]
    public void UnitsDoNotMakeAMatrixSingular(double ofEquation, double ofUnknown)
    {
        var solution = new double[2];
        LinearSystem.Solve([ofEquation, ofEquation * ofUnknown, 1, -ofUnknown], false, [3 * ofEquation, -1], solution);
        Assert.Equal(1, solution[0], 1e-14);
        Assert.Equal(2, solution[1] * ofUnknown, 1e-14);
    }

    [Fact]
    public void ASingularMatrixIsRefused()
    {
        double[][] singular = [[0], [1, 2, 2, 4], [0.1, 0.3, 0.3, 0.9], [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 0, 1, 0]];
        foreach (var matrix in singular)
        {
            var n = (int)Math.Sqrt(matrix.Length);
            Assert.Throws<InvalidOperationException>(() => LinearSystem.Solve(matrix, false, new double[n], new double[n]));
        }
    }

    [Fact]
    public void NaNStaysNaN()
    {
        var solution = new double[2];
        LinearSystem.Solve([double.NaN, 1, 1, 2], false, [1, 1], solution);
        Assert.All(solution, x => Assert.True(double.IsNaN(x)));
    }

    [Fact]
    public void LengthsThatDoNotFitAreRefused()
    {
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => LinearSystem.Solve(new double[3], false, new double[2], new double[2])).ParamName);
        Assert.Equal("right", Assert.Throws<ArgumentException>(() => LinearSystem.Solve(new double[4], false, new double[1], new double[2])).ParamName);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    public void NothingIsAllocated(int n)
    {
        double[] matrix = Matrix(n, new Random(1)), right = [.. Enumerable.Repeat(1.0, n)], solution = new double[n];
        Allocations.AssertNone(() => LinearSystem.Solve(matrix, true, right, solution));
    }
}
