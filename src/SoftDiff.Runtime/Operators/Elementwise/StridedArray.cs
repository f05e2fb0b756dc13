using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>An array of any rank: the memory that its elements lie in, its lengths and its strides.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct StridedArray<T>
{
    /// <summary>An input, which is never written.</summary>
    public StridedArray(in ReadOnlyTensorSpan<T> tensor, string parameter)
    {
        Lengths = tensor.Lengths;
        Strides = tensor.Strides;
        var memory = TensorMemory.Of(tensor, parameter);
        Memory = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(memory), memory.Length);
    }

    /// <summary>An output.</summary>
    public StridedArray(in TensorSpan<T> tensor, string parameter)
    {
        Lengths = tensor.Lengths;
        Strides = tensor.Strides;
        Memory = TensorMemory.Of(tensor, parameter);
    }

    /// <summary>From the first element to the last.</summary>
    public Span<T> Memory { get; }

    public ReadOnlySpan<nint> Lengths { get; }

    public ReadOnlySpan<nint> Strides { get; }

    public bool IsEmpty => Memory.IsEmpty;
}
