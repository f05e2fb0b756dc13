using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>
/// The elements of an array of arrays, one row after the other, for generated methods. They are a copy, which <see cref="Dispose"/> writes
/// back unless they are only read. Do not copy this struct, and use only one per array.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Rows<T>
{
    /// <summary>The elements. Do not use them after <see cref="Dispose"/>.</summary>
    public readonly Span<T> Elements;

    /// <summary>Where each row starts among the elements, and after the last one the number of elements.</summary>
    public readonly ReadOnlySpan<int> Starts;

    private readonly T[][]? _rows;
    private readonly ReadOnlySpan<Array> _parts;
    private Rented<T> _elements;
    private Rented<int> _starts;
    private bool _writesBack;

    /// <summary>The elements of an array of arrays.</summary>
    /// <param name="rows">The array.</param>
    /// <param name="parameter">The name of its parameter.</param>
    /// <param name="isOnlyRead">Whether the elements are only read.</param>
    /// <exception cref="ArgumentNullException">There is no array, or a row of it is null; the message names the row.</exception>
    /// <exception cref="ArgumentException">
    /// The elements are written, and two rows are one array; or there are more elements than a span can hold.
    /// </exception>
    public Rows(T[][] rows, string parameter, bool isOnlyRead)
    {
        // What is rented before an exception is never given back, so everything is checked first.
        ArgumentNullException.ThrowIfNull(rows, parameter);
        var count = 0L;
        for (var i = 0; i < rows.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(rows[i], RowSet.Name(rows, i, parameter));
            count += rows[i].Length;
            if (count > Array.MaxLength) ThrowTooLong(parameter);
        }

        if (!isOnlyRead) RowSet.RequireDistinct(rows, parameter);
        _starts = Scratch.Rent<int>(rows.Length + 1);
        _elements = Scratch.Rent<T>((int)count);
        var starts = _starts.Span;
        var at = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            starts[i] = at;
            rows[i].CopyTo(_elements.Span.Slice(at));
            at += rows[i].Length;
        }

        starts[rows.Length] = at;
        Elements = _elements.Span;
        Starts = starts;
        (_rows, _writesBack) = (rows, !isOnlyRead);
    }

    /// <summary>The elements of the arrays that the objects in a list hold.</summary>
    /// <param name="parts">The arrays, of any rank.</param>
    /// <param name="path">Their path.</param>
    /// <param name="isOnlyRead">Whether the elements are only read.</param>
    /// <exception cref="ArgumentException">There are more elements than a span can hold.</exception>
    public Rows(ReadOnlySpan<Array> parts, string path, bool isOnlyRead)
    {
        var count = 0L;
        foreach (var part in parts)
        {
            count += part.Length;
            if (count > Array.MaxLength) ThrowTooLong(path);
        }

        _starts = Scratch.Rent<int>(parts.Length + 1);
        _elements = Scratch.Rent<T>((int)count);
        var starts = _starts.Span;
        var at = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            starts[i] = at;
            Nodes.Elements<T>(parts[i]).CopyTo(_elements.Span.Slice(at));
            at += parts[i].Length;
        }

        starts[parts.Length] = at;
        Elements = _elements.Span;
        Starts = starts;
        _parts = parts;
        _writesBack = !isOnlyRead;
    }

    /// <summary>Writes the copy back and returns its memory to the pool. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_writesBack)
        {
            _writesBack = false;
            for (var i = 0; _rows is not null && i < _rows.Length; i++) Elements.Slice(Starts[i], _rows[i].Length).CopyTo(_rows[i]);
            for (var i = 0; i < _parts.Length; i++) Elements[Starts[i]..Starts[i + 1]].CopyTo(Nodes.Elements<T>(_parts[i]));
        }

        _elements.Dispose();
        _starts.Dispose();
    }

    [DoesNotReturn]
    private static void ThrowTooLong(string parameter) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture, $"The rows of '{parameter}' have more than {Array.MaxLength} elements together."),
        parameter);
}
