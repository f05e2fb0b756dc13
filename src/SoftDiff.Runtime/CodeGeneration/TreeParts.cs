using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

/// <summary>
/// Collects the objects and arrays of parameter trees with lists, for generated methods, and finds those that occur twice. It allocates nothing: what it
/// collects stands in rented memory. Do not copy this struct.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TreeParts
{
    private Rented<(object Part, string Path, int Position)> _parts;
    private int _count;

    /// <summary>Starts a collection.</summary>
    /// <param name="capacity">How many parts there are.</param>
    public TreeParts(int capacity)
    {
        _parts = Scratch.Rent<(object, string, int)>(capacity);
        _count = 0;
    }

    /// <summary>Adds an object or an array.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="part">The object.</param>
    public void Add(string path, object part) => _parts.Span[_count++] = (part, path, -1);

    /// <summary>Adds the objects in a list, or what they hold.</summary>
    /// <typeparam name="T">The class of the objects.</typeparam>
    /// <param name="path">Their path, with <c>[]</c> for the position.</param>
    /// <param name="parts">The objects.</param>
    public void AddAll<T>(string path, ReadOnlySpan<T> parts)
        where T : class
    {
        for (var i = 0; i < parts.Length; i++) _parts.Span[_count++] = (parts[i], path, i);
    }

    /// <summary>Requires that no part occurs twice. Empty arrays may.</summary>
    /// <exception cref="ArgumentException">Two parts are one object; the message names both paths.</exception>
    public readonly void RequireSeparate()
    {
        using var table = Scratch.RentCleared<int>((2L * _count) + 1);
        for (var i = 0; i < _count; i++)
        {
            var part = _parts.Span[i].Part;
            if (part is Array { Length: 0 }) continue;
            var place = (int)((uint)RuntimeHelpers.GetHashCode(part) % (uint)table.Span.Length);
            while (table.Span[place] > 0)
            {
                if (ReferenceEquals(_parts.Span[table.Span[place] - 1].Part, part)) ThrowOneObject(NameOf(table.Span[place] - 1), NameOf(i));
                place = place + 1 == table.Span.Length ? 0 : place + 1;
            }

            table.Span[place] = i + 1;
        }
    }

    /// <summary>Returns the memory to the pool. A second call does nothing.</summary>
    public void Dispose() => _parts.Dispose();

    private readonly string NameOf(int part)
    {
        var (_, path, position) = _parts.Span[part];
        return position < 0 ? path : Nodes.Name(path, position);
    }

    [DoesNotReturn]
    private static void ThrowOneObject(string first, string second) =>
        throw new ArgumentException($"'{first}' and '{second}' are one object; every part needs an object of its own.", second);
}
