namespace SoftDiff;

/// <summary>
/// Sorts short rows, stably, by counting for each element how many are less. That takes more comparisons than other sorts, but no branch
/// depends on them, and they fill vectors. (Knuth, The Art of Computer Programming, volume 3, section 5.2, algorithm C.)
/// </summary>
internal static class CountingSort
{
    /// <summary>Up to this length it is faster than the sort of the framework.</summary>
    public const int WorthwhileLength = 256;

    // Independent counts hide that each waits for the one before.
    private const int Vectors = 4;

    private static int GroupLength => Vectors * Vector<double>.Count;

    /// <summary>Sorts in ascending order: keys[j] is what keys[order[j]] was. There is no NaN among them.</summary>
    public static void Sort(Span<double> keys, Span<int> order)
    {
        const int Free = -1;
        var n = keys.Length;
        using var padded = Scratch.Rent<double>(n + GroupLength - 1);
        var unsorted = padded.Span[..n];
        keys.CopyTo(unsorted);
        padded.Span[n..].Clear();
        Span<long> counts = stackalloc long[GroupLength];
        order.Fill(Free);
        for (var start = 0; start < n; start += GroupLength)
        {
            CountLess(unsorted, padded.Span.Slice(start, GroupLength), counts);
            var group = unsorted[start..Math.Min(start + GroupLength, n)];
            for (var i = 0; i < group.Length; i++)
            {
                // Equal elements count alike and take the places from there on in turn.
                var place = (int)counts[i];
                while (order[place] != Free) place++;
                (keys[place], order[place]) = (group[i], start + i);
            }
        }
    }

    /// <summary>counts[i] = the number of keys less than group[i].</summary>
    private static void CountLess(ReadOnlySpan<double> keys, ReadOnlySpan<double> group, Span<long> counts)
    {
        var width = Vector<double>.Count;
        var (a, b, c, d) = (Part(group, 0), Part(group, 1), Part(group, 2), Part(group, 3));
        Vector<long> countA = default, countB = default, countC = default, countD = default;
        foreach (var key in keys)
        {
            // A comparison that holds has all bits set, which is -1.
            var other = new Vector<double>(key);
            countA -= Vector.LessThan(other, a);
            countB -= Vector.LessThan(other, b);
            countC -= Vector.LessThan(other, c);
            countD -= Vector.LessThan(other, d);
        }

        countA.CopyTo(counts);
        countB.CopyTo(counts[width..]);
        countC.CopyTo(counts[(2 * width)..]);
        countD.CopyTo(counts[(3 * width)..]);
    }

    private static Vector<double> Part(ReadOnlySpan<double> group, int index) => new(group[(index * Vector<double>.Count)..]);
}
