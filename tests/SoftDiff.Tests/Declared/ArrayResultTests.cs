namespace SoftDiff.Tests.Declared;

public sealed class ArrayResultTests
{
    private static readonly double[] Cotangents = [3, -1, 0.5];

    [Fact]
    public void Pullbacks_and_pushforwards_of_an_array()
    {
        double[] y = ArrayResults.PowersPullback(2, 3, Cotangents, out double dX);
        Assert.Equal([2, 4, 8], y);
        Assert.Equal(3 - 4 + (0.5 * 12), dX, 1e-14);
        ArrayResults.PowersGradient(2, 3, Cotangents, out double alone);
        Assert.Equal(dX, alone);

        Assert.Equal(y, ArrayResults.PowersPushforward(2, 3, 10, out double[] tangents));
        Assert.Equal([10, 40, 120], tangents);
        ArrayResults.PowersSlopes(2, 3, 10, out double[] slopes);
        Assert.Equal(tangents, slopes);
    }

    [Fact]
    public void A_derivative_of_a_pullback_gives_the_array_and_its_tangents()
    {
        double[] y = ArrayResults.PowersPullbackPushforward(2, 3, Cotangents, out double dX, 10, out double tDX, out double[] tangents);
        Assert.Equal([2, 4, 8], y);
        Assert.Equal([10, 40, 120], tangents);
        Assert.Equal(5, dX, 1e-14);
        Assert.Equal(10 * (-2 + (0.5 * 12)), tDX, 1e-14);
    }

    [Fact]
    public void Cotangents_of_another_length_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => ArrayResults.PowersPullback(2, 4, Cotangents, out _));
        Assert.Contains("cotangents", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ArrayResults.PowersGradient(2, 2, Cotangents, out _));
        Assert.Throws<ArgumentException>(() => ArrayResults.ProductsPullback([1, 2], new double[2], new double[2, 1], new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => ArrayResults.CirclePullback(1, 1, new Place[2], out _));
    }

    [Fact]
    public void A_method_to_differentiate_calls_a_pullback_that_returns_nothing()
    {
        double value = ArrayResults.SquaredGradientGrad(2, 0.5, out double dX, out double dWeight);
        Assert.Equal(49, value, 1e-13);
        Assert.Equal(2 * 7 * 6, dX, 1e-12);
        Assert.Equal(2 * 7 * 12, dWeight, 1e-12);
        ArrayResults.SquaredGradientJvp(2, 0.5, 1, 10, out double tangent);
        Assert.Equal(dX + (10 * dWeight), tangent, 1e-12);
    }

    [Fact]
    public void Matrices_beside_a_buffer_that_is_written()
    {
        double[] x = [0.4, -1.3], tX = [1, 0.25], dX = new double[2], dSums = [2, 3];
        double[,] cotangents = { { 1, -2 }, { 0.5, 4 } };
        double[] Run(double[] at)
        {
            double[] sums = at[2..];
            double[,] products = ArrayResults.Products(at.AsSpan(0, 2), sums);
            return [.. products.Cast<double>(), .. sums];
        }

        double[] at = [.. x, 7, 8], jacobian = Differences.Jacobian(Run, at), weights = [1, -2, 0.5, 4, 2, 3];
        double[] sums = [7, 8];
        double[,] products = ArrayResults.ProductsPullback(x, sums, cotangents, dX, dSums);
        double[] found = [.. products.Cast<double>(), .. sums];
        Assert.Equal(Run(at), found);
        double[] expected = [.. Enumerable.Range(0, 4).Select(column => Enumerable.Range(0, 6).Sum(row => weights[row] * jacobian[(row * 4) + column]))];
        Differences.AssertClose(expected, [.. dX, .. dSums], 1e-8);

        double[] before = [7, 8], tSums = [0.5, -1];
        Assert.Equal(products, ArrayResults.ProductsPushforward(x, before, tX, tSums, out double[,] tangents));
        double[] direction = [1, 0.25, 0.5, -1];
        double[] along = [.. Enumerable.Range(0, 6).Select(row => Enumerable.Range(0, 4).Sum(column => jacobian[(row * 4) + column] * direction[column]))];
        Differences.AssertClose(along, [.. tangents.Cast<double>(), .. tSums], 1e-8);
    }

    [Fact]
    public void A_pushforward_that_returns_nothing_is_differentiated()
    {
        double[] uSums = [0, 0], uTSums = [0, 0];
        ArrayResults.ProductsCurvature(
            [0.4, -1.3], new double[2], [1, 0], new double[2], out double[,] tangents, [1, 0], uSums, [0, 0], uTSums, out double[,] curvature);

        // x₀ sin(x₀) and its derivatives by x₀.
        Assert.Equal(Math.Sin(0.4) + (0.4 * Math.Cos(0.4)), tangents[0, 0], 1e-14);
        Assert.Equal((2 * Math.Cos(0.4)) - (0.4 * Math.Sin(0.4)), curvature[0, 0], 1e-14);
        Assert.Equal(0, curvature[0, 1]);
    }

    [Fact]
    public void Arrays_of_values()
    {
        Place[] points = ArrayResults.CirclePullback(3, 2, [new() { Along = 1, Across = 10 }, new() { Along = 100, Across = 1000 }], out double dRadius);
        Assert.Equal(ArrayResults.Circle(3, 2), points);
        Assert.Equal(1 + (100 * Math.Cos(1)) + (1000 * 6 * Math.Sin(1)), dRadius, 1e-10);
        ArrayResults.CircleSlopes(3, 2, 1, out Place[] tangents);
        Assert.Equal(new Place { Along = Math.Cos(1), Across = 6 * Math.Sin(1) }, tangents[1]);
    }

    [Fact]
    public void A_derivative_of_a_pullback_gives_the_value_and_its_tangent()
    {
        Place cotangent = new() { Along = 1 };
        Place value = ArrayResults.TurnedPullbackPushforward(
            0.5, 2, cotangent, out double dAngle, out double dRadius, 1, 0, out double tDAngle, out double tDRadius, out Place tangent);
        Assert.Equal(ArrayResults.Turned(0.5, 2), value);
        Assert.Equal((-2 * Math.Sin(0.5), Math.Cos(0.5)), (dAngle, dRadius));
        Assert.Equal((-2 * Math.Cos(0.5), -Math.Sin(0.5)), (tDAngle, tDRadius));
        Assert.Equal(new Place { Along = -2 * Math.Sin(0.5), Across = 2 * Math.Cos(0.5) }, tangent);
    }

    [Fact]
    public void Arrays_by_out_beside_a_number()
    {
        double[] x = [3, -0.5], dX = new double[2], byPullback = new double[2];
        double value = ArrayResults.SplitGradient(x, out double[] squares, out float[] halves, dX, [10, 20], [1, 2]);
        Assert.Equal(ArrayResults.Split(x, out double[] expected, out _), value);
        Assert.Equal(expected, squares);
        Assert.Equal([1.5f, -0.25f], halves);
        Differences.AssertClose([27 + 0.25 + 60 + 0.5, -3 - 20 + 1], dX, 1e-13);
        ArrayResults.SplitPullback(x, out _, out _, 1, byPullback, [10, 20], [1, 2]);
        Assert.Equal(dX, byPullback);

        Assert.Equal(value, ArrayResults.SplitPushforward(x, out _, out _, [0, 1], out double[] tSquares, out float[] tHalves, out double tangent));
        Assert.Equal([0, -1], tSquares);
        Assert.Equal([0, 0.5f], tHalves);
        Assert.Equal(-3, tangent, 1e-14);
    }
}
