using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>An array of any rank in memory that is not its own: what its elements lie in, its lengths and its strides.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct StridedArray<T>
{
    public StridedArray(in ReadOnlyTensorSpan<T> tensor)
    {
        Lengths = tensor.Lengths;
        Strides = tensor.Strides;
        ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), tensor.IsEmpty ? 0 : 1));
        Memory = MemoryMarshal.CreateSpan(ref first, Extent(tensor.IsEmpty));
    }

    public StridedArray(in TensorSpan<T> tensor)
    {
        Lengths = tensor.Lengths;
        Strides = tensor.Strides;
        Memory = MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), Extent(tensor.IsEmpty));
    }

    /// <summary>From the first element to the last; inputs are never written.</summary>
    public Span<T> Memory { get; }

    public ReadOnlySpan<nint> Lengths { get; }

    public ReadOnlySpan<nint> Strides { get; }

    public bool IsEmpty => Memory.IsEmpty;

    private int Extent(bool isEmpty)
    {
        if (isEmpty) return 0;
        nint last = 0;
        for (var axis = 0; axis < Lengths.Length; axis++) last += (Lengths[axis] - 1) * Strides[axis];
        return checked((int)last + 1);
    }
}
