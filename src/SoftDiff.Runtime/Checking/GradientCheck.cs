namespace SoftDiff;

/// <summary>
/// Checks derivatives, generated or written by hand: compares them with numerical differences of the function, and reverse mode with
/// forward mode.
/// </summary>
/// <remarks>
/// <para>The check compares every entry of the gradient with a central difference that is extrapolated to step zero. For smooth functions
/// this difference is accurate to about 1e-11. It means nothing at a kink, so choose a point beside the kink; a nearby kink only costs
/// time. The check also compares the value that comes with a gradient with the function's value, and a Jacobian–vector product with the
/// gradient: ⟨c, J t⟩ = ⟨Jᵀ c, t⟩ for fixed pseudo-random directions t and cotangents c.</para>
/// <para>An entry passes if its relative error is within the tolerance. The relative error is |analytic - numeric| / max(|analytic|,
/// |numeric|, 1e-4 |f| / max(1, |x|)), so entries pass that are zero up to rounding. Gradient outputs hold NaN before the call, so the
/// check finds entries that the gradient does not write.</para>
/// <para>Each entry costs some tens of evaluations of the function. The check is thread-safe if the functions are.</para>
/// <para>Reference: C. J. F. Ridders, Advances in Engineering Software 4 (1982), for the differences.</para>
/// </remarks>
/// <example>
/// <code>
/// GradientCheck.Verify(x => F(x), (x, dX) => FGrad(x, dX), [1.5, 2.0]);
/// GradientCheck.Verify(x => Math.Sin(x), x => Math.Cos(x), 0.3);
/// </code>
/// </example>
public static partial class GradientCheck
{
    /// <summary>The default tolerance: the largest relative error between a derivative and differences that passes.</summary>
    public const double DefaultTolerance = 1e-8;

    // Both sides are exact but for rounding. Values are compared likewise, since a gradient may compute its value in another order.
    private const double ExactTolerance = 1e-12;
    private const int Directions = 3;

    /// <summary>Checks the derivative of a function of one variable.</summary>
    /// <param name="function">The function.</param>
    /// <param name="derivative">Its derivative.</param>
    /// <param name="x">The point.</param>
    /// <param name="tolerance">The largest relative error that passes.</param>
    /// <returns>The comparison, whether it passed or not.</returns>
    public static GradientReport Check(Func<double, double> function, Func<double, double> derivative, double x, double tolerance = DefaultTolerance)
    {
        var entries = new List<GradientEntry>();
        AddDerivative(entries, function, x, derivative(x), "dX", 0, tolerance);
        return new GradientReport(entries);
    }

    /// <summary>Checks a value and derivative of a function of one variable.</summary>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its value and derivative.</param>
    /// <param name="x">The point.</param>
    /// <param name="tolerance">The largest relative error that passes.</param>
    /// <returns>The comparisons, whether they passed or not.</returns>
    public static GradientReport Check(Func<double, double> function, ScalarGradient gradient, double x, double tolerance = DefaultTolerance)
    {
        var entries = new List<GradientEntry>();
        var value = gradient(x, out var dX);
        var magnitude = AddDerivative(entries, function, x, dX, "dX", 0, tolerance);
        AddExact(entries, "value", value, function(x), magnitude);
        return new GradientReport(entries);
    }

    /// <summary>Checks a value and gradient of a function of a vector.</summary>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its value and gradient.</param>
    /// <param name="x">The point, of any length; it is copied.</param>
    /// <param name="tolerance">The largest relative error that passes.</param>
    /// <returns>The comparisons, whether they passed or not.</returns>
    public static GradientReport Check(SpanFunction function, SpanGradient gradient, ReadOnlySpan<double> x, double tolerance = DefaultTolerance)
    {
        var entries = new List<GradientEntry>();
        CheckGradient(entries, function, gradient, x.ToArray(), tolerance, out _);
        return new GradientReport(entries);
    }

    /// <summary>Checks a value and gradient of a function of a vector, and the Jacobian–vector product against the gradient.</summary>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its value and gradient.</param>
    /// <param name="tangent">Its value and directional derivative.</param>
    /// <param name="x">The point, of any length; it is copied.</param>
    /// <param name="tolerance">The largest relative error to differences that passes; the two modes must agree to 1e-12.</param>
    /// <returns>The comparisons, whether they passed or not.</returns>
    public static GradientReport Check(
        SpanFunction function, SpanGradient gradient, SpanTangent tangent, ReadOnlySpan<double> x, double tolerance = DefaultTolerance)
    {
        var entries = new List<GradientEntry>();
        var point = x.ToArray();
        var dX = CheckGradient(entries, function, gradient, point, tolerance, out var magnitude);
        var random = new Directional();
        for (var k = 0; k < Directions; k++)
        {
            var tX = random.Next(point.Length);
            var value = tangent([.. point], tX, out var tResult);
            AddExact(entries, "jvp value", value, function([.. point]), magnitude);
            AddProduct(entries, [1], [tResult], dX, tX);
        }

        return new GradientReport(entries);
    }

