using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>An element that is NaN in an input is NaN in the value and in all derivatives.</summary>
internal static class NotANumber
{
    /// <summary>Makes the partials NaN where the value is. Only for functions that are linear in an input, whose partials do not see its NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Spread<T, TVector, TLanes>(TVector value, ref Partials<TVector> partials)
        where TLanes : struct, ILanes<TVector, T>
    {
        var isNumber = TLanes.Equal(value, value);
        partials.X = TLanes.Select(isNumber, partials.X, value);
        partials.Y = TLanes.Select(isNumber, partials.Y, value);
        partials.Z = TLanes.Select(isNumber, partials.Z, value);
        return value;
    }
}
