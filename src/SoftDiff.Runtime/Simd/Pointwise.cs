using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <summary>
/// The one loop over spans for functions with partial derivatives: value and derivatives in one pass. As in <see cref="Lanewise"/> the last vector
/// reaches back over elements already done, and what a function gives for an element does not depend on its position or on the length.
/// </summary>
internal static class Pointwise
{
    // The cotangent of the softness adds up about this many elements in the precision of T before it passes on to double.
    private const int Block = 1024;

    /// <summary>The function of single elements, as the loop would compute it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Evaluate<T, TFunction>(T x, T y, T z, TFunction function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPointwise<T> =>
        function.Evaluate<Vector128<T>, Lanes128<T>>(Vector128.Create(x), Vector128.Create(y), Vector128.Create(z), out _).ToScalar();

    /// <inheritdoc cref="Evaluate{T, TFunction}(T, T, T, TFunction)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Evaluate<T, TFunction>(T x, T y, T z, TFunction function, out Partials<T> partials)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPointwise<T>
    {
        var value = function.Evaluate<Vector128<T>, Lanes128<T>>(Vector128.Create(x), Vector128.Create(y), Vector128.Create(z), out var vectors);
        partials = new Partials<T> { X = vectors.X.ToScalar(), Y = vectors.Y.ToScalar(), Z = vectors.Z.ToScalar(), Softness = vectors.Softness.ToScalar() };
        return value.ToScalar();
    }

