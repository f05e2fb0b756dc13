namespace SoftDiff;

// Matrices of derivatives: every element is compared with a difference of its own.
public static partial class GradientCheck
{
    /// <summary>Checks a dense Hessian against differences of the gradient.</summary>
    /// <param name="gradient">The value and gradient, which the check takes for right.</param>
    /// <param name="hessian">The Hessian: element (i, j) is the derivative of element i of the gradient by number j.</param>
    /// <param name="x">The point, of any length; it is copied.</param>
    /// <param name="tolerance">The largest relative error that passes.</param>
    /// <returns>The comparisons, whether they passed or not.</returns>
    public static GradientReport Check(SpanGradient gradient, SpanMatrix hessian, ReadOnlySpan<double> x, double tolerance = DefaultTolerance)
    {
        var entries = new List<GradientEntry>();
        AddMatrix(entries, (at, destination) => gradient(at, destination), hessian, x.ToArray(), x.Length, "hessian", tolerance);
        return new GradientReport(entries);
    }

    /// <summary>Checks a dense Jacobian of a map from vectors to vectors against differences of the map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="jacobian">The Jacobian: element (i, j) is the derivative of output i by number j.</param>
    /// <param name="x">The point, of any length; it is copied.</param>
    /// <param name="outputLength">The length of the output of <paramref name="map"/>.</param>
    /// <param name="tolerance">The largest relative error that passes.</param>
    /// <returns>The comparisons, whether they passed or not.</returns>
    public static GradientReport Check(
        SpanMap map, SpanMatrix jacobian, ReadOnlySpan<double> x, int outputLength, double tolerance = DefaultTolerance)
    {
        var entries = new List<GradientEntry>();
        AddMatrix(entries, map, jacobian, x.ToArray(), outputLength, "jacobian", tolerance);
        return new GradientReport(entries);
    }

    /// <summary>Like <see cref="Check(SpanGradient, SpanMatrix, ReadOnlySpan{double}, double)"/>, but throws if the check fails.</summary>
    /// <exception cref="GradientCheckException">The Hessian is wrong.</exception>
    /// <inheritdoc cref="Check(SpanGradient, SpanMatrix, ReadOnlySpan{double}, double)"/>
    public static GradientReport Verify(SpanGradient gradient, SpanMatrix hessian, ReadOnlySpan<double> x, double tolerance = DefaultTolerance) =>
        Require(Check(gradient, hessian, x, tolerance));

    /// <summary>Like <see cref="Check(SpanMap, SpanMatrix, ReadOnlySpan{double}, int, double)"/>, but throws if the check fails.</summary>
    /// <exception cref="GradientCheckException">The Jacobian is wrong.</exception>
    /// <inheritdoc cref="Check(SpanMap, SpanMatrix, ReadOnlySpan{double}, int, double)"/>
    public static GradientReport Verify(
        SpanMap map, SpanMatrix jacobian, ReadOnlySpan<double> x, int outputLength, double tolerance = DefaultTolerance) =>
        Require(Check(map, jacobian, x, outputLength, tolerance));

    private static void AddMatrix(
        List<GradientEntry> entries, SpanMap map, SpanMatrix derivatives, double[] point, int rows, string name, double tolerance)
    {
        var columns = point.Length;
        var matrix = Unset(rows * columns);
        derivatives([.. point], matrix);
        for (var i = 0; i < matrix.Length; i++)
        {
            var (row, column) = Math.DivRem(i, columns);
            AddDerivative(entries, Along, point[column], matrix[i], $"{name}[{row}, {column}]", i, tolerance);

            double Along(double at)
            {
                double[] moved = [.. point];
                moved[column] = at;
                var destination = Unset(rows);
                map(moved, destination);
                return destination[row];
            }
        }

        if (matrix.Length == 0) entries.Add(new GradientEntry("no entries", -1, 0, 0, 0, tolerance));
    }
}
