using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

/// <summary>
/// A growable stack of residuals, for loops whose number of iterations is known only at run time. <c>default(Tape)</c> is an empty tape,
/// ready for use. Pop in the reverse order of pushing: values with their type, and blocks with their type and length.
/// </summary>
/// <remarks>
/// <para>Values without references lie side by side, unpadded, in one array of bytes; values that are or contain references are boxed
/// into a second array. Both come from the shared pool, so a tape allocates nothing once the pool is warm, apart from the boxes.</para>
/// <para>A tape has one owner: pass it by <c>ref</c>, never copy it, and use it from one thread at a time.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Tape : IDisposable
{
    // Holds a few hundred scalars; growth doubles.
    private const int FirstBytes = 4096;
    private const int FirstObjects = 64;

    private byte[]? _bytes;
    private int _byteCount;
    private object?[]? _objects;
    private int _objectCount;

    /// <summary>Pushes a value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">The tape would hold more than an array can.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push<T>(T value)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            PushObject(value);
            return;
        }

        var bytes = _bytes;
        var count = _byteCount;
        if (bytes is null || bytes.Length - count < RawBytes.SizeOf<T>()) _bytes = bytes = Grow(bytes, count, RawBytes.SizeOf<T>());
        RawBytes.Write(bytes, count, value);
        _byteCount = count + RawBytes.SizeOf<T>();
    }

    /// <summary>Pops the value on top.</summary>
    /// <typeparam name="T">The type with which it was pushed.</typeparam>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The tape holds no such value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Pop<T>()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) return (T)PopObject()!;

        var bytes = _bytes;
        var count = _byteCount - RawBytes.SizeOf<T>();
        if (bytes is null || count < 0) ThrowEmpty();
        _byteCount = count;
        return RawBytes.Read<T>(bytes, count);
    }

    /// <summary>Pushes a copy of a block of values.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="values">The block; empty blocks take no room.</param>
    /// <exception cref="InvalidOperationException">The tape would hold more than an array can.</exception>
    public void PushSpan<T>(ReadOnlySpan<T> values)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            foreach (var value in values) PushObject(value);
            return;
        }

        var size = (long)values.Length * RawBytes.SizeOf<T>();
        var bytes = _bytes;
        if (bytes is null || bytes.Length - _byteCount < size) _bytes = bytes = Grow(bytes, _byteCount, size);
        RawBytes.Of(values).CopyTo(bytes.AsSpan(_byteCount));
        _byteCount += (int)size;
    }

    /// <summary>Pops the block on top.</summary>
    /// <typeparam name="T">The type with which it was pushed.</typeparam>
    /// <param name="destination">Receives the block. It must have the length that was pushed.</param>
    /// <exception cref="InvalidOperationException">The tape holds fewer values.</exception>
    public void PopSpan<T>(Span<T> destination)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            if (destination.Length > _objectCount) ThrowEmpty();
            for (var i = destination.Length - 1; i >= 0; i--) destination[i] = (T)PopObject()!;
            return;
        }

        var size = (long)destination.Length * RawBytes.SizeOf<T>();
        if (size > _byteCount) ThrowEmpty();
        _byteCount -= (int)size;
        _bytes.AsSpan(_byteCount, (int)size).CopyTo(RawBytes.Of(destination));
    }

    /// <summary>Returns the memory to the pool and drops all values. The tape is empty afterwards; a second call does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        var (bytes, objects, objectCount) = (_bytes, _objects, _objectCount);
        (_bytes, _byteCount, _objects, _objectCount) = (null, 0, null, 0);
        if (bytes is not null || objects is not null) Return(bytes, objects, objectCount);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Return(byte[]? bytes, object?[]? objects, int objectCount)
    {
        if (bytes is not null) ArrayPool<byte>.Shared.Return(bytes);
        if (objects is not null) Return(objects, objectCount);
    }

    private static void Return(object?[] objects, int count)
    {
        objects.AsSpan(0, count).Clear();
        ArrayPool<object?>.Shared.Return(objects);
    }

    // Static, so that the JIT can keep the fields of a local tape in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Grow(byte[]? bytes, int count, long more)
    {
        var grown = ArrayPool<byte>.Shared.Rent(Capacity(bytes?.Length ?? 0, count + more, FirstBytes));
        if (bytes is null) return grown;
        bytes.AsSpan(0, count).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(bytes);
        return grown;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PushObject(object? value)
    {
        if (_objects is null || _objectCount == _objects.Length) GrowObjects();
        _objects[_objectCount++] = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private object? PopObject()
    {
        if (_objects is null || _objectCount == 0) ThrowEmpty();
        ref var top = ref _objects[--_objectCount];
        var value = top;
        top = null;
        return value;
    }

    [MemberNotNull(nameof(_objects))]
    private void GrowObjects()
    {
        var grown = ArrayPool<object?>.Shared.Rent(Capacity(_objects?.Length ?? 0, _objectCount + 1L, FirstObjects));
        if (_objects is { } objects)
        {
            objects.AsSpan(0, _objectCount).CopyTo(grown);
            Return(objects, _objectCount);
        }

        _objects = grown;
    }

    private static int Capacity(long current, long needed, int first)
    {
        if (needed > Array.MaxLength) ThrowFull();
        return (int)Math.Min(Math.Max(Math.Max(2 * current, needed), first), Array.MaxLength);
    }

    [DoesNotReturn]
    private static void ThrowEmpty() => throw new InvalidOperationException("The tape holds fewer values than are popped from it.");

    [DoesNotReturn]
    private static void ThrowFull() => throw new InvalidOperationException(
        "The derivative keeps more residuals than one tape can hold (2 GB); shorten the loop or keep less with [Checkpoint].");
}
