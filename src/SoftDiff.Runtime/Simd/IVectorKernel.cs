using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <summary>A loop of its own over spans, written once for all widths, where <see cref="Lanewise"/> has no form for it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IVectorKernel<T>
{
    void Run<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;
}

/// <summary>Runs kernels, and what they need.</summary>
internal static class VectorKernel
{
    /// <summary>How many elements beyond the last one a kernel may read and write: spans have that many more.</summary>
    public const int Padding = 8;

    /// <summary>Runs the kernel with the widest vectors of the machine.</summary>
    public static void Run<TKernel>(ref TKernel kernel)
        where TKernel : struct, IVectorKernel<double>, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated) kernel.Run<Vector512<double>, Lanes512<double>>();
        else if (Vector256.IsHardwareAccelerated) kernel.Run<Vector256<double>, Lanes256<double>>();
        else kernel.Run<Vector128<double>, Lanes128<double>>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector, TLanes>(ReadOnlySpan<double> span, int index)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Load(ref MemoryMarshal.GetReference(span.Slice(index, TLanes.Count)), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector, TLanes>(TVector value, Span<double> span, int index)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Store(value, ref MemoryMarshal.GetReference(span.Slice(index, TLanes.Count)), 0);

    /// <summary>The sum of the lanes.</summary>
    public static double Total<T, TVector, TLanes>(TVector lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TVector, T>
    {
        var total = double.CreateTruncating(TLanes.Lane(lanes, 0));
        for (var i = 1; i < TLanes.Count; i++) total += double.CreateTruncating(TLanes.Lane(lanes, i));
        return total;
    }

    /// <summary>The elements at the end of <paramref name="memory"/>, whose other elements repeat the first.</summary>
    public static ReadOnlySpan<T> Padded<T>(ReadOnlySpan<T> x, Span<T> memory)
    {
        if (x.IsEmpty) return memory;
        memory.Fill(x[0]);
        x.CopyTo(memory[^x.Length..]);
        return memory;
    }
}
