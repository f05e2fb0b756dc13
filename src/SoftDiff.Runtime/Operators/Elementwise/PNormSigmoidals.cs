namespace SoftDiff;

/// <summary>
/// b² where b² + (b - v)² = 1: the projection with the 3/2-norm. Here p is b and q is a = b - v, both at -|v|. Then a ≥ b, a - b = |v| and
/// a² + b² = 1, and all results are rational functions of them with positive terms.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct C1PNormSigmoidal<T> : ISigmoidal<T>
{
    public static bool IsHard => false;

    public static bool HasKinks => true;

    public static double Reach => Segment<T>.HalfWidth;

    /// <summary>With r = √(2 - v²) = a + b: b = (r - v) / 2 = (1 - v²) / (r + v).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TVector, TLanes>(TVector m, out TVector p, out TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        Segment<T>.Coordinates<TVector, TLanes>(m, out var v, out var e);
        var product = TLanes.MultiplyAdd(e, v, e);
        var sum = TLanes.Add(TLanes.Sqrt(TLanes.Add(TLanes.Constant(1), product)), v);
        p = TLanes.Divide(product, sum);
        q = TLanes.Multiply(sum, TLanes.Constant(0.5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Low<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(p, p);

    /// <summary>The integral of β² dv over 0 ≤ β ≤ b: 5 b³ / 3 (1 + b (2 + a) / (1 + a)²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tail<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var one = TLanes.Constant(1);
        var d = TLanes.Add(one, q);
        var ratio = TLanes.Divide(TLanes.Multiply(p, TLanes.Add(one, d)), TLanes.Multiply(d, d));
        var cube = TLanes.Multiply(Segment<T>.Number<TVector, TLanes>(Segment<T>.HalfWidth / 3), TLanes.Multiply(p, TLanes.Multiply(p, p)));
        return TLanes.MultiplyAdd(cube, ratio, cube);
    }

    /// <summary>2 a b / (5 (a + b)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Divide(
            TLanes.Multiply(TLanes.Multiply(p, q), Segment<T>.Number<TVector, TLanes>(2 / Segment<T>.HalfWidth)), TLanes.Add(p, q));

    /// <summary>2 (a - b) (1 + a b) / (25 (a + b)³).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Curvature<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var (sum, difference) = (TLanes.Add(q, p), TLanes.Subtract(q, p));
        var inside = TLanes.Divide(
            TLanes.Multiply(difference, TLanes.MultiplyAdd(p, q, TLanes.Constant(1))), TLanes.Multiply(sum, TLanes.Multiply(sum, sum)));
        var scale = Segment<T>.Number<TVector, TLanes>(2 / (Segment<T>.HalfWidth * Segment<T>.HalfWidth));

        // b is 0 at the ends, and NaN for NaN.
        return Segment<T>.Within<TVector, TLanes>(u, p, TLanes.Multiply(inside, scale));
    }
}

