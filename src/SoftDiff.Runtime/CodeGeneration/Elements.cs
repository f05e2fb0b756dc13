using System.ComponentModel;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// The elements of a tensor in row-major order, as generated methods work on them: in place where they lie in memory that way, else in a
/// copy that <see cref="Dispose"/> writes back. Do not copy it, and have one for each tensor.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Elements<T>
{
    /// <summary>The elements. Not to be used after <see cref="Dispose"/>.</summary>
    public readonly Span<T> Span;

    private readonly TensorSpan<T> _tensor;
    private Rented<T> _copy;
    private bool _isCopy;

    /// <summary>The elements of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="parameter">The name of its parameter.</param>
    /// <exception cref="ArgumentException">
    /// Elements of the tensor share their memory (by a stride of 0), so that they cannot be written one by one; or they reach over more
    /// memory than a span holds.
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

    /// <summary>Writes a copy back and returns its memory. A second call does nothing.</summary>
    public void Dispose()
    {
        if (!_isCopy) return;
        _isCopy = false;
        new ReadOnlyTensorSpan<T>(Span, _tensor.Lengths).CopyTo(_tensor);
        _copy.Dispose();
    }
}

/// <summary>The elements of a tensor that is only read, in row-major order. Do not copy it.</summary>
/// <inheritdoc cref="Elements{T}"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ReadOnlyElements<T>
{
    /// <summary>The elements. Not to be used after <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<T> Span;

    private Rented<T> _copy;

    /// <summary>The elements of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="parameter">The name of its parameter.</param>
    /// <exception cref="ArgumentException">They reach over more memory than a span holds.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlyElements(in ReadOnlyTensorSpan<T> tensor, string parameter)
    {
        Span = TensorMemory.Of(tensor, parameter);
        if (tensor.IsDense || tensor.IsEmpty) return;
        _copy = Scratch.Rent<T>((long)tensor.FlattenedLength);
        tensor.FlattenTo(_copy.Span);
        Span = _copy.Span;
    }

    /// <summary>Returns the memory of a copy. A second call does nothing.</summary>
    public void Dispose() => _copy.Dispose();
}
