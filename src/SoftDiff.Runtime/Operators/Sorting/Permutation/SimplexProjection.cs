namespace SoftDiff;

/// <summary>
/// The projection of u onto the probability simplex: the y that maximises ⟨u, y⟩ - R(y). The mode gives R and with it how smooth y is.
/// </summary>
/// <remarks>
/// <para>Smooth: y = softmax(u). C0, C1, C2: yᵢ = [uᵢ - θ]+ to the power 1, 2, 3, with the θ for which Σ y = 1; entries are exactly 0 where
/// uᵢ ≤ θ, and θ is in [max u - 1, max u).</para>
/// <para>The Jacobian is diag(D) - D Dᵀ / ΣD with the slopes D: y for Smooth, otherwise 1 on the support, 2 [u - θ]+ and 3 [u - θ]+². It is
/// symmetric. Source: Paulus, Geist et al., arXiv:2603.08824.</para>
/// <para>All methods work on one row: first <see cref="Solve"/>, then what is made of its result. Rows are in units of the softness.</para>
/// </remarks>
internal readonly struct SimplexProjection(SoftMode mode)
{
    // e^(-50) is less than 2⁻⁵² / n for every n that fits into memory.
    private const double Negligible = 50;

    /// <summary>Entries so much below the largest one have no weight that could be told from 0.</summary>
    public double Reach => IsSmooth ? Negligible : 1;

    public bool IsSmooth => mode == SoftMode.Smooth;

    /// <summary>
    /// Overwrites the row u, whose largest element is 0, with what the other methods take for t. All are to divide by the returned sum.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="radius">At least -θ, so 1 if no better bound is known; receives -θ. Unused when smooth.</param>
    public double Solve(Span<double> row, ref double radius) => mode switch
    {
        SoftMode.Smooth => Lanewise.MapAndSum(row, row, default(Exp<double>)),
        SoftMode.C0 => Solve<LinearWeights>(row, ref radius),
        SoftMode.C1 => Solve<SquareWeights>(row, ref radius),
        _ => Solve<CubeWeights>(row, ref radius),
    };

    /// <summary>y = factor · Value(t).</summary>
    public void Values(ReadOnlySpan<double> t, double factor, Span<double> y)
    {
        switch (mode)
        {
            case SoftMode.Smooth: Lanewise.Map(t, y, new ScaledValue<SmoothWeights>(factor)); break;
            case SoftMode.C0: Lanewise.Map(t, y, new ScaledValue<LinearWeights>(factor)); break;
            case SoftMode.C1: Lanewise.Map(t, y, new ScaledValue<SquareWeights>(factor)); break;
            default: Lanewise.Map(t, y, new ScaledValue<CubeWeights>(factor)); break;
        }
    }

    /// <summary>Σ Value(t) c.</summary>
    public double Dot(ReadOnlySpan<double> t, ReadOnlySpan<double> c) => mode switch
    {
        SoftMode.Smooth => Lanewise.Sum(t, c, default(ValueProduct<SmoothWeights>)),
        SoftMode.C0 => Lanewise.Sum(t, c, default(ValueProduct<LinearWeights>)),
        SoftMode.C1 => Lanewise.Sum(t, c, default(ValueProduct<SquareWeights>)),
        _ => Lanewise.Sum(t, c, default(ValueProduct<CubeWeights>)),
    };

    /// <summary>The mean of c weighted by the slopes, Dᵀc / ΣD.</summary>
    public double SlopeMean(ReadOnlySpan<double> t, ReadOnlySpan<double> c, double sum) => mode switch
    {
        SoftMode.Smooth => Dot(t, c) / sum,
        SoftMode.C0 => SlopeMean<LinearWeights>(t, c, Dot(t, c) / sum),
        SoftMode.C1 => SlopeMean<SquareWeights>(t, c, Dot(t, c) / sum),
        _ => SlopeMean<CubeWeights>(t, c, Dot(t, c) / sum),
    };

    /// <summary>The product of the Jacobian with c, times a factor: factor · D (c - mean), with the mean of <see cref="SlopeMean"/>.</summary>
    public void Product(ReadOnlySpan<double> t, ReadOnlySpan<double> c, double mean, double factor, Span<double> product)
    {
        switch (mode)
        {
            case SoftMode.Smooth: Lanewise.Map(t, c, product, new Centred<SmoothWeights>(mean, factor)); break;
            case SoftMode.C0: Lanewise.Map(t, c, product, new Centred<LinearWeights>(mean, factor)); break;
            case SoftMode.C1: Lanewise.Map(t, c, product, new Centred<SquareWeights>(mean, factor)); break;
            default: Lanewise.Map(t, c, product, new Centred<CubeWeights>(mean, factor)); break;
        }
    }

    // From a centre near it, the mean is exact if there is one element only: then all derivatives are exactly 0.
    private static double SlopeMean<TWeights>(ReadOnlySpan<double> t, ReadOnlySpan<double> c, double centre)
        where TWeights : struct, ISimplexWeights =>
        centre + (Lanewise.Sum(t, c, new Centred<TWeights>(centre, 1)) / Lanewise.Sum(t, t, default(SlopeOf<TWeights>)));

    /// <summary>
    /// Newton's method for the r = -θ at which the norm (Σ [u + r]+ᵖ)^(1/p) is 1. The norm is convex and increasing in r, so that from above the
    /// iterates fall to the solution and cannot pass it.
    /// </summary>
    private static double Solve<TWeights>(Span<double> row, ref double radius)
        where TWeights : struct, ISimplexWeights
    {
        while (true)
        {
            var sum = Lanewise.Sum(row, row, new ValueAt<TWeights>(radius));
            var slope = Lanewise.Sum(row, row, new SlopeAt<TWeights>(radius));
            var norm = TWeights.Root(sum);
            var next = radius - ((norm - 1) * TWeights.Degree * sum / (norm * slope));

            // Steps shrink quadratically: the one after so small a step is less than the rounding error.
            var more = radius - next > 1e-9 * radius;
            if (next < radius) radius = next;
            if (!more) break;
        }

        Lanewise.Map(row, row, new Above(radius));
        return Lanewise.Sum(row, row, default(ValueOf<TWeights>));
    }
}
