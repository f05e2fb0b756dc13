using System.Buffers;
using System.ComponentModel;

namespace SoftDiff;

/// <summary>Memory rented from <see cref="Scratch"/>. Do not copy this struct: each rental must be returned once.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Rented<T>
{
    /// <summary>The rented elements, exactly as many as requested. Do not use them after <see cref="Dispose"/>.</summary>
    public readonly Span<T> Span;

    private readonly int _start;
    private T[]? _array;
    private Arena<T>? _arena;

    internal Rented(T[] array, int length)
    {
        _array = array;
        Span = array.AsSpan(0, length);
    }

    internal Rented(Arena<T> arena, int start, int length)
    {
        _arena = arena;
        _start = start;
        Span = arena.Elements(start, length);
    }

    /// <summary>Gives the memory back and clears it if it may refer to objects. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_arena is { } arena)
        {
            _arena = null;
            arena.Release(_start, Span.Length);
            return;
        }

        if (_array is not { } array) return;
        _array = null;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) Span.Clear();
        ArrayPool<T>.Shared.Return(array);
    }
}
