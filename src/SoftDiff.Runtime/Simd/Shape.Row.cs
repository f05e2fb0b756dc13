using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>
    /// The part of a span that a loop over 0 … count − 1 reads at start + i; taking it once spares the loop its range checks.
    /// </summary>
    /// <remarks>
    /// The length is the count itself, not a clamped copy, since only then does the JIT know that the loop's index is in range. A count of 0
    /// or less gives a part that must not be read; the loop then makes no iteration.
    /// </remarks>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="span">The span.</param>
    /// <param name="start">Where the part starts; any number if there are no iterations.</param>
    /// <param name="count">The number of iterations.</param>
    /// <returns>The part.</returns>
    /// <exception cref="IndexOutOfRangeException">The part reaches beyond the span, as one of the loop's accesses would.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> span, int start, int count) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(span), Checked(start, count, span.Length)), count);

    /// <inheritdoc cref="Row{T}(ReadOnlySpan{T}, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Row<T>(Span<T> span, int start, int count) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(span), Checked(start, count, span.Length)), count);

    /// <inheritdoc cref="Row{T}(ReadOnlySpan{T}, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Row<T>(T[] array, int start, int count) => Row(array.AsSpan(), start, count);

    // A reference must not lead out of the span, read or not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Checked(int start, int count, int length)
    {
        if (count <= 0) return 0;
        if ((uint)start > (uint)length || count > length - start) ThrowRange();
        return (nint)(uint)start;
    }

    [DoesNotReturn]
    private static void ThrowRange() => throw new IndexOutOfRangeException();
}
