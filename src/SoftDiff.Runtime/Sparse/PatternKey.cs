using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>
/// The arguments that the pattern of a sparse Jacobian follows from. As long as they are those of the last call, nothing is copied.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct PatternKey
{
    private readonly PatternCache.Entry _last;
    private byte[]? _own;
    private int _length;

    internal PatternKey(PatternCache.Entry last) => _last = last;

    /// <summary>The pattern of the last call if its arguments were these.</summary>
    internal readonly SparsePattern? Known => _own is null && _length == _last.Key.Length ? _last.Pattern : null;

    /// <summary>Adds a number, a bool or the length of an array.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void Add<T>(T value)
        where T : unmanaged => Append(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref value, 1)));

    /// <summary>Adds the length and the elements of an array.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="values">The array.</param>
    public void AddAll<T>(scoped ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Add(values.Length);
        Append(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Adds the lengths and the elements of a tensor.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="values">The tensor.</param>
    public void AddTensor<T>(scoped in ReadOnlyTensorSpan<T> values)
        where T : unmanaged
    {
        AddAll(values.Lengths);
        using ReadOnlyElements<T> elements = new(values, nameof(values));
        Append(MemoryMarshal.AsBytes(elements.Span));
    }

    internal readonly byte[] ToArray() => (_own ?? _last.Key).AsSpan(0, _length).ToArray();

    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        if (_own is null)
        {
            if (_last.Key.AsSpan(_length).StartsWith(bytes))
            {
                _length += bytes.Length;
                return;
            }

            _own = _last.Key[.._length];
        }

        var needed = checked(_length + bytes.Length);
        if (needed > _own.Length) Array.Resize(ref _own, (int)Math.Min(Array.MaxLength, 2L * needed));
        bytes.CopyTo(_own.AsSpan(_length));
        _length = needed;
    }
}