/// <summary>
/// b³ where b³ + (b - v)³ = 1: the projection with the 4/3-norm. As in <see cref="C1PNormSigmoidal{T}"/> p and q are b and a = b - v at -|v|, now
/// with a³ + b³ = 1.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct C2PNormSigmoidal<T> : ISigmoidal<T>
{
    public static bool IsHard => false;

    public static bool HasKinks => true;

    public static double Reach => Segment<T>.HalfWidth;

    /// <summary>
    /// Solves b (2 b² + 3 v b + 3 v²) = 1 - v³ by Newton's method. The start is a polynomial of degree 5 that interpolates b / (1 - v) at
    /// the Chebyshev points of 0 ≤ v ≤ 1, with an error of 6e-5. A step squares the error: 1e-9 after one, and below the rounding of double
    /// after two. The derivative is 3 (a² + b²), which is 3 or more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TVector, TLanes>(TVector m, out TVector p, out TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        Segment<T>.Coordinates<TVector, TLanes>(m, out var v, out var e);
        var ratio = Segment<T>.Number<TVector, TLanes>(0.024386311808198998);
        ratio = TLanes.MultiplyAdd(ratio, v, Segment<T>.Number<TVector, TLanes>(-0.1199416082678444));
        ratio = TLanes.MultiplyAdd(ratio, v, Segment<T>.Number<TVector, TLanes>(0.045770017332538535));
        ratio = TLanes.MultiplyAdd(ratio, v, Segment<T>.Number<TVector, TLanes>(-0.03929092345237151));
        ratio = TLanes.MultiplyAdd(ratio, v, Segment<T>.Number<TVector, TLanes>(0.2953467456699572));
        ratio = TLanes.MultiplyAdd(ratio, v, Segment<T>.Number<TVector, TLanes>(0.7936773838361244));

        var threeV = TLanes.Multiply(v, TLanes.Constant(3));
        var threeVSquared = TLanes.Multiply(v, threeV);
        var right = TLanes.Multiply(e, TLanes.MultiplyAdd(TLanes.Add(v, TLanes.Constant(1)), v, TLanes.Constant(1)));
        p = Step<TVector, TLanes>(TLanes.Multiply(e, ratio), v, threeV, threeVSquared, right);
        if (typeof(T) == typeof(double)) p = Step<TVector, TLanes>(p, v, threeV, threeVSquared, right);
        q = TLanes.Add(p, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Low<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(p, TLanes.Multiply(p, p));

    /// <summary>The integral of β³ dv over 0 ≤ β ≤ b: 5 (b⁴ + (1 - a)² (3 + 2 a + a²)) / 4, where 1 - a = b³ / (1 + a + a²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tail<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var one = TLanes.Constant(1);
        var d = TLanes.MultiplyAdd(TLanes.Add(q, one), q, one);
        var square = TLanes.Multiply(p, p);
        var rest = TLanes.Divide(TLanes.Multiply(p, square), d);
        var sum = TLanes.MultiplyAdd(TLanes.Multiply(rest, rest), TLanes.Add(TLanes.Add(d, q), TLanes.Constant(2)), TLanes.Multiply(square, square));
        return TLanes.Multiply(sum, TLanes.Constant(Segment<T>.HalfWidth / 4));
    }

    /// <summary>3 a² b² / (5 (a² + b²)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var (pp, qq) = (TLanes.Multiply(p, p), TLanes.Multiply(q, q));
        return TLanes.Divide(
            TLanes.Multiply(TLanes.Multiply(pp, qq), Segment<T>.Number<TVector, TLanes>(3 / Segment<T>.HalfWidth)), TLanes.Add(pp, qq));
    }

    /// <summary>6 a b (a³ - b³ - a² b² (a - b) / d) / (25 d²) with d = a² + b².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Curvature<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var (pp, qq, pq, difference) = (TLanes.Multiply(p, p), TLanes.Multiply(q, q), TLanes.Multiply(p, q), TLanes.Subtract(q, p));
        var d = TLanes.Add(pp, qq);
        var bracket = TLanes.Subtract(TLanes.Add(d, pq), TLanes.Divide(TLanes.Multiply(pq, pq), d));
        var scaled = TLanes.Multiply(pq, Segment<T>.Number<TVector, TLanes>(6 / (Segment<T>.HalfWidth * Segment<T>.HalfWidth)));
        return TLanes.Divide(TLanes.Multiply(scaled, TLanes.Multiply(difference, bracket)), TLanes.Multiply(d, d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Step<TVector, TLanes>(TVector b, TVector v, TVector threeV, TVector threeVSquared, TVector right)
        where TLanes : struct, ILanes<TVector, T>
    {
        var inner = TLanes.MultiplyAdd(TLanes.MultiplyAdd(b, TLanes.Constant(2), threeV), b, threeVSquared);
        var a = TLanes.Add(b, v);
        var derivative = TLanes.Multiply(TLanes.MultiplyAdd(a, a, TLanes.Multiply(b, b)), TLanes.Constant(3));
        return TLanes.Subtract(b, TLanes.Divide(TLanes.Subtract(TLanes.Multiply(b, inner), right), derivative));
    }
}
