namespace SoftDiff.SecondOrder;

/// <summary>
/// The members that the operators need of their numbers. For dual numbers this interface takes the place, and the name, of the framework's;
/// many members of that one make no sense for dual numbers.
/// </summary>
/// <typeparam name="T"><see cref="Dual"/>.</typeparam>
internal interface IBinaryFloatingPointIeee754<T>
    where T : IBinaryFloatingPointIeee754<T>
{
    static abstract T Zero { get; }

    static abstract T One { get; }

    static abstract T NaN { get; }

    static abstract T PositiveInfinity { get; }

    static abstract T NegativeInfinity { get; }

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T operator -(T a);

    static abstract bool operator <(T a, T b);

    static abstract bool operator >(T a, T b);

    static abstract bool operator <=(T a, T b);

    static abstract bool operator >=(T a, T b);

    static abstract bool operator ==(T a, T b);

    static abstract bool operator !=(T a, T b);

    static abstract T CreateTruncating<TOther>(TOther number);

    static abstract bool IsNaN(T x);

    static abstract bool IsFinite(T x);

    static abstract bool IsInfinity(T x);

    static abstract bool IsNegativeInfinity(T x);

    static abstract bool IsZero(T x);

    static abstract T Max(T a, T b);

    static abstract T Min(T a, T b);

    static abstract T MaxMagnitude(T a, T b);

    static abstract T Abs(T x);
}