    /// <summary>Checks the vector–Jacobian product of a map from vectors to vectors.</summary>
    /// <param name="map">The map.</param>
    /// <param name="pullback">Its vector–Jacobian product.</param>
    /// <param name="x">The point, of any length; it is copied.</param>
    /// <param name="outputLength">The length of the output of <paramref name="map"/>.</param>
    /// <param name="tolerance">The largest relative error that passes.</param>
    /// <returns>The comparisons, whether they passed or not.</returns>
    public static GradientReport Check(
        SpanMap map, SpanMapPullback pullback, ReadOnlySpan<double> x, int outputLength, double tolerance = DefaultTolerance)
    {
        var entries = new List<GradientEntry>();
        CheckMap(entries, map, pullback, null, x.ToArray(), outputLength, tolerance);
        return new GradientReport(entries);
    }

    /// <summary>Checks the vector–Jacobian product of a map from vectors to vectors, and the Jacobian–vector product against it.</summary>
    /// <param name="map">The map.</param>
    /// <param name="pullback">Its vector–Jacobian product.</param>
    /// <param name="tangent">Its Jacobian–vector product.</param>
    /// <param name="x">The point, of any length; it is copied.</param>
    /// <param name="outputLength">The length of the output of <paramref name="map"/>.</param>
    /// <param name="tolerance">The largest relative error to differences that passes; the two modes must agree to 1e-12.</param>
    /// <returns>The comparisons, whether they passed or not.</returns>
    public static GradientReport Check(
        SpanMap map, SpanMapPullback pullback, SpanMapTangent tangent, ReadOnlySpan<double> x, int outputLength, double tolerance = DefaultTolerance)
    {
        var entries = new List<GradientEntry>();
        CheckMap(entries, map, pullback, tangent, x.ToArray(), outputLength, tolerance);
        return new GradientReport(entries);
    }

    /// <summary>
    /// Like <see cref="Check(Func{double, double}, Func{double, double}, double, double)"/>, but throws if the check fails.
    /// </summary>
    /// <exception cref="GradientCheckException">The derivative is wrong.</exception>
    /// <inheritdoc cref="Check(Func{double, double}, Func{double, double}, double, double)"/>
    public static GradientReport Verify(Func<double, double> function, Func<double, double> derivative, double x, double tolerance = DefaultTolerance) =>
        Require(Check(function, derivative, x, tolerance));

    /// <summary>Like <see cref="Check(Func{double, double}, ScalarGradient, double, double)"/>, but throws if the check fails.</summary>
    /// <exception cref="GradientCheckException">The derivative or the value is wrong.</exception>
    /// <inheritdoc cref="Check(Func{double, double}, ScalarGradient, double, double)"/>
    public static GradientReport Verify(Func<double, double> function, ScalarGradient gradient, double x, double tolerance = DefaultTolerance) =>
        Require(Check(function, gradient, x, tolerance));

    /// <summary>
    /// Like <see cref="Check(SpanFunction, SpanGradient, ReadOnlySpan{double}, double)"/>, but throws if the check fails.
    /// </summary>
    /// <exception cref="GradientCheckException">The gradient or the value is wrong.</exception>
    /// <inheritdoc cref="Check(SpanFunction, SpanGradient, ReadOnlySpan{double}, double)"/>
    public static GradientReport Verify(SpanFunction function, SpanGradient gradient, ReadOnlySpan<double> x, double tolerance = DefaultTolerance) =>
        Require(Check(function, gradient, x, tolerance));

    /// <summary>
    /// Like <see cref="Check(SpanFunction, SpanGradient, SpanTangent, ReadOnlySpan{double}, double)"/>, but throws if the check fails.
    /// </summary>
    /// <exception cref="GradientCheckException">The gradient, the Jacobian–vector product or a value is wrong.</exception>
    /// <inheritdoc cref="Check(SpanFunction, SpanGradient, SpanTangent, ReadOnlySpan{double}, double)"/>
    public static GradientReport Verify(
        SpanFunction function, SpanGradient gradient, SpanTangent tangent, ReadOnlySpan<double> x, double tolerance = DefaultTolerance) =>
        Require(Check(function, gradient, tangent, x, tolerance));

    /// <summary>
    /// Like <see cref="Check(SpanMap, SpanMapPullback, ReadOnlySpan{double}, int, double)"/>, but throws if the check fails.
    /// </summary>
    /// <exception cref="GradientCheckException">The vector–Jacobian product is wrong.</exception>
    /// <inheritdoc cref="Check(SpanMap, SpanMapPullback, ReadOnlySpan{double}, int, double)"/>
    public static GradientReport Verify(
        SpanMap map, SpanMapPullback pullback, ReadOnlySpan<double> x, int outputLength, double tolerance = DefaultTolerance) =>
        Require(Check(map, pullback, x, outputLength, tolerance));

