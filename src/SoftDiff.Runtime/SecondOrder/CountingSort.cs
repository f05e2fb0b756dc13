namespace SoftDiff.SecondOrder;

/// <summary>
/// Stands in for the sort by full vectors, which dual numbers do not use: a vector holds only one of them, so no row is short enough.
/// </summary>
internal static class CountingSort
{
    public const int WorthwhileLength = 0;

    public static void Sort(Span<Dual> keys, Span<int> order) => throw new NotSupportedException();
}
