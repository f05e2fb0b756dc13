namespace SoftDiff;

/// <summary>
/// Elementwise operators on arrays with strides that are repeated along axes. Arrays without gaps are worked on where they are; others a block at a
/// time in memory between.
/// </summary>
internal static class Broadcast
{
    /// <summary>Checks the arrays and makes a pass over them.</summary>
    /// <returns>The cotangent of the softness in a reverse pass.</returns>
    public static double Run<T, TOperator, TPass>(TOperator @operator, scoped in StridedArrays<T> arrays, T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
        where TPass : struct, IPass
    {
        var rank = BroadcastArguments.Rank(arrays, TOperator.Names);
        var size = rank * (StridedArrays<T>.Count + 1);
        Span<nint> memory = size <= 256 ? stackalloc nint[size] : new nint[size];
        var lengths = memory[..rank];
        var strides = memory[rank..];
        BroadcastArguments.Join(arrays, lengths, TOperator.Names);
        BroadcastArguments.Shapes<T, TPass>(arrays, lengths, TOperator.Names);
        BroadcastAxes.Align(arrays, lengths, strides);
        BroadcastArguments.Memory(arrays, strides, TOperator.Names);

        rank = BroadcastAxes.Simplify(lengths, strides);
        var layout = new BroadcastLayout<T>(arrays, lengths[..rank], strides);
        if (layout.IsFlat) return Elementwise.Pass<T, TOperator, TPass>(@operator, layout.Spans(0, layout.Count, default), tSoftness);

        using var between = Scratch.Rent<T>(StridedArrays<T>.Count * BroadcastLayout<T>.Block);
        using var sums = Scratch.RentCleared<double>(layout.SumLength);
        var total = 0.0;
        for (var start = 0; start < layout.Count; start += BroadcastLayout<T>.Block)
        {
            var spans = layout.Spans(start, Math.Min(BroadcastLayout<T>.Block, layout.Count - start), between.Span);
            total += Elementwise.Pass<T, TOperator, TPass>(@operator, spans, tSoftness);
            layout.Deliver(start, spans, sums.Span);
        }

        layout.DeliverSums(sums.Span);
        return total;
    }
}
