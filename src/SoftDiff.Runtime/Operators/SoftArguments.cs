using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>Checks on the arguments of the operators.</summary>
internal static class SoftArguments
{
    /// <summary>Requires spans of one length that have all their memory in common or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> destination)
    {
        NotEmpty(x.Length, nameof(x));
        Shape.SameLength(destination.Length, x.Length, nameof(destination), nameof(x));
        if (x.Overlaps(destination, out var offset) && offset != 0) ThrowPartialOverlap();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NotEmpty(int length, string parameter)
    {
        if (length == 0) ThrowEmpty(parameter);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Target(int target, int classes)
    {
        if ((uint)target >= (uint)classes) ThrowTarget(target, classes);
    }

    [DoesNotReturn]
    private static void ThrowEmpty(string parameter) => throw new ArgumentException($"'{parameter}' is empty; it must have at least one element.", parameter);

    [DoesNotReturn]
    private static void ThrowPartialOverlap() =>
        throw new ArgumentException("'destination' overlaps 'x' in part; it must start where 'x' does or share no memory with it.", "destination");

    [DoesNotReturn]
    private static void ThrowTarget(int target, int classes) => throw new ArgumentOutOfRangeException(
        nameof(target), target, string.Create(CultureInfo.InvariantCulture, $"'target' must be at least 0 and less than {classes}, the length of 'logits'."));
}