    /// <summary>
    /// Like <see cref="Check(SpanMap, SpanMapPullback, SpanMapTangent, ReadOnlySpan{double}, int, double)"/>, but throws if the check
    /// fails.
    /// </summary>
    /// <exception cref="GradientCheckException">The vector–Jacobian product or the Jacobian–vector product is wrong.</exception>
    /// <inheritdoc cref="Check(SpanMap, SpanMapPullback, SpanMapTangent, ReadOnlySpan{double}, int, double)"/>
    public static GradientReport Verify(
        SpanMap map, SpanMapPullback pullback, SpanMapTangent tangent, ReadOnlySpan<double> x, int outputLength, double tolerance = DefaultTolerance) =>
        Require(Check(map, pullback, tangent, x, outputLength, tolerance));

    private static GradientReport Require(GradientReport report) => report.Passed ? report : throw new GradientCheckException(report);

    private static double[] CheckGradient(
        List<GradientEntry> entries, SpanFunction function, SpanGradient gradient, double[] point, double tolerance, out double magnitude)
    {
        var dX = Unset(point.Length);
        var value = gradient([.. point], dX);
        magnitude = AddDerivatives(entries, function, point, dX, tolerance);
        AddExact(entries, "value", value, function([.. point]), magnitude);
        return dX;
    }

    private static void CheckMap(
        List<GradientEntry> entries, SpanMap map, SpanMapPullback pullback, SpanMapTangent? tangent, double[] point, int outputLength, double tolerance)
    {
        var random = new Directional();
        for (var k = 0; k < Directions; k++)
        {
            var cotangent = random.Next(outputLength);
            var dX = Unset(point.Length);
            pullback([.. point], [.. cotangent], dX);
            var output = new double[outputLength];
            AddDerivatives(entries, Seeded, point, dX, tolerance);
            if (tangent is null) continue;

            var tX = random.Next(point.Length);
            var tDestination = Unset(outputLength);
            tangent([.. point], [.. tX], tDestination);
            AddProduct(entries, cotangent, tDestination, dX, tX);

            double Seeded(ReadOnlySpan<double> x)
            {
                Array.Fill(output, double.NaN);
                map(x, output);
                return Inner(cotangent, output, out _);
            }
        }
    }

    // Returns the largest |f| seen, the scale of the rounding errors of f.
    private static double AddDerivatives(
        List<GradientEntry> entries, SpanFunction function, double[] point, double[] dX, double tolerance, IReadOnlyList<string>? names = null)
    {
        var magnitude = 0.0;
        var moved = new double[point.Length];
        for (var i = 0; i < point.Length; i++)
        {
            var index = i;
            magnitude = Math.Max(magnitude, AddDerivative(entries, Along, point[i], dX[i], names?[i] ?? $"dX[{i}]", i, tolerance));

            double Along(double x)
            {
                point.CopyTo(moved, 0);
                moved[index] = x;
                return function(moved);
            }
        }

        if (point.Length == 0) entries.Add(new GradientEntry("no entries", -1, 0, 0, 0, tolerance));
        return magnitude;
    }

    private static double AddDerivative(
        List<GradientEntry> entries, Func<double, double> function, double x, double analytic, string name, int index, double tolerance)
    {
        var numeric = NumericDerivative.At(function, x, out var magnitude);
        entries.Add(new GradientEntry(name, index, analytic, numeric, Relative(analytic, numeric, NumericDerivative.Noise(magnitude, x)), tolerance));
        return magnitude;
    }

    private static void AddExact(List<GradientEntry> entries, string name, double analytic, double reference, double magnitude) =>
        entries.Add(new GradientEntry(name, -1, analytic, reference, Relative(analytic, reference, magnitude), ExactTolerance));

    private static void AddProduct(List<GradientEntry> entries, double[] cotangent, double[] tDestination, double[] dX, double[] tX)
    {
        var forward = Inner(cotangent, tDestination, out var size);
        var reverse = Inner(dX, tX, out var otherSize);
        entries.Add(new GradientEntry("jvp", -1, forward, reverse, Relative(forward, reverse, Math.Max(size, otherSize)), ExactTolerance));
    }

    private static double Inner(double[] left, double[] right, out double size)
    {
        var sum = 0.0;
        size = 0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
            size += Math.Abs(left[i] * right[i]);
        }

        return sum;
    }

    private static double Relative(double analytic, double reference, double floor)
    {
        if (analytic == reference) return 0;
        return Math.Abs(analytic - reference) / Math.Max(Math.Max(Math.Abs(analytic), Math.Abs(reference)), floor);
    }

    private static double[] Unset(int length)
    {
        var values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }

    /// <summary>
    /// Gives fixed pseudo-random vectors (SplitMix64). Their entries have magnitudes from 0.25 to 1, so no entry escapes a check.
    /// </summary>
    private struct Directional()
    {
        private ulong _state;

        public double[] Next(int length)
        {
            var values = new double[length];
            for (var i = 0; i < length; i++)
            {
                _state += 0x9E3779B97F4A7C15;
                var bits = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
                bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
                bits ^= bits >> 31;
                var size = 0.25 + (0.75 * ((bits >> 11) / (double)(1UL << 53)));
                values[i] = (bits & 1) == 0 ? size : -size;
            }

            return values;
        }
    }
}
