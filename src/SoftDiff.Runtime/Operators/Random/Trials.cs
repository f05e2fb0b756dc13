using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Checks on the number of trials that are added up, and on noise with an axis of them.</summary>
internal static class Trials
{
    private static void Check(int trials)
    {
        if (trials < 1) ThrowTrials(trials);
    }

    /// <summary>Whether noise has the shape of p and an axis of trials before.</summary>
    public static bool Fit(
        ReadOnlySpan<nint> noise, ReadOnlySpan<nint> p) => noise.Length == p.Length + 1 && noise[0] > 0 && noise[1..].SequenceEqual(p);

    /// <summary>The shape of noise for p: an axis of trials, then the shape of p. Written to the storage, which has one number more than p has axes.</summary>
    public static ReadOnlySpan<nint> NoiseLengths<T>(scoped in ReadOnlyTensorSpan<T> p, int trials, Span<nint> storage)
    {
        Check(trials);
        if (p.IsEmpty) AxisShape.ThrowEmpty(p.Lengths, null, nameof(p));
        storage[0] = trials;
        p.Lengths.CopyTo(storage[1..]);
        return storage;
    }

    [DoesNotReturn]
    public static void ThrowNoise(ReadOnlySpan<nint> noise, ReadOnlySpan<nint> p, string parameter) => throw new ArgumentException(
        $"'{parameter}' has shape {AxisShape.Text(noise)}; it must have an axis of trials and then the shape of 'p', {AxisShape.Text(p)}.",
        parameter);

    [DoesNotReturn]
    private static void ThrowTrials(int trials) => throw new ArgumentOutOfRangeException(
        nameof(trials), trials, string.Create(CultureInfo.InvariantCulture, $"'trials' is {trials}; it must be at least 1."));
}
