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
    // 52 ln 2, above.
    private const double Negligible = 36.05;

    /// <summary>
    /// The distance below the largest entry from which on the weights of so many entries are negligible: less than 2⁻⁵² together.
    /// </summary>
    public double Reach(int count) => IsSmooth ? Negligible + Math.Log(count) : 1;

    public bool IsSmooth => mode == SoftMode.Smooth;

    /// <summary>
    /// Overwrites the row u, whose largest element is 0, with what the other methods take for t. All are to divide by the returned sum.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="radius">At least -θ, so 1 if no better bound is known; receives -θ. Unused when smooth.</param>
    public double Solve(Span<double> row, ref double radius) => mode switch
    {
        SoftMode.Smooth => Lanewise.MapAndSum(row, row, default(ExpOfNegative<double>)),
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

    /// <summary>y += factor · Value(t).</summary>
    public void AddValues(ReadOnlySpan<double> t, double factor, Span<double> y)
    {
        switch (mode)
        {
            case SoftMode.Smooth: Lanewise.Map(t, y, y, new AddedValue<SmoothWeights>(factor)); break;
            case SoftMode.C0: Lanewise.Map(t, y, y, new AddedValue<LinearWeights>(factor)); break;
            case SoftMode.C1: Lanewise.Map(t, y, y, new AddedValue<SquareWeights>(factor)); break;
            default: Lanewise.Map(t, y, y, new AddedValue<CubeWeights>(factor)); break;
        }
    }

    /// <summary>Σ Value(t) (c - centre).</summary>
    public double Dot(ReadOnlySpan<double> t, ReadOnlySpan<double> c, double centre) => mode switch
    {
        SoftMode.Smooth => Lanewise.Sum(t, c, new CentredValue<SmoothWeights>(centre)),
        SoftMode.C0 => Lanewise.Sum(t, c, new CentredValue<LinearWeights>(centre)),
        SoftMode.C1 => Lanewise.Sum(t, c, new CentredValue<SquareWeights>(centre)),
        _ => Lanewise.Sum(t, c, new CentredValue<CubeWeights>(centre)),
    };

    /// <summary>
    /// The product of the Jacobian with c, times a factor: factor · D (c - Dᵀc / ΣD). The subtrahend is split into a centre (one of the
    /// elements of c) and the rest. The product is then accurate even if almost all weight is at that element.
    /// </summary>
    /// <param name="t">What <see cref="Solve(Span{double}, ref double)"/> made.</param>
    /// <param name="c">What is multiplied.</param>
    /// <param name="centre">One of the elements of c.</param>
    /// <param name="sum">What <see cref="Solve(Span{double}, ref double)"/> returned.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="product">Receives the product.</param>
    /// <param name="dot">The <see cref="Dot"/> of c, if it is known: where the slopes are the values it need not be added up again.</param>
    public void Product(
        ReadOnlySpan<double> t, ReadOnlySpan<double> c, double centre, double sum, double factor, Span<double> product, double? dot = null)
    {
        switch (mode)
        {
            case SoftMode.Smooth when dot is { } known:
                Lanewise.Map(t, c, product, new CentredSlope<SmoothWeights>(centre, known / sum, factor));
                break;
            case SoftMode.Smooth: Product<SmoothWeights>(t, c, centre, sum, factor, product); break;
            case SoftMode.C0: Product<LinearWeights>(t, c, centre, SumOfSlopes<LinearWeights>(t), factor, product); break;
            case SoftMode.C1: Product<SquareWeights>(t, c, centre, SumOfSlopes<SquareWeights>(t), factor, product); break;
            default: Product<CubeWeights>(t, c, centre, SumOfSlopes<CubeWeights>(t), factor, product); break;
        }
    }

    private static double SumOfSlopes<TWeights>(ReadOnlySpan<double> t)
        where TWeights : struct, ISimplexWeights => Lanewise.Sum(t, t, default(SlopeOf<TWeights>));

    private static void Product<TWeights>(
        ReadOnlySpan<double> t, ReadOnlySpan<double> c, double centre, double sumOfSlopes, double factor, Span<double> product)
        where TWeights : struct, ISimplexWeights
    {
        var rest = Lanewise.Sum(t, c, new CentredSlope<TWeights>(centre, 0, 1)) / sumOfSlopes;
        Lanewise.Map(t, c, product, new CentredSlope<TWeights>(centre, rest, factor));
    }

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
            var more = radius - next > 1e-9 * Math.Abs(radius);
            if (next < radius) radius = next;
            if (!more) break;
        }

        Lanewise.Map(row, row, new Above(radius));
        return Lanewise.Sum(row, row, default(ValueOf<TWeights>));
    }
}
