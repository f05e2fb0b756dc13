using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <summary>Helps generated loops that run several iterations at once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class LaneLoop
{
    /// <summary>Whether the processor computes on 512 bits at once, and that many iterations are left.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="iterations">The number of iterations left.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fills512<T>(int iterations) => Vector512.IsHardwareAccelerated && iterations >= Vector512<T>.Count;

    /// <summary>Whether the processor computes on 256 bits at once, and that many iterations are left.</summary>
    /// <inheritdoc cref="Fills512{T}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fills256<T>(int iterations) => Vector256.IsHardwareAccelerated && iterations >= Vector256<T>.Count;

    /// <summary>Whether the processor computes on 128 bits at once, and that many iterations are left.</summary>
    /// <inheritdoc cref="Fills512{T}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fills128<T>(int iterations) => Vector128.IsHardwareAccelerated && iterations >= Vector128<T>.Count;

    /// <summary>Sets all lanes of all elements to zero.</summary>
    /// <remarks>The arrays of one iteration are small, and <see cref="Span{T}.Clear"/> calls the operating system's library from 768 bytes on.</remarks>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <param name="lanes">An array of lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Clear<TLane>(Span<TLane> lanes)
        where TLane : unmanaged
    {
        for (var i = 0; i < lanes.Length; i++) lanes[i] = default;
    }

    /// <summary>Sets one number in each of several consecutive elements: lane i of element <paramref name="index"/> + i.</summary>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="lanes">An array of lanes.</param>
    /// <param name="index">The element whose first lane is set.</param>
    /// <param name="value">The number.</param>
    public static void SetDiagonal<TLane, T>(Span<TLane> lanes, int index, T value)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged
    {
        var numbers = MemoryMarshal.Cast<TLane, T>(lanes.Slice(index, TLane.Count));
        for (var i = 0; i < TLane.Count; i++) numbers[(i * TLane.Count) + i] = value;
    }

    /// <summary>Elements that are a stride apart, the first of which goes to the first lane.</summary>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="source">The elements.</param>
    /// <param name="index">The first element.</param>
    /// <param name="stride">The distance to the next.</param>
    /// <returns>The lanes.</returns>
    /// <exception cref="IndexOutOfRangeException">One of them is outside the span.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Load<TLane, T>(ReadOnlySpan<T> source, int index, int stride)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged
    {
        TLane lanes = default;
        var numbers = MemoryMarshal.Cast<TLane, T>(new Span<TLane>(ref lanes));
        for (var i = 0; i < numbers.Length; i++) numbers[i] = source[index + (i * stride)];
        return lanes;
    }

    /// <summary>Writes the lanes to elements that are a stride apart.</summary>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="lanes">The lanes.</param>
    /// <param name="destination">The elements.</param>
    /// <param name="index">The element for the first lane.</param>
    /// <param name="stride">The distance to the next.</param>
    /// <exception cref="IndexOutOfRangeException">One of them is outside the span.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLane, T>(TLane lanes, Span<T> destination, int index, int stride)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged
    {
        var numbers = MemoryMarshal.Cast<TLane, T>(new Span<TLane>(ref lanes));
        for (var i = 0; i < numbers.Length; i++) destination[index + (i * stride)] = numbers[i];
    }

    /// <summary>Throws unless all lanes are elements of a span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CheckRange(int index, int count, int length)
    {
        if ((ulong)(uint)index + (uint)count > (uint)length) ThrowRange();
    }

    [DoesNotReturn]
    internal static void ThrowRange() => throw new IndexOutOfRangeException();
}
