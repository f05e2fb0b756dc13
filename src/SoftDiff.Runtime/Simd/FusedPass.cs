using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <summary>
/// One loop over spans that writes several results and adds up several sums, where the memory is what takes the time. As in <see cref="Lanewise"/>
/// the last vector reaches back over elements already done, which do not count twice.
/// </summary>
internal static class FusedPass
{
    // Sums add up about this many elements in the precision of T before they pass on to double, which bounds their error.
    private const int Block = 1024;

    /// <summary>Chooses the widest vectors of the machine that the spans fill.</summary>
    public static FusedSums Run<T, TStep>(scoped in FusedSpans<T> spans, TStep step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TStep : struct, IFusedStep<T>
    {
        var length = spans.A.Length;
        if (Vector512.IsHardwareAccelerated && length >= Vector512<T>.Count) return Run<T, Vector512<T>, Lanes512<T>, TStep>(spans, 0, step);
        if (Vector256.IsHardwareAccelerated && length >= Vector256<T>.Count) return Run<T, Vector256<T>, Lanes256<T>, TStep>(spans, 0, step);
        return length >= Vector128<T>.Count ? Run<T, Vector128<T>, Lanes128<T>, TStep>(spans, 0, step) : RunPadded(spans, step);
    }

    /// <summary>
    /// The loop for one width; the spans hold at least one vector. The first <paramref name="skipped"/> elements, fewer than a vector, do not count
    /// in the sums. Visible to tests, which run widths that the machine would not choose.
    /// </summary>
    internal static FusedSums Run<T, TVector, TLanes, TStep>(scoped in FusedSpans<T> spans, int skipped, TStep step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TStep : struct, IFusedStep<T>
    {
        var total = default(FusedSums);
        for (var start = skipped; ; start += Block)
        {
            // The last block has the whole last vector, so that no block before has overwritten any of it.
            var isLast = start + Block + TLanes.Count > spans.A.Length;
            RunBlock<T, TVector, TLanes, TStep>(spans, start, isLast ? spans.A.Length : start + Block, step, out var sums);
            total += new FusedSums(
                VectorKernel.Total<T, TVector, TLanes>(sums.Term1),
                VectorKernel.Total<T, TVector, TLanes>(sums.Term2),
                VectorKernel.Total<T, TVector, TLanes>(sums.Term3));
            if (isLast) return total;
        }
    }

    // Nothing is called in this method, for the sake of the registers of its loop.
    private static void RunBlock<T, TVector, TLanes, TStep>(
        scoped in FusedSpans<T> spans, int start, int end, TStep step, out FusedTerms<TVector> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TStep : struct, IFusedStep<T>
    {
        ref var a = ref MemoryMarshal.GetReference(spans.A);
        ref var b = ref TStep.Inputs > 1 ? ref MemoryMarshal.GetReference(spans.B) : ref a;
        ref var c = ref TStep.Inputs > 2 ? ref MemoryMarshal.GetReference(spans.C) : ref a;
        ref var d = ref TStep.Inputs > 3 ? ref MemoryMarshal.GetReference(spans.D) : ref a;
        ref var firstOutput = ref MemoryMarshal.GetReference(spans.First);
        ref var secondOutput = ref MemoryMarshal.GetReference(spans.Second);
        var width = (nuint)TLanes.Count;
        var last = (nuint)end - width;
        var (sum1, sum2, sum3) = (TLanes.Constant(0), TLanes.Constant(0), TLanes.Constant(0));

        // The last vector is read first, in case the results overwrite it.
        var (tailA, tailB, tailC, tailD) = (TLanes.Load(ref a, last), TLanes.Load(ref b, last), TLanes.Load(ref c, last), TLanes.Load(ref d, last));
        for (var i = (nuint)start; ; i += width)
        {
            var at = i < last ? i : last;
            var va = i < last ? TLanes.Load(ref a, i) : tailA;
            var vb = TStep.Inputs > 1 ? i < last ? TLanes.Load(ref b, i) : tailB : va;
            var vc = TStep.Inputs > 2 ? i < last ? TLanes.Load(ref c, i) : tailC : va;
            var vd = TStep.Inputs > 3 ? i < last ? TLanes.Load(ref d, i) : tailD : va;
            var result = step.Invoke<TVector, TLanes>(va, vb, vc, vd, out var second, out var terms);
            if (TStep.Outputs > 0) TLanes.Store(result, ref firstOutput, at);
            if (TStep.Outputs > 1) TLanes.Store(second, ref secondOutput, at);
            if (i > last)
            {
                // The first i - last lanes of the last vector have been counted already, or are padding.
                var isCounted = TLanes.Less(TLanes.Indices, TLanes.Broadcast(T.CreateTruncating(i - last)));
                terms.Term1 = TLanes.Select(isCounted, TLanes.Constant(0), terms.Term1);
                if (TStep.Sums > 1) terms.Term2 = TLanes.Select(isCounted, TLanes.Constant(0), terms.Term2);
                if (TStep.Sums > 2) terms.Term3 = TLanes.Select(isCounted, TLanes.Constant(0), terms.Term3);
            }

            sum1 = TLanes.Add(sum1, terms.Term1);
            if (TStep.Sums > 1) sum2 = TLanes.Add(sum2, terms.Term2);
            if (TStep.Sums > 2) sum3 = TLanes.Add(sum3, terms.Term3);
            if (i < last) continue;
            sums = new FusedTerms<TVector> { Term1 = sum1, Term2 = sum2, Term3 = sum3 };
            return;
        }
    }

    /// <summary>Spans shorter than the smallest vector, moved to the end of one whose other elements repeat the first.</summary>
    private static FusedSums RunPadded<T, TStep>(scoped in FusedSpans<T> spans, TStep step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TStep : struct, IFusedStep<T>
    {
        if (spans.A.IsEmpty) return default;

        var width = Vector128<T>.Count;
        Span<T> memory = stackalloc T[6 * width];
        var padded = new FusedSpans<T>
        {
            A = VectorKernel.Padded(spans.A, memory[..width]),
            B = VectorKernel.Padded(spans.B, memory[width..(2 * width)]),
            C = VectorKernel.Padded(spans.C, memory[(2 * width)..(3 * width)]),
            D = VectorKernel.Padded(spans.D, memory[(3 * width)..(4 * width)]),
            First = memory[(4 * width)..(5 * width)],
            Second = memory[(5 * width)..],
        };
        var skipped = width - spans.A.Length;
        var sums = Run<T, Vector128<T>, Lanes128<T>, TStep>(padded, skipped, step);
        if (TStep.Outputs > 0) padded.First[skipped..].CopyTo(spans.First);
        if (TStep.Outputs > 1) padded.Second[skipped..].CopyTo(spans.Second);
        return sums;
    }
}
