namespace SoftDiff;

/// <remarks>
/// The conditions, differentiated, are one linear system for u = tY - tb and v = tβ: -u / p + L v = -td and L u + q v = -L tb; then tq = -q v.
/// Its matrix is symmetric, so it serves the pullback too.
/// </remarks>
internal ref partial struct SmoothProjection
{
    /// <summary>The tangent of y. No <paramref name="tW"/> means that w is constant; the sum of the others must be 0.</summary>
    public readonly void Jvp(ReadOnlySpan<double> tW, double tTemperature, ReadOnlySpan<double> tSteps, Span<double> tY)
    {
        using var parts = new Parts(_steps.Length, 4);
        var r = parts.Next();
        var t = parts.Next();
        var tBounds = parts.Next();
        Lanewise.Map(tSteps, r, new Scaled<double>(-1));
        if (tW.IsEmpty && tTemperature == 0)
        {
            t.Clear();
        }
        else
        {
            _bounds.Tangents(tW, tTemperature, parts.Next(), tBounds);
            Differences(tBounds, t);
            Lanewise.Map(t, t, new Scaled<double>(-1));
        }

        _system.Solve(r, t);
        for (var k = 0; k < t.Length; k++) t[k] *= -_gaps[k];
        Accumulate(t, tY);
    }

    /// <summary>Overwrites <paramref name="dW"/> and <paramref name="dSteps"/>; returns the cotangent of the temperature.</summary>
    public readonly double Vjp(ReadOnlySpan<double> cY, Span<double> dW, Span<double> dSteps)
    {
        using var parts = new Parts(_steps.Length, 1);
        var cBounds = parts.Next();
        Pullback(cY, cBounds, dSteps);
        return _bounds.Vjp(_b, cBounds, dW);
    }

    /// <summary>For a constant w. Overwrites <paramref name="dSteps"/>; returns the cotangent of the temperature if it is wanted.</summary>
    public readonly double Vjp(ReadOnlySpan<double> cY, Span<double> dSteps, bool wantsTemperature)
    {
        using var parts = new Parts(_steps.Length, 3);
        var cBounds = parts.Next();
        Pullback(cY, cBounds, dSteps);
        if (!wantsTemperature) return 0;
        var slopes = parts.Next();
        _bounds.Tangents(default, 1, parts.Next(), slopes);
        return Lanewise.Sum(cBounds, slopes, default(Product<double>));
    }

    private readonly void Pullback(ReadOnlySpan<double> cY, Span<double> cBounds, Span<double> dSteps)
    {
        using var parts = new Parts(_steps.Length, 1);
        var t = parts.Next();
        AccumulatePullback(cY, t);
        for (var k = 0; k < t.Length; k++) t[k] *= -_gaps[k];
        dSteps.Clear();
        _system.Solve(dSteps, t);
        Lanewise.Map(dSteps, dSteps, new Scaled<double>(-1));
        Differences(t, cBounds);
        Lanewise.Map(cBounds, cBounds, new Scaled<double>(-1));
    }

    /// <summary>The transpose of <see cref="Accumulate"/>.</summary>
    private static void AccumulatePullback(ReadOnlySpan<double> cY, Span<double> cGaps)
    {
        var mean = Lanewise.Sum(cY, cY, default(First<double>)) / cY.Length;
        var sum = 0.0;
        for (var k = 0; k < cGaps.Length; k++) cGaps[k] = sum += cY[k] - mean;
    }
}
