using System.ComponentModel;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// The elements of a tensor in row-major order, for generated methods. If the tensor has this order in memory, the elements are its own
/// memory; otherwise they are a copy that <see cref="Dispose"/> writes back. Do not copy this struct, and use only one per tensor.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Elements<T>
{
    /// <summary>The elements. Do not use them after <see cref="Dispose"/>.</summary>
    public readonly Span<T> Span;

    private readonly TensorSpan<T> _tensor;
    private Rented<T> _copy;
    private bool _isCopy;

    /// <summary>The elements of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="parameter">The name of its parameter.</param>
    /// <exception cref="ArgumentException">
    /// Elements of the tensor share memory (a stride is 0), so they cannot be written one by one; or the tensor's memory is longer than a
    /// span can be.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Elements(in TensorSpan<T> tensor, string parameter)
    {
        Span = TensorMemory.Of(tensor, parameter);
        if (tensor.IsDense || tensor.IsEmpty) return;
        _tensor = tensor;
        _isCopy = true;
        _copy = Scratch.Rent<T>((long)tensor.FlattenedLength);
        Span = _copy.Span;
        tensor.FlattenTo(Span);
    }

    /// <summary>Writes a copy back and returns its memory to the pool. A second call does nothing.</summary>
    public void Dispose()
    {
        if (!_isCopy) return;
        _isCopy = false;
        new ReadOnlyTensorSpan<T>(Span, _tensor.Lengths).CopyTo(_tensor);
        _copy.Dispose();
    }
}

/// <summary>The elements of a read-only tensor in row-major order. Do not copy this struct.</summary>
/// <inheritdoc cref="Elements{T}"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ReadOnlyElements<T>
{
    /// <summary>The elements. Do not use them after <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<T> Span;

    private Rented<T> _copy;

    /// <summary>The elements of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="parameter">The name of its parameter.</param>
    /// <exception cref="ArgumentException">The tensor's memory is longer than a span can be.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlyElements(in ReadOnlyTensorSpan<T> tensor, string parameter)
    {
        Span = TensorMemory.Of(tensor, parameter);
        if (tensor.IsDense || tensor.IsEmpty) return;
        _copy = Scratch.Rent<T>((long)tensor.FlattenedLength);
        tensor.FlattenTo(_copy.Span);
        Span = _copy.Span;
    }

    /// <summary>Returns a copy's memory to the pool. A second call does nothing.</summary>
    public void Dispose() => _copy.Dispose();
}
