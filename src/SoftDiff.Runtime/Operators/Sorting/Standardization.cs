using System.Runtime.CompilerServices;

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

    private readonly double _mean, _deviation;

    /// <summary>Finds the mean and the deviation.</summary>
    public Standardization(ReadOnlySpan<double> x)
    {
        _mean = Lanewise.Sum(x, x, default(First<double>)) / x.Length;
        _deviation = Math.Sqrt((Lanewise.Sum(x, x, new SquaredDifference(_mean)) / x.Length) + Epsilon);
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
        var cDeviation = cotangent.Deviation - (Lanewise.Sum(x, dX, new DifferenceProduct<double>(_mean)) / (_deviation * _deviation));
        Lanewise.Map(dX, dX, new Offset<double>(mean, _deviation));
        Lanewise.Map(x, dX, dX, new PlusDifference<double>(_mean, cDeviation / (x.Length * _deviation)));
    }

    /// <summary>The tangents of w, of the mean, and of the deviation.</summary>
    public (double Mean, double Deviation) Pushforward(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, Span<double> tW)
    {
        var tMean = Lanewise.Sum(tX, tX, default(First<double>)) / x.Length;
        var tDeviation = Lanewise.Sum(x, tX, new DifferenceProduct<double>(_mean)) / (x.Length * _deviation);
        using var z = Scratch.Rent<double>(x.Length);
        Lanewise.Map(x, z.Span, new Offset<double>(_mean, _deviation));
        for (var i = 0; i < x.Length; i++) tW[i] = (tX[i] - tMean - (z.Span[i] * tDeviation)) / _deviation;
        Lanewise.Map(z.Span, tW, tW, default(LogisticDerivative<double>));
        return (tMean, tDeviation);
    }

    /// <summary>The inverse of <see cref="Squash"/> for numbers clipped to [1e-10, 1 - 1e-10], in place.</summary>
    public void Unsquash(Span<double> y)
    {
        Logits(y, y);
        Lanewise.Map(y, y, new Affine<double>(_deviation, _mean));
    }

    /// <summary>
    /// The cotangents of y for those of the values that <see cref="Unsquash"/> made of it, and the cotangents of the mean and the deviation.
    /// </summary>
    public (double Mean, double Deviation) UnsquashPullback(ReadOnlySpan<double> y, ReadOnlySpan<double> cValues, Span<double> cY)
    {
        Logits(y, cY);
        var cDeviation = Lanewise.Sum(cY, cValues, default(Product<double>));
        for (var i = 0; i < y.Length; i++) cY[i] = cValues[i] * _deviation * LogitDerivative(y[i]);
        return (Lanewise.Sum(cValues, cValues, default(First<double>)), cDeviation);
    }

    /// <summary>Replaces y and its tangents by the values of <see cref="Unsquash"/> and theirs.</summary>
    public void UnsquashPushforward(Span<double> y, Span<double> tY, (double Mean, double Deviation) tangent)
    {
        using var logits = Scratch.Rent<double>(y.Length);
        Logits(y, logits.Span);
        for (var i = 0; i < y.Length; i++)
        {
            tY[i] = (tY[i] * _deviation * LogitDerivative(y[i])) + (logits.Span[i] * tangent.Deviation) + tangent.Mean;
        }

        Lanewise.Map(logits.Span, y, new Affine<double>(_deviation, _mean));
    }

    private static void Logits(ReadOnlySpan<double> y, Span<double> logits) => Lanewise.Map(y, logits, new ClippedLogit(Edge));

    // At the edges, half of the derivative inside.
    private static double LogitDerivative(double y)
    {
        var clipped = Math.Clamp(y, Edge, 1 - Edge);
        var slope = y == clipped ? 1 : 0.0;
        if (y is Edge or 1 - Edge) slope = 0.5;
        return slope / (clipped * (1 - clipped));
    }
}

/// <summary>(x - centre)².</summary>
internal readonly struct SquaredDifference(double centre) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
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
        var one = TLanes.Constant(1);
        var clipped = TLanes.Min(TLanes.Max(x, TLanes.Broadcast(edge)), TLanes.Broadcast(1 - edge));
        return Logarithm.Log<double, TVector, TLanes>(TLanes.Divide(clipped, TLanes.Subtract(one, clipped)));
    }
}
