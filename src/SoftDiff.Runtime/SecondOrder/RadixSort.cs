namespace SoftDiff.SecondOrder;

/// <summary>Stands in for the sort by bits, which dual numbers do not use: no row reaches the length from which it is chosen.</summary>
internal static class RadixSort
{
    public const int WorthwhileLength = int.MaxValue;

    public static void Sort(ReadOnlySpan<Dual> x, Span<Dual> sorted, Span<int> order, bool descending = false) => throw new NotSupportedException();
}
