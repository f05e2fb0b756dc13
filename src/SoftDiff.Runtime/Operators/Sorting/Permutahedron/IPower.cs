namespace SoftDiff;

/// <summary>An odd power f, by which a projection is smooth, and the equation for the level of a block.</summary>
internal interface IPower
{
    /// <summary>The derivative of f at 0.</summary>
    static abstract double SlopeAtZero { get; }

    static abstract double Value(double t);

    static abstract double Slope(double t);

    /// <summary>
    /// The x with Σ f(cᵢ + x) = total for c of the mean 0, given Σ c² and Σ c³. The elements are evenly spaced by a <paramref name="step"/> that is not 0;
    /// if it is 0, all cᵢ + x are positive.
    /// </summary>
    static abstract double Root(double count, double second, double third, double total, double step);
}

/// <summary>t: the Euclidean projection.</summary>
internal readonly struct Linear : IPower
{
    public static double SlopeAtZero => 1;

    public static double Value(double t) => t;

    public static double Slope(double t) => 1;

    public static double Root(double count, double second, double third, double total, double step) => total / count;
}

/// <summary>t |t|.</summary>
internal readonly struct SignedSquare : IPower
{
    private const int MaxSteps = 8;

    public static double SlopeAtZero => 0;

    public static double Value(double t) => t * Math.Abs(t);

    public static double Slope(double t) => 2 * Math.Abs(t);

    public static double Root(double count, double second, double third, double total, double step)
    {
        // All terms of one sign make a quadratic: Σ (c + x)² = Σ c² + n x².
        var square = (Math.Abs(total) - second) / count;
        var most = (count - 1) * 0.5 * step;
        if (square >= most * most) return Math.CopySign(Math.Sqrt(square), total);
        return step > 0 ? Math.CopySign(EvenRoot(count, Math.Abs(total) / (step * step)) * step, total) : 0;
    }

    /// <summary>
    /// The q ≥ 0 with Σ (p - i) |p - i| = total over i = 0 … n - 1, where p = q + (n - 1) / 2 is between elements: those up to p are a part of the sum of
    /// squares, those above it another, and the difference is convex in q. So Newton's method comes down from the tangent at q = 0.
    /// </summary>
    private static double EvenRoot(double count, double total)
    {
        var center = (count - 1) * 0.5;
        var halves = Math.Floor(count * 0.5);
        var q = total / (2 * halves * (count - halves));
        for (var i = 0; i < MaxSteps; i++)
        {
            var below = Math.Floor(center + q);
            var fraction = center + q - below;
            var above = count - 1 - below;
            var linear = (below * (below + 1)) + (above * (above + 1));
            var excess = Squares(below) - Squares(above) + (fraction * (linear + (fraction * (below + 1 - above)))) - total;
            var change = excess / (linear + (2 * fraction * (below + 1 - above)));
            q -= change;
            if (!(Math.Abs(change) > 1e-12 * q)) break;
        }

        return q;
    }

    /// <summary>1² + 2² + … + k².</summary>
    private static double Squares(double k) => k * (k + 1) * ((2 * k) + 1) / 6;
}

/// <summary>t³.</summary>
internal readonly struct Cube : IPower
{
    private const int MaxSteps = 12;

    public static double SlopeAtZero => 0;

    public static double Value(double t) => t * t * t;

    public static double Slope(double t) => 3 * t * t;

    /// <summary>
    /// x³ + p x = q with p ≥ 0. For q > 0 both terms alone give a bound from above, from which Newton's method comes down, the left side being convex.
    /// </summary>
    public static double Root(double count, double second, double third, double total, double step)
    {
        var p = 3 * second / count;
        var signed = (total - third) / count;
        var q = Math.Abs(signed);
        var x = Math.Cbrt(q);
        if (p == 0 || q == 0) return Math.CopySign(x, signed);
        x = Math.Min(x, q / p);
        for (var i = 0; i < MaxSteps; i++)
        {
            var change = ((x * ((x * x) + p)) - q) / ((3 * x * x) + p);
            x -= change;
            if (!(change > 1e-14 * x)) break;
        }

        return Math.CopySign(x, signed);
    }
}
