using System.Buffers;
using System.ComponentModel;

namespace SoftDiff;

/// <summary>Memory rented from <see cref="Scratch"/>. Do not copy it: each rental is returned once.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Rented<T>
{
    /// <summary>The rented elements, as many as were asked for. Not to be used after <see cref="Dispose"/>.</summary>
    public readonly Span<T> Span;

    private T[]? _array;

    internal Rented(T[] array, int length)
    {
        _array = array;
        Span = array.AsSpan(0, length);
    }

    /// <summary>Gives the memory back, cleared if it may refer to objects. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_array is not { } array) return;
        _array = null;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) Span.Clear();
        ArrayPool<T>.Shared.Return(array);
    }
}
