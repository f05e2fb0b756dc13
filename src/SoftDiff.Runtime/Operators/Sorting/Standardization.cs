namespace SoftDiff;

/// <summary>
/// Squashes a row into (0, 1) before its elements are compared, so that a softness means the same whatever their scale:
/// w = σ((x - m) / d) with the mean m and d = √(variance + 1e-6); and maps soft-sorted w back.
/// </summary>
internal readonly struct Standardization
{
    private const double Epsilon = 1e-6;

    // The way back clips to [Edge, 1 - Edge], since σ⁻¹ is infinite at 0 and 1.
    private const double Edge = 1e-10;

    // 2⁶⁰⁰: in this unit neither squares overflow nor sums.
    private const double LargeUnit = 4.149515568880993e180;

    private readonly double _mean, _deviation;

    /// <summary>Finds the mean and the deviation.</summary>
    public Standardization(ReadOnlySpan<double> x)
    {
        _mean = Mean(x);
        _deviation = Math.Sqrt(Variance(x, _mean) + Epsilon);
        if (double.IsFinite(_deviation)) return;

        // Elements so large that squares overflow. Epsilon is nothing beside their variance unless that is 0.
        using var units = Scratch.Rent<double>(x.Length);
        Lanewise.Map(x, units.Span, new Scaled<double>(1 / LargeUnit));
        var mean = Mean(units.Span);
        _mean = mean * LargeUnit;
        _deviation = Math.Max(Math.Sqrt(Variance(units.Span, mean)) * LargeUnit, Math.Sqrt(Epsilon));
    }

    public void Squash(ReadOnlySpan<double> x, Span<double> w)
    {
        Lanewise.Map(x, w, new Offset<double>(_mean, _deviation));
        Lanewise.Map(w, w, default(LogisticOperator<double>));
    }

    /// <summary>The cotangents of x for those of w, plus those of the mean and the deviation from other uses.</summary>
    public void Pullback(ReadOnlySpan<double> x, ReadOnlySpan<double> cW, Span<double> dX, (double Mean, double Deviation) cotangent = default)
    {
        // First the cotangents of z = (x - m) / d.
        Lanewise.Map(x, dX, new Offset<double>(_mean, _deviation));
        Lanewise.Map(dX, cW, dX, default(LogisticDerivative<double>));
        var mean = (Lanewise.Sum(dX, dX, default(First<double>)) - (cotangent.Mean * _deviation)) / x.Length;
        var cDeviation = cotangent.Deviation - (Lanewise.Sum(x, dX, new OffsetProduct<double>(_mean, _deviation)) / _deviation);
        Lanewise.Map(dX, dX, new Offset<double>(mean, _deviation));
        Lanewise.Map(x, dX, dX, new PlusOffset<double>(_mean, _deviation, cDeviation / x.Length));
    }

    /// <summary>The tangents of w, of the mean, and of the deviation.</summary>
    public (double Mean, double Deviation) Pushforward(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, Span<double> tW)
    {
        var tMean = Lanewise.Sum(tX, tX, default(First<double>)) / x.Length;
        var tDeviation = Lanewise.Sum(x, tX, new OffsetProduct<double>(_mean, _deviation)) / x.Length;
        using var z = Scratch.Rent<double>(x.Length);
        Lanewise.Map(x, z.Span, new Offset<double>(_mean, _deviation));
        for (var i = 0; i < x.Length; i++) tW[i] = (tX[i] - tMean - (z.Span[i] * tDeviation)) / _deviation;
        Lanewise.Map(z.Span, tW, tW, default(LogisticDerivative<double>));
        return (tMean, tDeviation);
    }

    /// <summary>The inverse of <see cref="Squash"/> for numbers clipped to [1e-10, 1 - 1e-10], in place.</summary>
    public void Unsquash(Span<double> y)
    {
        Lanewise.Map(y, y, new ClippedLogit(Edge));
        Lanewise.Map(y, y, new Affine<double>(_deviation, _mean));
    }

    /// <summary>
    /// The cotangents of y for those of the values that <see cref="Unsquash"/> made of it, and the cotangents of the mean and the deviation.
    /// </summary>
    public (double Mean, double Deviation) UnsquashPullback(ReadOnlySpan<double> y, ReadOnlySpan<double> cValues, Span<double> cY)
    {
        var sums = FusedPass.Run(new FusedSpans<double> { A = y, B = cValues, First = cY }, new ClippedLogitPullback(Edge, _deviation));
        return (sums.Sum2, sums.Sum1);
    }

    /// <summary>Replaces y and its tangents by the values of <see cref="Unsquash"/> and theirs.</summary>
    public void UnsquashPushforward(Span<double> y, Span<double> tY, (double Mean, double Deviation) tangent)
    {
        FusedPass.Run(
            new FusedSpans<double> { A = y, B = tY, First = y, Second = tY },
            new ClippedLogitPushforward(Edge, _mean, _deviation, tangent.Mean, tangent.Deviation));
    }

    private static double Mean(ReadOnlySpan<double> x) => Lanewise.Sum(x, x, default(First<double>)) / x.Length;

    private static double Variance(ReadOnlySpan<double> x, double mean) => Lanewise.Sum(x, x, new SquareFrom<double>(mean)) / x.Length;
}

