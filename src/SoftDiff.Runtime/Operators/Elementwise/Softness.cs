using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

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

        // A derivative that is 0 stays 0 however small the softness is.
        var reciprocal = T.One / softness;
        _reciprocal = T.IsInfinity(reciprocal) ? Largest : reciprocal;
    }

    private static T Largest => typeof(T) == typeof(double) ? T.CreateTruncating(double.MaxValue) : T.CreateTruncating(float.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Value<TVector, TLanes>()
        where TLanes : struct, ILanes<TVector, T> => TLanes.Broadcast(_value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Reciprocal<TVector, TLanes>()
        where TLanes : struct, ILanes<TVector, T> => TLanes.Broadcast(_reciprocal);

    [DoesNotReturn]
    private static void ThrowSoftness(T softness) =>
        throw new ArgumentOutOfRangeException(nameof(softness), softness, "The softness must be greater than 0.");
}
