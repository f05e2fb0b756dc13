using System.ComponentModel;
using System.Numerics;

namespace SoftDiff;

/// <summary>One lane: iterations one by one, for those that fill no vector.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SingleLane<T> : ILane<SingleLane<T>, T>
    where T : unmanaged, INumberBase<T>
{
    private readonly T _number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SingleLane(T number) => _number = number;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator SingleLane<T>(T value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane<T> operator +(SingleLane<T> left, SingleLane<T> right) => new(left._number + right._number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane<T> operator -(SingleLane<T> left, SingleLane<T> right) => new(left._number - right._number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane<T> operator *(SingleLane<T> left, SingleLane<T> right) => new(left._number * right._number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane<T> operator /(SingleLane<T> left, SingleLane<T> right) => new(left._number / right._number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane<T> operator -(SingleLane<T> value) => new(-value._number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane<T> Load(ReadOnlySpan<T> source, int index) => new(source[index]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleLane<T> value, Span<T> destination, int index) => destination[index] = value._number;
}
