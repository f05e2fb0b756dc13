using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

/// <summary>A softness that has been checked, and its reciprocal.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Softness<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value, _reciprocal;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Softness(T softness)
    {
        if (!(softness > T.Zero)) ThrowSoftness(softness);
        _value = softness;
        _reciprocal = Reciprocal(softness);
    }

    private static T Largest => typeof(T) == typeof(double) ? T.CreateTruncating(double.MaxValue) : T.CreateTruncating(float.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector, TLanes>()
        where TLanes : struct, ILanes<TVector, T> => TLanes.Broadcast(_value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Reciprocal<TVector, TLanes>()
        where TLanes : struct, ILanes<TVector, T> => TLanes.Broadcast(_reciprocal);

    /// <summary>1 / s, but not ∞: what is 0 stays 0 in a product with it, however small the softness is.</summary>
    public static T Reciprocal(T softness)
    {
        var reciprocal = T.One / softness;
        return T.IsInfinity(reciprocal) ? Largest : reciprocal;
    }

    /// <summary>
    /// u = x / s. A mode with kinks uses the quotient, so that the kinks are exactly where the definition puts them. A mode without kinks
    /// uses the product with <see cref="Reciprocal{TVector, TLanes}"/>, which is faster. In the hard mode it is x, as s does not matter.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Units<TSigmoidal, TVector, TLanes>(TVector x)
        where TSigmoidal : struct, ISigmoidal<T>
        where TLanes : struct, ILanes<TVector, T>
    {
        if (TSigmoidal.IsHard) return x;
        return TSigmoidal.HasKinks ? TLanes.Divide(x, Value<TVector, TLanes>()) : TLanes.Multiply(x, Reciprocal<TVector, TLanes>());
    }

    [DoesNotReturn]
    private static void ThrowSoftness(T softness) =>
        throw new ArgumentOutOfRangeException(nameof(softness), softness, "The softness must be greater than 0.");
}
