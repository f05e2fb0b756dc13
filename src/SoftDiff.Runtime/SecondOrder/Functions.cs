namespace SoftDiff.SecondOrder;

/// <summary>Powers of e, which for numbers of the processor are made from their bits.</summary>
internal static class Exponential
{
    public static Dual Underflow<T>() => SoftDiff.Exponential.Underflow<double>();

    public static TVector Exp<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Apply(Math.Exp, x);

    public static TVector Decay<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Apply(Math.Exp, TLanes.Negate(x));
}

/// <summary>Logarithms.</summary>
internal static class Logarithm
{
    public static TVector Log<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Apply(Math.Log, x);

    public static TVector LogOnePlus<T, TVector, TLanes>(TVector u)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Apply(Dual.LogP1, u);
}

/// <summary>Arcsine and arccosine.</summary>
internal static class Arcsine
{
    public static TVector Asin<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Apply(Math.Asin, x);

    public static TVector Acos<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Apply(Math.Acos, x);
}

/// <summary>Rounding to integers, whose slope is 0.</summary>
internal static class Rounding
{
    public static TVector Nearest<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Apply(Math.Round, x);

    public static TVector Floor<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Apply(Math.Floor, x);
}

/// <summary>Differences of numbers that may be infinite.</summary>
internal static class Distance
{
    /// <summary>x - y, and 0 for equal infinities. Equal finite numbers have a difference like others, whose value is 0 and whose tangent need not be.</summary>
    public static TVector Between<T, TVector, TLanes>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, T>
    {
        var isInfinite = TLanes.Equal(TLanes.Abs(x), TLanes.Constant(double.PositiveInfinity));
        return TLanes.Select(TLanes.And(TLanes.Equal(x, y), isInfinite), TLanes.Constant(0), TLanes.Subtract(x, y));
    }
}
