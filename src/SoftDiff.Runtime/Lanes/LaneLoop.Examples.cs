using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftDiff;

/// <content>Helps generated loops over examples, of which each lane has one.</content>
public static partial class LaneLoop
{
    /// <summary>Applies a function to each lane.</summary>
    /// <remarks>The call of another method resets the vector registers, so that functions of the mathematics library stay fast.</remarks>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="lanes">The lanes.</param>
    /// <param name="function">The function of one number.</param>
    /// <returns>What the function gives for each lane.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TLane Each<TLane, T>(TLane lanes, Func<T, T> function)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged
    {
        var numbers = Scratch.OnStack(MemoryMarshal.Cast<TLane, T>(new Span<TLane>(ref lanes)));
        for (var i = 0; i < numbers.Length; i++) numbers[i] = function(numbers[i]);
        return lanes;
    }

    /// <summary>Fills an array of lanes with rows of numbers, one for each lane.</summary>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="start">The first element of the first row.</param>
    /// <param name="stride">The distance from a row to the next.</param>
    /// <param name="lanes">Receives the rows; as long as one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row is outside the span.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToLanes<TLane, T>(ReadOnlySpan<T> rows, int start, int stride, Span<TLane> lanes)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged
    {
        var numbers = Scratch.OnStack(MemoryMarshal.Cast<TLane, T>(lanes));
        for (var lane = 0; lane < TLane.Count; lane++)
        {
            var row = rows.Slice(start + (lane * stride), lanes.Length);
            for (int i = 0, at = lane; i < row.Length; i++, at += TLane.Count) numbers[at] = row[i];
        }
    }

    /// <summary>Writes the numbers of an array of lanes as rows, one for each lane, one after the other.</summary>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="lanes">The lanes.</param>
    /// <param name="rows">Receives the rows.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is too short.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToRows<TLane, T>(ReadOnlySpan<TLane> lanes, Span<T> rows)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged
    {
        var numbers = MemoryMarshal.Cast<TLane, T>(lanes);
        rows = Scratch.OnStack(rows);
        for (var lane = 0; lane < TLane.Count; lane++)
        {
            var row = rows.Slice(lane * lanes.Length, lanes.Length);
            for (int i = 0, at = lane; i < row.Length; i++, at += TLane.Count) row[i] = numbers[at];
        }
    }

    /// <summary>Adds every lane to one element, one lane after the other.</summary>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="sums">The elements.</param>
    /// <param name="index">The element.</param>
    /// <param name="lanes">The lanes.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public static void Add<TLane, T>(Span<T> sums, int index, TLane lanes)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, INumberBase<T>
    {
        var sum = sums[index];
        foreach (var number in MemoryMarshal.Cast<TLane, T>(new ReadOnlySpan<TLane>(ref lanes))) sum += number;
        sums[index] = sum;
    }

    /// <summary>
    /// Adds multiples of rows to consecutive elements, one lane after the other. Product and sum are rounded one after the other, as in a loop.
    /// </summary>
    /// <typeparam name="TLane">The lane type.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="sums">The elements.</param>
    /// <param name="start">The first element.</param>
    /// <param name="count">The number of elements; nothing happens if it is not positive.</param>
    /// <param name="factors">The factor of each row.</param>
    /// <param name="rows">The rows, one for each lane.</param>
    /// <param name="first">The first element of the first row.</param>
    /// <param name="stride">The distance from a row to the next.</param>
    /// <exception cref="IndexOutOfRangeException">An element is outside its span.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddRows<TLane, T>(Span<T> sums, int start, int count, TLane factors, ReadOnlySpan<T> rows, int first, int stride)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, INumberBase<T>
    {
        if (count <= 0) return;
        CheckRange(start, count, sums.Length);
        CheckRange(first, count, rows.Length);
        CheckRange(first + ((TLane.Count - 1) * stride), count, rows.Length);
        sums = sums.Slice(start, count);
        var numbers = MemoryMarshal.Cast<TLane, T>(new ReadOnlySpan<TLane>(ref factors));
        var i = 0;
        for (; i <= count - TLane.Count; i += TLane.Count)
        {
            var sum = TLane.Load(sums, i);
            for (int lane = 0, at = first + i; lane < TLane.Count; lane++, at += stride) sum += TLane.Load(rows, at) * numbers[lane];
            TLane.Store(sum, sums, i);
        }

        for (; i < count; i++)
        {
            var sum = sums[i];
            for (int lane = 0, at = first + i; lane < TLane.Count; lane++, at += stride) sum += rows[at] * numbers[lane];
            sums[i] = sum;
        }
    }
}
