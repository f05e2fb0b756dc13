namespace SoftDiff;

/// <summary>
/// The smooth projection of z onto the permutahedron of w, for descending z: minimises over y with Σy = Σw
///   -⟨z, y⟩ + Σ φ(bₖ - Yₖ) + Σ φ(yᵢ - yᵢ₊₁),   Yₖ = y₁ + … + yₖ,   φ(t) = t ln t - t,
/// with the <see cref="SmoothBounds"/> b of w. w and y have the mean 0 here; another is added to y unchanged.
/// </summary>
/// <remarks>
/// With the slacks p = b - Y and the gaps q = yᵢ - yᵢ₊₁ = L Y, L = tridiag(-1, 2, -1), and the steps d of z, the conditions are
/// ln p = -(d + L β) and ln q = -β for the multipliers β, and L (b - p) = q. The last is the gradient of a convex function of β without
/// bounds, which Newton's method with a line search minimises. Its first step starts at the sorted w, where p = 0.
/// </remarks>
internal ref partial struct SmoothProjection
{
    private const int MaxSteps = 300;
    private const double LeastStep = 1e-12;

    // Two bounds for the squared length of a Newton step, relative to Σp + Σq. A step below the first is the last one; below the second,
    // rounding may keep steps from getting smaller.
    private const double Converged = 1e-26;
    private const double NearlyConverged = 1e-14;

    private readonly ReadOnlySpan<double> _steps;
    private readonly BandedSystem _system;
    private readonly Span<double> _b;
    private readonly Span<double> _slacks;
    private readonly Span<double> _gaps;
    private readonly Span<double> _multipliers;
    private readonly Span<double> _curvatures;
    private readonly Span<double> _gradient;
    private readonly Span<double> _du;
    private readonly Span<double> _direction;
    private SmoothBounds _bounds;
    private Parts _parts;

    /// <param name="w">The elements; their sum is 0.</param>
    /// <param name="temperature">τ of the bounds.</param>
    /// <param name="steps">zᵢ - zᵢ₊₁ ≥ 0.</param>
    /// <param name="traces">Whether a gradient for w will be wanted.</param>
    public SmoothProjection(ReadOnlySpan<double> w, double temperature, ReadOnlySpan<double> steps, bool traces = false)
    {
        _steps = steps;
        _bounds = new SmoothBounds(w, temperature, traces);
        _parts = new Parts(steps.Length, 11);
        _system = new BandedSystem(_parts.Next(), _parts.Next(), _parts.Next());
        _b = _parts.Next();
        _slacks = _parts.Next();
        _gaps = _parts.Next();
        _multipliers = _parts.Next();
        _curvatures = _parts.Next();
        _gradient = _parts.Next();
        _du = _parts.Next();
        _direction = _parts.Next();
        _bounds.Value(_b);
        Solve();
    }

    /// <summary>y, descending.</summary>
    public readonly void Values(Span<double> y) => Accumulate(_gaps, y);

    public void Dispose()
    {
        _parts.Dispose();
        _bounds.Dispose();
    }

    private readonly void Solve()
    {
        const double Rounding = 1e-15;
        Differences(_b, _curvatures);
        var least = Rounding * Magnitude(_b);
        for (var k = 0; k < _multipliers.Length; k++) _multipliers[k] = -Math.Log(Math.Max(_curvatures[k], Math.Max(least, double.Epsilon)));
        Evaluate();

        var previous = double.PositiveInfinity;
        for (var step = 0; step < MaxSteps; step++)
        {
            _system.Factor(_slacks, _gaps);
            _du.Clear();
            Lanewise.Map(_gradient, _direction, new Scaled<double>(-1));
            _system.Solve(_du, _direction);
            var scale = Lanewise.Sum(_slacks, _slacks, default(First<double>)) + Lanewise.Sum(_gaps, _gaps, default(First<double>));
            var length = -Slope();
            Search(length);

            // Also where there are NaNs.
            if (!(length > Converged * scale) || (length < NearlyConverged * scale && length > previous / 4)) break;
            previous = length;
        }

        _system.Factor(_slacks, _gaps);
    }

    /// <summary>
    /// Line search: goes along the direction until the slope vanishes or the full step is done. It stops before the slope exceeds half of
    /// its first size with the opposite sign.
    /// </summary>
    private readonly void Search(double slope)
    {
        var (position, step) = (0.0, 1.0);
        do
        {
            Lanewise.Map(_multipliers, _direction, _multipliers, new PlusScaled<double>(step - position));
            Evaluate();
            (position, step) = (step, step / 2);
        }
        while (!(Slope() <= slope / 2) && step > LeastStep);
    }

    private readonly double Slope() => Lanewise.Sum(_gradient, _direction, default(Product<double>));

    /// <summary>Slacks, gaps and the gradient L (b - p) - q.</summary>
    private readonly void Evaluate()
    {
        Differences(_multipliers, _slacks);
        Lanewise.Map(_slacks, _steps, _slacks, default(Plus<double>));
        Lanewise.Map(_slacks, _slacks, default(ExpNegated));
        Lanewise.Map(_multipliers, _gaps, default(ExpNegated));
        Differences(_slacks, _gradient);
        Lanewise.Map(_curvatures, _gradient, _gradient, default(Minus<double>));
        Lanewise.Map(_gradient, _gaps, _gradient, default(Minus<double>));
    }

    /// <summary>L v.</summary>
    private static void Differences(ReadOnlySpan<double> v, Span<double> result)
    {
        for (var k = 0; k < v.Length; k++)
        {
            var before = k > 0 ? v[k - 1] : 0;
            var after = k + 1 < v.Length ? v[k + 1] : 0;
            result[k] = v[k] - before + (v[k] - after);
        }
    }

    private static double Magnitude(ReadOnlySpan<double> v)
    {
        var largest = 0.0;
        foreach (var element in v) largest = Math.Max(largest, Math.Abs(element));
        return largest;
    }

    /// <summary>y with the gaps given and the mean 0.</summary>
    private static void Accumulate(ReadOnlySpan<double> gaps, Span<double> y)
    {
        var n = y.Length;
        var first = 0.0;
        for (var k = 0; k < gaps.Length; k++) first += (n - 1 - k) * gaps[k];
        y[0] = first / n;
        for (var k = 0; k < gaps.Length; k++) y[k + 1] = y[k] - gaps[k];
    }
}
