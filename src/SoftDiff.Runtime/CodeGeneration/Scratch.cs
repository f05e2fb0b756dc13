using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>
/// Rents working memory for generated methods, so that repeated calls allocate nothing: short spans from memory of the thread, others from the
/// shared array pool.
/// </summary>
/// <remarks>Thread-safe. The caller owns the memory until <see cref="Rented{T}.Dispose"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Scratch
{
    /// <summary>Rents a span of exactly <paramref name="length"/> elements whose contents are unspecified.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="length">The number of elements; 0 rents nothing.</param>
    /// <returns>The rented memory. Dispose it once.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static Rented<T> Rent<T>(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0) return default;
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>() && length <= Arena<T>.Longest)
        {
            var arena = Arena<T>.Mine;
            if (arena.Take(length) is >= 0 and var start) return new Rented<T>(arena, start, length);
        }

        return new Rented<T>(ArrayPool<T>.Shared.Rent(length), length);
    }

    /// <summary>Rents a span of exactly <paramref name="length"/> elements, all of them <c>default(T)</c>.</summary>
    /// <inheritdoc cref="Rent{T}(int)"/>
    public static Rented<T> RentCleared<T>(int length)
    {
        var rented = Rent<T>(length);
        Clear(rented.Span);
        return rented;
    }

    /// <summary>Rents a span whose length was computed in 64 bits, so that a product of lengths cannot wrap around unnoticed.</summary>
    /// <exception cref="OverflowException"><paramref name="length"/> is more than a span can hold.</exception>
    /// <inheritdoc cref="Rent{T}(int)"/>
    public static Rented<T> Rent<T>(long length) => Rent<T>(ToInt32(length));

    /// <summary>
    /// Rents a cleared span whose length was computed in 64 bits, so that a product of lengths cannot wrap around unnoticed.
    /// </summary>
    /// <exception cref="OverflowException"><paramref name="length"/> is more than a span can hold.</exception>
    /// <inheritdoc cref="Rent{T}(int)"/>
    public static Rented<T> RentCleared<T>(long length) => RentCleared<T>(ToInt32(length));

    private static int ToInt32(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > int.MaxValue) ThrowTooLong(length);
        return (int)length;
    }

    [DoesNotReturn]
    private static void ThrowTooLong(long length) => throw new OverflowException(string.Create(
        CultureInfo.InvariantCulture, $"The derivative needs {length} elements of working memory at once; a span holds at most {int.MaxValue}."));
}
