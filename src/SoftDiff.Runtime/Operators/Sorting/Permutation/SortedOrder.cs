namespace SoftDiff;

/// <summary>Sorting with the permutation kept, and moving numbers between the order of the caller and the sorted one.</summary>
internal static class SortedOrder
{
    /// <summary>Sorts in ascending order and stably: sorted[j] = x[order[j]]. There is no NaN among the elements.</summary>
    public static void Sort(ReadOnlySpan<double> x, Span<double> sorted, Span<int> order)
    {
        if (x.Length >= RadixSort.WorthwhileLength)
        {
            RadixSort.Sort(x, sorted, order);
            return;
        }

        x.CopyTo(sorted);
        SortShort(sorted, order);
    }

    /// <summary>Sorts in descending order and stably: sorted[j] = x[order[j]]. There is no NaN among the elements.</summary>
    public static void SortDescending(ReadOnlySpan<double> x, Span<double> sorted, Span<int> order)
    {
        if (x.Length >= RadixSort.WorthwhileLength)
        {
            RadixSort.Sort(x, sorted, order, descending: true);
            return;
        }

        Lanewise.Map(x, sorted, new Scaled<double>(-1));
        SortShort(sorted, order);
        Lanewise.Map(sorted, sorted, new Scaled<double>(-1));
    }

    private static void SortShort(Span<double> sorted, Span<int> order)
    {
        if (order.Length <= CountingSort.WorthwhileLength)
        {
            CountingSort.Sort(sorted, order);
            return;
        }

        for (var i = 0; i < order.Length; i++) order[i] = i;
        SortByComparison(sorted, order);
    }

    /// <summary>Sorts keys and moves with them their places, which rise from equal key to equal key before and after.</summary>
    public static void SortByComparison<TKey>(Span<TKey> keys, Span<int> places)
        where TKey : IEqualityOperators<TKey, TKey, bool>
    {
        keys.Sort(places);

        // The sort of the framework leaves equal elements in any order.
        for (var start = 0; start < keys.Length;)
        {
            var end = TieEnd<TKey>(keys, start);
            if (end > start + 1) places[start..end].Sort();
            start = end;
        }
    }

    /// <summary>The end of the run of elements equal to the one at <paramref name="start"/>.</summary>
    public static int TieEnd<TKey>(ReadOnlySpan<TKey> sorted, int start)
        where TKey : IEqualityOperators<TKey, TKey, bool>
    {
        var end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start]) end++;
        return end;
    }

    /// <summary>The start of the run of elements equal to the one at <paramref name="last"/>.</summary>
    public static int TieStart(ReadOnlySpan<double> sorted, int last)
    {
        var start = last;
        while (start > 0 && sorted[start - 1] == sorted[last]) start--;
        return start;
    }

    /// <summary>part[j] = source[order[start + j]]; no order means the order of the source.</summary>
    public static void Gather(ReadOnlySpan<double> source, ReadOnlySpan<int> order, Window window, Span<double> part)
    {
        if (order.IsEmpty)
        {
            window.Of(source).CopyTo(part);
            return;
        }

        var indices = order.Slice(window.Start, part.Length);
        for (var j = 0; j < part.Length; j++) part[j] = source[indices[j]];
    }

    /// <inheritdoc cref="Gather(ReadOnlySpan{double}, ReadOnlySpan{int}, Window, Span{double})"/>
    public static void Gather(ReadOnlySpan<double> source, ReadOnlySpan<int> order, Span<double> sorted) =>
        Gather(source, order, new Window(0, sorted.Length), sorted);

    /// <summary>destination[order[start + j]] = part[j].</summary>
    public static void Scatter(ReadOnlySpan<double> part, ReadOnlySpan<int> order, Window window, Span<double> destination)
    {
        if (order.IsEmpty)
        {
            part.CopyTo(window.Of(destination));
            return;
        }

        var indices = order.Slice(window.Start, part.Length);
        for (var j = 0; j < part.Length; j++) destination[indices[j]] = part[j];
    }

    /// <inheritdoc cref="Scatter(ReadOnlySpan{double}, ReadOnlySpan{int}, Window, Span{double})"/>
    public static void Scatter(ReadOnlySpan<double> sorted, ReadOnlySpan<int> order, Span<double> destination) =>
        Scatter(sorted, order, new Window(0, sorted.Length), destination);
}