    /// <summary>
    /// One pass over spans of one length. An output may start where an input does. <paramref name="tSoftness"/> is the tangent of the softness in
    /// a forward pass.
    /// </summary>
    /// <returns>The cotangent of the softness in a reverse pass; otherwise 0.</returns>
    public static double Run<T, TFunction, TPass>(scoped in PointwiseSpans<T> spans, T tSoftness, TFunction function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPointwise<T>
        where TPass : struct, IPass
    {
        var length = spans.X.Length;
        if (Vector512.IsHardwareAccelerated && length >= Vector512<T>.Count) return Run<T, Vector512<T>, Lanes512<T>, TFunction, TPass>(spans, 0, tSoftness, function);
        if (Vector256.IsHardwareAccelerated && length >= Vector256<T>.Count) return Run<T, Vector256<T>, Lanes256<T>, TFunction, TPass>(spans, 0, tSoftness, function);
        return length >= Vector128<T>.Count
            ? Run<T, Vector128<T>, Lanes128<T>, TFunction, TPass>(spans, 0, tSoftness, function)
            : RunPadded<T, TFunction, TPass>(spans, tSoftness, function);
    }

    /// <summary>
    /// The loop for one width; the spans hold at least one vector. The first <paramref name="skipped"/> elements, fewer than a vector, do not count
    /// in the sum. Visible to tests, which run widths that the machine would not choose.
    /// </summary>
    internal static double Run<T, TVector, TLanes, TFunction, TPass>(scoped in PointwiseSpans<T> spans, int skipped, T tSoftness, TFunction function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TFunction : struct, IPointwise<T>
        where TPass : struct, IPass
    {
        if (!TPass.IsReverse || !TFunction.HasSoftness)
        {
            RunBlock<T, TVector, TLanes, TFunction, TPass>(spans, skipped, spans.X.Length, tSoftness, function, out _);
            return 0;
        }

        var total = 0.0;
        for (var start = skipped; ; start += Block)
        {
            // The last block has the whole last vector, so that no block before has overwritten any of it.
            var isLast = start + Block + TLanes.Count > spans.X.Length;
            RunBlock<T, TVector, TLanes, TFunction, TPass>(spans, start, isLast ? spans.X.Length : start + Block, tSoftness, function, out var sum);
            total += VectorKernel.Total<T, TVector, TLanes>(sum);
            if (isLast) return total;
        }
    }

    // Nothing is called in this method, for the sake of the registers of its loop.
    private static void RunBlock<T, TVector, TLanes, TFunction, TPass>(
        scoped in PointwiseSpans<T> spans, int start, int end, T tSoftness, TFunction function, out TVector softnessSum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TFunction : struct, IPointwise<T>
        where TPass : struct, IPass
    {
        ref var x = ref MemoryMarshal.GetReference(spans.X);
        ref var y = ref TFunction.Inputs > 1 ? ref MemoryMarshal.GetReference(spans.Y) : ref x;
        ref var z = ref TFunction.Inputs > 2 ? ref MemoryMarshal.GetReference(spans.Z) : ref x;
        ref var cValue = ref TPass.IsReverse ? ref MemoryMarshal.GetReference(spans.CValue) : ref x;
        ref var tX = ref TPass.IsForward ? ref MemoryMarshal.GetReference(spans.TX) : ref x;
        ref var tY = ref TPass.IsForward && TFunction.Inputs > 1 ? ref MemoryMarshal.GetReference(spans.TY) : ref x;
        ref var tZ = ref TPass.IsForward && TFunction.Inputs > 2 ? ref MemoryMarshal.GetReference(spans.TZ) : ref x;
        ref var value = ref MemoryMarshal.GetReference(spans.Value);
        ref var tValue = ref MemoryMarshal.GetReference(spans.TValue);
        ref var dX = ref MemoryMarshal.GetReference(spans.DX);
        ref var dY = ref MemoryMarshal.GetReference(spans.DY);
        ref var dZ = ref MemoryMarshal.GetReference(spans.DZ);

        var storesValue = !spans.Value.IsEmpty;
        var width = (nuint)TLanes.Count;
        var last = (nuint)end - width;
        var softness = TLanes.Broadcast(tSoftness);
        var sum = TLanes.Constant(0);

        // The last vector may overlap the one before; its elements are read first, in case the results overwrite them. One copy of the
        // function in one loop, for the sake of the JIT's budget for inlining.
        var (tailX, tailY, tailZ, tailC) = (TLanes.Load(ref x, last), TLanes.Load(ref y, last), TLanes.Load(ref z, last), TLanes.Load(ref cValue, last));
        var (tailTX, tailTY, tailTZ) = (TLanes.Load(ref tX, last), TLanes.Load(ref tY, last), TLanes.Load(ref tZ, last));
        for (var i = (nuint)start; ; i += width)
        {
            // The comparison is repeated wherever it is needed, which costs less than a register for its result.
            var at = i < last ? i : last;
            var vx = i < last ? TLanes.Load(ref x, i) : tailX;
            var vy = TFunction.Inputs > 1 ? i < last ? TLanes.Load(ref y, i) : tailY : vx;
            var vz = TFunction.Inputs > 2 ? i < last ? TLanes.Load(ref z, i) : tailZ : vx;
            var result = function.Evaluate<TVector, TLanes>(vx, vy, vz, out var partials);

            if (TPass.IsReverse)
            {
                var c = i < last ? TLanes.Load(ref cValue, i) : tailC;
                TLanes.Store(TLanes.Multiply(c, partials.X), ref dX, at);
                if (TFunction.Inputs > 1) TLanes.Store(TLanes.Multiply(c, partials.Y), ref dY, at);
                if (TFunction.Inputs > 2) TLanes.Store(TLanes.Multiply(c, partials.Z), ref dZ, at);
                if (TFunction.HasSoftness)
                {
                    // The first i - last lanes of the last vector have been counted already, or are padding.
                    if (i > last) c = TLanes.Select(TLanes.Less(TLanes.Indices, TLanes.Broadcast(T.CreateTruncating(i - last))), TLanes.Constant(0), c);
                    sum = TLanes.MultiplyAdd(c, partials.Softness, sum);
                }
            }

            if (TPass.IsForward)
            {
                var t = TLanes.Multiply(i < last ? TLanes.Load(ref tX, i) : tailTX, partials.X);
                if (TFunction.Inputs > 1) t = TLanes.MultiplyAdd(i < last ? TLanes.Load(ref tY, i) : tailTY, partials.Y, t);
                if (TFunction.Inputs > 2) t = TLanes.MultiplyAdd(i < last ? TLanes.Load(ref tZ, i) : tailTZ, partials.Z, t);
                if (TFunction.HasSoftness) t = TLanes.MultiplyAdd(softness, partials.Softness, t);
                TLanes.Store(t, ref tValue, at);
            }

            if (!TPass.IsReverse || storesValue) TLanes.Store(result, ref value, at);
            if (i < last) continue;
            softnessSum = sum;
            return;
        }
    }

    /// <summary>Spans shorter than the smallest vector, moved to the end of one whose other elements repeat the first.</summary>
    private static double RunPadded<T, TFunction, TPass>(scoped in PointwiseSpans<T> spans, T tSoftness, TFunction function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPointwise<T>
        where TPass : struct, IPass
    {
        if (spans.X.IsEmpty) return 0;

        var width = Vector128<T>.Count;
        Span<T> memory = stackalloc T[12 * width];
        var padded = new PointwiseSpans<T>
        {
            X = VectorKernel.Padded(spans.X, memory[..width]),
            Y = VectorKernel.Padded(spans.Y, memory[width..(2 * width)]),
            Z = VectorKernel.Padded(spans.Z, memory[(2 * width)..(3 * width)]),
            CValue = VectorKernel.Padded(spans.CValue, memory[(3 * width)..(4 * width)]),
            TX = VectorKernel.Padded(spans.TX, memory[(4 * width)..(5 * width)]),
            TY = VectorKernel.Padded(spans.TY, memory[(5 * width)..(6 * width)]),
            TZ = VectorKernel.Padded(spans.TZ, memory[(6 * width)..(7 * width)]),
            Value = memory[(7 * width)..(8 * width)],
            TValue = memory[(8 * width)..(9 * width)],
            DX = memory[(9 * width)..(10 * width)],
            DY = memory[(10 * width)..(11 * width)],
            DZ = memory[(11 * width)..],
        };
        var skipped = width - spans.X.Length;
        var sum = Run<T, Vector128<T>, Lanes128<T>, TFunction, TPass>(padded, skipped, tSoftness, function);
        if (!spans.Value.IsEmpty) padded.Value[skipped..].CopyTo(spans.Value);
        if (TPass.IsForward) padded.TValue[skipped..].CopyTo(spans.TValue);
        if (TPass.IsReverse)
        {
            padded.DX[skipped..].CopyTo(spans.DX);
            if (TFunction.Inputs > 1) padded.DY[skipped..].CopyTo(spans.DY);
            if (TFunction.Inputs > 2) padded.DZ[skipped..].CopyTo(spans.DZ);
        }

        return sum;
    }
}
