namespace SoftDiff;

/// <summary>
/// Sorts long rows, stably and in linear time, digit by digit. The bits of doubles compare like integers once those of negative numbers are
/// inverted. Only the upper half of the bits is sorted, from its least digit on. After that only neighbours can be in the wrong order, and
/// the lower half corrects them. (Knuth, The Art of Computer Programming, volume 3, sections 5.2.5 and 5.2.1.)
/// </summary>
internal static class RadixSort
{
    /// <summary>From this length on it is faster than sorting by comparisons.</summary>
    public const int WorthwhileLength = 2048;

    private const int DigitBits = 8;
    private const int Buckets = 1 << DigitBits;
    private const int LowBits = 32;
    private const int Digits = (64 - LowBits) / DigitBits;

    // Up to here, runs of equal upper halves are sorted by insertion.
    private const int ShortRun = 24;

    /// <summary>sorted[j] = x[order[j]], ascending unless asked otherwise; equal elements, and zeros of either sign, stay in order. There is no NaN among them.</summary>
    public static void Sort(ReadOnlySpan<double> x, Span<double> sorted, Span<int> order, bool descending = false)
    {
        var n = x.Length;
        var sign = descending ? -1.0 : 1;
        using var keys = Scratch.Rent<ulong>(2L * n);
        using var otherOrder = Scratch.Rent<int>(n);
        using var counts = Scratch.RentCleared<int>(Digits * Buckets);
        var from = keys.Span[..n];
        var to = keys.Span[n..];
        var fromOrder = order;
        var toOrder = otherOrder.Span;
        for (var i = 0; i < n; i++)
        {
            var key = Key(sign * x[i]);
            from[i] = key;
            fromOrder[i] = i;
            for (var digit = 0; digit < Digits; digit++) counts.Span[(digit * Buckets) + Bucket(key, digit)]++;
        }

        for (var digit = 0; digit < Digits; digit++)
        {
            var starts = counts.Span.Slice(digit * Buckets, Buckets);
            if (starts[Bucket(from[0], digit)] == n) continue;
            var next = 0;
            foreach (ref var start in starts) (start, next) = (next, next + start);
            for (var i = 0; i < n; i++)
            {
                var at = starts[Bucket(from[i], digit)]++;
                to[at] = from[i];
                toOrder[at] = fromOrder[i];
            }

            var swapped = from;
            from = to;
            to = swapped;
            var swappedOrder = fromOrder;
            fromOrder = toOrder;
            toOrder = swappedOrder;
        }

        if (fromOrder != order) fromOrder.CopyTo(order);
        SortRuns(from, order);
        for (var i = 0; i < n; i++) sorted[i] = sign * Number(from[i]);
    }

    /// <summary>Sorts the runs of keys that are equal in their upper halves.</summary>
    private static void SortRuns(Span<ulong> keys, Span<int> order)
    {
        for (var start = 0; start < keys.Length;)
        {
            var upper = keys[start] >> LowBits;
            var end = start + 1;
            while (end < keys.Length && keys[end] >> LowBits == upper) end++;
            if (end - start > ShortRun) SortedOrder.SortByComparison(keys[start..end], order[start..end]);
            else if (end - start > 1) SortShortRun(keys[start..end], order[start..end]);
            start = end;
        }
    }

    private static void SortShortRun(Span<ulong> keys, Span<int> order)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            var (key, place, j) = (keys[i], order[i], i);
            for (; j > 0 && keys[j - 1] > key; j--) (keys[j], order[j]) = (keys[j - 1], order[j - 1]);
            (keys[j], order[j]) = (key, place);
        }
    }

    private static int Bucket(ulong key, int digit) => (int)(key >> (LowBits + (digit * DigitBits))) & (Buckets - 1);

    private static ulong Key(double number)
    {
        // Adding 0 makes -0 a 0.
        var bits = BitConverter.DoubleToInt64Bits(number + 0.0);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    private static double Number(ulong key)
    {
        var bits = (long)key;
        return BitConverter.Int64BitsToDouble(bits ^ (~(bits >> 63) | long.MinValue));
    }
}
