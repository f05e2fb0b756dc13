namespace SoftDiff;

/// <summary>
/// How the entries of a projection onto the simplex depend on t: on e^u for the entropic projection, on t = [u - θ]+ for the others. The entries
/// are <see cref="Value"/> divided by their sum.
/// </summary>
internal interface ISimplexWeights
{
    /// <summary>Σ Value, a polynomial in θ between breakpoints, as a number that depends on θ almost linearly.</summary>
    static abstract double Root(double sum);

    /// <summary>The degree of <see cref="Value"/>.</summary>
    static abstract int Degree { get; }

    static abstract TVector Value<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double>;

    /// <summary>The derivative of <see cref="Value"/> with respect to u for fixed θ.</summary>
    static abstract TVector Slope<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double>;
}

/// <summary>Softmax.</summary>
internal readonly struct SmoothWeights : ISimplexWeights
{
    public static int Degree => 1;

    public static double Root(double sum) => sum;

    public static TVector Value<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double> => t;

    public static TVector Slope<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double> => t;
}

/// <summary>The Euclidean projection.</summary>
internal readonly struct LinearWeights : ISimplexWeights
{
    public static int Degree => 1;

    public static double Root(double sum) => sum;

    public static TVector Value<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double> => t;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.And(TLanes.Less(TLanes.Constant(0), t), TLanes.Constant(1));
}

/// <summary>The projection with the 3/2-norm.</summary>
internal readonly struct SquareWeights : ISimplexWeights
{
    public static int Degree => 2;

    public static double Root(double sum) => Math.Sqrt(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Multiply(t, t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Add(t, t);
}

/// <summary>The projection with the 4/3-norm.</summary>
internal readonly struct CubeWeights : ISimplexWeights
{
    public static int Degree => 3;

    public static double Root(double sum) => Math.Cbrt(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Multiply(TLanes.Multiply(t, t), t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector t)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Multiply(TLanes.Multiply(t, t), TLanes.Constant(3));
}
