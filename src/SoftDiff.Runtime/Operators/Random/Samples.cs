using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Rows one after the other as a tensor of two axes.</summary>
internal static class Samples
{
    /// <summary>Samples of n numbers each; empty for an empty span and where there are no categories, which is found out later.</summary>
    public static TensorSpan<T> Of<T>(Span<T> samples, int n, [CallerArgumentExpression(nameof(samples))] string parameter = "")
    {
        if (samples.IsEmpty || n == 0) return default;
        return new TensorSpan<T>(samples, [Count(samples.Length, n, parameter), n]);
    }

    /// <inheritdoc cref="Of{T}(Span{T}, int, string)"/>
    public static ReadOnlyTensorSpan<T> Of<T>(
        ReadOnlySpan<T> samples, int n, [CallerArgumentExpression(nameof(samples))] string parameter = "")
    {
        if (samples.IsEmpty || n == 0) return default;
        return new ReadOnlyTensorSpan<T>(samples, [Count(samples.Length, n, parameter), n]);
    }

    /// <summary>One row, of at least one number.</summary>
    public static ReadOnlyTensorSpan<T> Row<T>(ReadOnlySpan<T> row, [CallerArgumentExpression(nameof(row))] string parameter = "")
    {
        SoftArguments.NotEmpty(row.Length, parameter);
        return new ReadOnlyTensorSpan<T>(row);
    }

    /// <summary>One row that is written.</summary>
    public static TensorSpan<T> Row<T>(Span<T> row) => new(row);

    /// <summary>Noise for samples, or one row of it where they are drawn without replacement.</summary>
    public static ReadOnlyTensorSpan<T> Noise<T>(
        ReadOnlySpan<T> samples, int n, bool replace, [CallerArgumentExpression(nameof(samples))] string parameter = "") =>
        replace ? Of(samples, n, parameter) : new ReadOnlyTensorSpan<T>(samples);

    private static int Count(int length, int n, string parameter)
    {
        if (length % n != 0) ThrowLength(length, n, parameter);
        return length / n;
    }

    [DoesNotReturn]
    private static void ThrowLength(int length, int n, string parameter) => throw new ArgumentException(
        FormattableString.Invariant($"'{parameter}' has length {length}; it must be a multiple of {n}, the length of a row."), parameter);
}