/// <summary>(x - centre)².</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SquareFrom<T>(T centre) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var difference = TLanes.Subtract(x, TLanes.Broadcast(centre));
        return TLanes.Multiply(difference, difference);
    }
}

/// <summary>ln (x / (1 - x)) for x clipped to [edge, 1 - edge].</summary>
internal readonly struct ClippedLogit(double edge) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var clipped = Clip<TVector, TLanes>(x);
        return Logarithm.Log<double, TVector, TLanes>(TLanes.Divide(clipped, TLanes.Subtract(TLanes.Constant(1), clipped)));
    }

    /// <summary>The derivative; at the edges, half of that inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Slope<TVector, TLanes>(TVector x)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var one = TLanes.Constant(1);
        var (clipped, zero, half) = (Clip<TVector, TLanes>(x), TLanes.Constant(0), TLanes.Constant(0.5));
        var fromLower = Step<TVector, TLanes>(TLanes.Broadcast(edge), x, zero, half, one);
        var fromUpper = Step<TVector, TLanes>(x, TLanes.Broadcast(1 - edge), zero, half, one);
        return TLanes.Divide(TLanes.Multiply(fromLower, fromUpper), TLanes.Multiply(clipped, TLanes.Subtract(one, clipped)));
    }

    // 1 where a is less than b, ½ where they are equal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Step<TVector, TLanes>(TVector a, TVector b, TVector zero, TVector half, TVector one)
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.Select(TLanes.Less(a, b), one, TLanes.Select(TLanes.Equal(a, b), half, zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Clip<TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.AtMost(TLanes.AtLeast(x, TLanes.Broadcast(edge)), TLanes.Broadcast(1 - edge));
}

/// <summary>From y and cotangents c of d logit y + m the cotangents of y, and Σ c logit y and Σ c, those of d and m.</summary>
/// <param name="edge">Where the logit is clipped.</param>
/// <param name="deviation">d.</param>
internal readonly struct ClippedLogitPullback(double edge, double deviation) : IFusedStep<double>
{
    public static int Inputs => 2;

    public static int Outputs => 1;

    public static int Sums => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector a, TVector b, TVector c, TVector d, out TVector second, out FusedTerms<TVector> terms)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var logit = new ClippedLogit(edge);
        second = default;
        terms = default;
        terms.Term1 = TLanes.Multiply(b, logit.Invoke<TVector, TLanes>(a, a));
        terms.Term2 = b;
        return TLanes.Multiply(TLanes.Multiply(b, TLanes.Broadcast(deviation)), logit.Slope<TVector, TLanes>(a));
    }
}

/// <summary>d logit y + m and its tangent, from y and its tangent and those of d and m.</summary>
/// <param name="edge">Where the logit is clipped.</param>
/// <param name="mean">m.</param>
/// <param name="deviation">d.</param>
/// <param name="tMean">The tangent of m.</param>
/// <param name="tDeviation">The tangent of d.</param>
internal readonly struct ClippedLogitPushforward(double edge, double mean, double deviation, double tMean, double tDeviation) : IFusedStep<double>
{
    public static int Inputs => 2;

    public static int Outputs => 2;

    public static int Sums => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector a, TVector b, TVector c, TVector d, out TVector second, out FusedTerms<TVector> terms)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var operation = new ClippedLogit(edge);
        var logit = operation.Invoke<TVector, TLanes>(a, a);
        var own = TLanes.Multiply(TLanes.Multiply(b, TLanes.Broadcast(deviation)), operation.Slope<TVector, TLanes>(a));
        second = TLanes.Add(TLanes.MultiplyAdd(logit, TLanes.Broadcast(tDeviation), own), TLanes.Broadcast(tMean));
        terms = default;
        return TLanes.MultiplyAdd(TLanes.Broadcast(deviation), logit, TLanes.Broadcast(mean));
    }
}
