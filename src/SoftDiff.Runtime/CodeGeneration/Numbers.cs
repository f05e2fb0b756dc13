using System.ComponentModel;

namespace SoftDiff;

/// <summary>The place of a number in an object.</summary>
/// <typeparam name="TNode">The class of the object.</typeparam>
/// <typeparam name="T">The type of the number.</typeparam>
/// <param name="node">The object.</param>
/// <returns>The number.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ref T NumberPlace<TNode, T>(TNode node);

/// <summary>
/// A number of each object in a list, for generated methods. They are a copy, which <see cref="Dispose"/> writes back unless they are only read. Do not
/// copy this struct.
/// </summary>
/// <typeparam name="TNode">The class of the objects.</typeparam>
/// <typeparam name="T">The type of the numbers.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Numbers<TNode, T>
{
    /// <summary>The numbers. Do not use them after <see cref="Dispose"/>.</summary>
    public readonly Span<T> Span;

    private readonly ReadOnlySpan<TNode> _nodes;
    private readonly NumberPlace<TNode, T> _place;
    private Rented<T> _numbers;
    private bool _writesBack;

    /// <summary>Reads the numbers.</summary>
    /// <param name="nodes">The objects.</param>
    /// <param name="place">Where an object holds its number.</param>
    /// <param name="isOnlyRead">Whether the numbers are only read.</param>
    public Numbers(ReadOnlySpan<TNode> nodes, NumberPlace<TNode, T> place, bool isOnlyRead)
    {
        _nodes = nodes;
        (_place, _writesBack) = (place, !isOnlyRead);
        _numbers = Scratch.Rent<T>(nodes.Length);
        Span = _numbers.Span;
        for (var i = 0; i < nodes.Length; i++) Span[i] = place(nodes[i]);
    }

    /// <summary>Writes the copy back and returns its memory to the pool. A second call does nothing.</summary>
    public void Dispose()
    {
        for (var i = 0; _writesBack && i < Span.Length; i++) _place(_nodes[i]) = Span[i];
        _writesBack = false;
        _numbers.Dispose();
    }
}
