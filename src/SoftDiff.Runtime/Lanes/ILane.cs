using System.ComponentModel;

namespace SoftDiff;

/// <summary>
/// Several numbers on which generated code computes at once: one for each of a group of independent iterations. A generated method is generic in
/// this type, and is called with the widest one that the processor has. Each lane is rounded as a single number is, so the results have the same bits.
/// </summary>
/// <typeparam name="TSelf">The lane type.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILane<TSelf, T>
    where TSelf : unmanaged, ILane<TSelf, T>
    where T : unmanaged
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The number in every lane.</summary>
    static abstract implicit operator TSelf(T value);

    /// <summary>The sum, lane by lane.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>The difference, lane by lane.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>The product, lane by lane.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The quotient, lane by lane.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Every lane with the other sign.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary>Consecutive elements, the first of which goes to the first lane.</summary>
    /// <exception cref="IndexOutOfRangeException">One of them is outside the span.</exception>
    static abstract TSelf Load(ReadOnlySpan<T> source, int index);

    /// <summary>Writes the lanes to consecutive elements.</summary>
    /// <exception cref="IndexOutOfRangeException">One of them is outside the span.</exception>
    static abstract void Store(TSelf value, Span<T> destination, int index);
}
