using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <content>
/// Clears and copies for generated code. The JIT clears and copies memory by wide vector instructions and does not always reset the upper halves of
/// their registers. Until something resets them, each call of a function like <see cref="Math.Exp(double)"/> is up to 100 times slower
/// (dotnet/runtime#82132). A method with 256-bit instructions of its own resets them at its end, and each method here has some.
/// </content>
public static partial class Scratch
{
    /// <summary>Takes memory on the stack for working memory of a method.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="memory">The memory.</param>
    /// <returns>The same memory, with what it holds.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Span<T> OnStack<T>(Span<T> memory)
    {
        ResetVectors(memory.Length);
        return memory;
    }

    /// <summary>Takes memory on the stack and sets its elements to <c>default(T)</c>, also where locals are not initialized.</summary>
    /// <inheritdoc cref="OnStack{T}(Span{T})"/>
    /// <returns>The same memory, cleared.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Span<T> ClearedOnStack<T>(Span<T> memory)
    {
        Clear(memory);
        return memory;
    }

    /// <summary>Sets all elements to <c>default(T)</c>.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="span">The elements.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Clear<T>(Span<T> span)
    {
        span.Clear();
        ResetVectors(span.Length);
    }

    /// <inheritdoc cref="Clear{T}(Span{T})"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Clear<T>(TensorSpan<T> span)
    {
        span.Clear();
        ResetVectors(span.Rank);
    }

    /// <summary>Copies the elements, also between parts of one array that overlap.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="source">What is copied.</param>
    /// <param name="destination">Where the copy goes; at least as long.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <paramref name="source"/>.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        source.CopyTo(destination);
        ResetVectors(source.Length);
    }

    /// <inheritdoc cref="Copy{T}(ReadOnlySpan{T}, Span{T})"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy<T>(ReadOnlyTensorSpan<T> source, TensorSpan<T> destination)
    {
        source.CopyTo(destination);
        ResetVectors(source.Rank);
    }

    // No size is negative, so the branch is never taken. It only keeps 256-bit instructions in the method, which is why the size must not be a constant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ResetVectors(int size)
    {
        if (Vector256.IsHardwareAccelerated && Vector256.EqualsAny(Vector256.Create(size), Vector256.Create(-1))) ThrowTooLong(size);
    }
}
