namespace SoftDiff;

/// <summary>
/// √Σ x², without overflow or underflow on the way; its derivative x / √Σ x² is 0 where the norm is 0. With k infinite elements the norm is
/// ∞. The derivative is then the limit for elements that grow alike: ±1 / √k for the infinite elements and 0 for the others.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct NormRow<T> : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Sums of squares below have lost digits to the lower end of the range.
    private static double Least => typeof(T) == typeof(double) ? 1e-280 : 1e-24;

    public RowShape Shape(int length) => new(1, 1, Reduces: true, HasIndexAxis: false);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => y[0] = Norm(x, out _, out _);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
    {
        var c = cY[0];
        var norm = Norm(x, out var scale, out var rest);
        Lanewise.Map(x, dX, new ScaledBy<T>(scale, c / rest));
        if (!y.IsEmpty) y[0] = norm;
        return T.Zero;
    }

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
    {
        var norm = Norm(x, out var scale, out var rest);
        var tangent = Lanewise.Sum(x, tX, new ScaledBy<T>(scale, T.One, isProduct: true));
        (y[0], tY[0]) = (norm, T.CreateTruncating(tangent) / rest);
    }

    /// <summary>The norm, and two numbers by which to divide x for the derivative.</summary>
    private static T Norm(ReadOnlySpan<T> x, out T scale, out T rest)
    {
        rest = T.One;
        var squares = Lanewise.Sum(x, x, default(Product<T>));
        if (squares >= Least && double.IsFinite(squares)) return scale = T.CreateTruncating(Math.Sqrt(squares));

        scale = T.Zero;
        foreach (var element in x) scale = T.MaxMagnitude(scale, T.Abs(element));
        if (T.IsNaN(scale)) return rest = scale;
        if (T.IsZero(scale))
        {
            scale = T.One;
            return T.Zero;
        }

        rest = T.CreateTruncating(Math.Sqrt(Lanewise.Sum(x, x, new SquareOf<T, ScaledBy<T>>(new ScaledBy<T>(scale, T.One)))));
        return scale * rest;
    }
}

/// <summary>A factor times x / scale, and, as a product, times y. By an infinite scale an infinite x becomes ±1 and any other 0.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ScaledBy<T>(T scale, T factor, bool isProduct = false) : IOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var infinity = TLanes.Constant(double.PositiveInfinity);
        var one = TLanes.Select(TLanes.Less(x, infinity), TLanes.Constant(-1), TLanes.Constant(1));
        var divisor = TLanes.Broadcast(scale);
        var isEndless = TLanes.And(TLanes.Equal(TLanes.Abs(x), infinity), TLanes.Equal(divisor, infinity));
        var scaled = TLanes.Multiply(TLanes.Select(isEndless, one, TLanes.Divide(x, divisor)), TLanes.Broadcast(factor));
        return isProduct ? TLanes.Multiply(scaled, y) : scaled;
    }
}

/// <summary>The square of a function.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TOperator">The function.</typeparam>
internal readonly struct SquareOf<T, TOperator>(TOperator @operator) : IOperator<T>
    where TOperator : struct, IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var value = @operator.Invoke<TVector, TLanes>(x, y);
        return TLanes.Multiply(value, value);
    }
}
