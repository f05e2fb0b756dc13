namespace SoftDiff.SecondOrder;

/// <summary>Sorting by the bits of numbers, which is not for dual ones: the length from which it would be used is never reached.</summary>
internal static class RadixSort
{
    public const int WorthwhileLength = int.MaxValue;

    public static void Sort(ReadOnlySpan<Dual> x, Span<Dual> sorted, Span<int> order, bool descending = false) => throw new NotSupportedException();
}
