using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <summary>
/// The one loop over spans. All elements are computed by the same instructions, also those that do not fill a vector. The last vector
/// reaches back over elements that are already done; it is read before anything is stored, and a fold does not count it twice. A span
/// shorter than the smallest vector is padded. So the value for an element does not depend on its position or on the length.
/// </summary>
internal static class Lanewise
{
    // Folds add up at most this many elements in the precision of T before they pass on to double, which bounds their error.
    private const int Block = 1024;

    /// <summary>destination[i] = operator(x[i]); <paramref name="destination"/> may start where <paramref name="x"/> does.</summary>
    public static void Map<T, TOperator>(ReadOnlySpan<T> x, Span<T> destination, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T> => Map(x, x, destination, @operator);

    /// <summary>
    /// destination[i] = operator(x[i], y[i]); <paramref name="destination"/> may start where <paramref name="x"/> or <paramref name="y"/>
    /// does.
    /// </summary>
    public static void Map<T, TOperator>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T>
    {
        Shape.SameLength(y.Length, x.Length, nameof(y), nameof(x));
        Shape.SameLength(destination.Length, x.Length, nameof(destination), nameof(x));
        Run<T, TOperator, Store<T>>(x, y, destination, @operator);
    }

    /// <summary>Σ operator(x[i], y[i]).</summary>
    public static double Sum<T, TOperator>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T>
    {
        Shape.SameLength(y.Length, x.Length, nameof(y), nameof(x));
        var total = 0.0;
        for (; x.Length > Block; x = x[Block..], y = y[Block..])
        {
            total += double.CreateTruncating(Run<T, TOperator, Sum<T>>(x[..Block], y[..Block], default, @operator));
        }

        return total + double.CreateTruncating(Run<T, TOperator, Sum<T>>(x, y, default, @operator));
    }

    /// <summary>destination[i] = operator(x[i]), and the sum of these.</summary>
    public static double MapAndSum<T, TOperator>(ReadOnlySpan<T> x, Span<T> destination, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T>
    {
        Shape.SameLength(destination.Length, x.Length, nameof(destination), nameof(x));
        var total = 0.0;
        for (; x.Length > Block; x = x[Block..], destination = destination[Block..])
        {
            total += double.CreateTruncating(Run<T, TOperator, StoreAndSum<T>>(x[..Block], x[..Block], destination[..Block], @operator));
        }

        return total + double.CreateTruncating(Run<T, TOperator, StoreAndSum<T>>(x, x, destination, @operator));
    }

    /// <summary>The largest element; -∞ for none; unspecified when one is NaN.</summary>
    public static T Max<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run<T, First<T>, Largest<T>>(x, x, default, default);

    /// <summary>Chooses the widest vectors of the machine that the spans fill.</summary>
    private static T Run<T, TOperator, TFold>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T>
        where TFold : struct, IFold<T>
    {
        if (Vector512.IsHardwareAccelerated && x.Length >= Vector512<T>.Count) return Run<T, Vector512<T>, Lanes512<T>, TOperator, TFold>(x, y, destination, @operator);
        if (Vector256.IsHardwareAccelerated && x.Length >= Vector256<T>.Count) return Run<T, Vector256<T>, Lanes256<T>, TOperator, TFold>(x, y, destination, @operator);
        return x.Length >= Vector128<T>.Count
            ? Run<T, Vector128<T>, Lanes128<T>, TOperator, TFold>(x, y, destination, @operator)
            : RunPadded<T, TOperator, TFold>(x, y, destination, @operator);
    }

    /// <summary>
    /// The loop for one width. The spans hold at least one vector and have one length. <paramref name="destination"/> counts only if
    /// <typeparamref name="TFold"/> stores. Visible to tests, which run widths that the machine would not choose.
    /// </summary>
    internal static T Run<T, TVector, TLanes, TOperator, TFold>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TOperator : struct, IOperator<T>
        where TFold : struct, IFold<T>
    {
        ref var xs = ref MemoryMarshal.GetReference(x);
        ref var ys = ref MemoryMarshal.GetReference(y);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var width = (nuint)TLanes.Count;
        var last = (nuint)x.Length - width;

        // The last vector may overlap the one before; its elements are read first, in case the results overwrite them. One copy of the
        // operator in one loop: with several, the JIT's budget for inlining runs out in the middle of an exponential.
        var (tailX, tailY) = (TLanes.Load(ref xs, last), TLanes.Load(ref ys, last));
        var identity = TLanes.Broadcast(TFold.Identity);
        var folded = identity;
        for (nuint i = 0; ; i += width)
        {
            // The comparison is repeated wherever it is needed, which costs less than a register for its result.
            var at = i < last ? i : last;
            var value = @operator.Invoke<TVector, TLanes>(i < last ? TLanes.Load(ref xs, i) : tailX, i < last ? TLanes.Load(ref ys, i) : tailY);
            if (TFold.Stores) TLanes.Store(value, ref to, at);
            if (TFold.Folds)
            {
                // The first i - last lanes of the last vector have been counted already.
                if (i > last) value = TLanes.Select(TLanes.Less(TLanes.Indices, TLanes.Broadcast(T.CreateTruncating(i - last))), identity, value);
                folded = TFold.Combine<TVector, TLanes>(folded, value);
            }

            if (i >= last) return TFold.Folds ? Total<T, TVector, TLanes, TFold>(folded) : default;
        }
    }

    private static T RunPadded<T, TOperator, TFold>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T>
        where TFold : struct, IFold<T>
    {
        if (x.IsEmpty) return TFold.Identity;

        var value = @operator.Invoke<Vector128<T>, Lanes128<T>>(Padded(x), Padded(y));
        if (TFold.Stores)
        {
            for (var i = 0; i < x.Length; i++) destination[i] = value[i];
        }

        if (!TFold.Folds) return default;
        var isGiven = Vector128.LessThan(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(x.Length)));
        return Total<T, Vector128<T>, Lanes128<T>, TFold>(Vector128.ConditionalSelect(isGiven, value, Vector128.Create(TFold.Identity)));
    }

    private static Vector128<T> Padded<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var padded = Vector128.Create(x[0]);
        for (var i = 1; i < x.Length; i++) padded = padded.WithElement(i, x[i]);
        return padded;
    }

    private static T Total<T, TVector, TLanes, TFold>(TVector lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TVector, T>
        where TFold : struct, IFold<T>
    {
        var total = TLanes.Lane(lanes, 0);
        for (var i = 1; i < TLanes.Count; i++) total = TFold.Combine(total, TLanes.Lane(lanes, i));
        return total;
    }
}
