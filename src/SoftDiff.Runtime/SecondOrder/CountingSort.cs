namespace SoftDiff.SecondOrder;

/// <summary>Sorts rows of dual numbers of all lengths. Elements that are equal keep their order, each with its own tangent.</summary>
internal static class CountingSort
{
    public const int WorthwhileLength = int.MaxValue;

    /// <summary>Sorts in ascending order: keys[j] is what keys[order[j]] was. There is no NaN among them.</summary>
    public static void Sort(Span<Dual> keys, Span<int> order)
    {
        using var unsorted = Scratch.Rent<Dual>(keys.Length);
        keys.CopyTo(unsorted.Span);
        for (var i = 0; i < order.Length; i++) order[i] = i;

        // This puts the places of equal keys in order, but not the keys, whose tangents may differ.
        SoftDiff.SortedOrder.SortByComparison(keys, order);
        for (var j = 0; j < keys.Length; j++) keys[j] = unsorted.Span[order[j]];
    }
}
