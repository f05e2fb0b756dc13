namespace SoftDiff.SecondOrder;

/// <summary>Sorting by full vectors of numbers, which is not for dual ones: they come one to a vector, and no length is short enough.</summary>
internal static class CountingSort
{
    public const int WorthwhileLength = 0;

    public static void Sort(Span<Dual> keys, Span<int> order) => throw new NotSupportedException();
}
