using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>Checks on the number of trials that are added up, and on noise with an axis of them.</summary>
internal static class Trials
{
    public static void Check(int trials)
    {
        if (trials < 1) ThrowTrials(trials);
    }

    /// <summary>Whether noise has the shape of p and an axis of trials before.</summary>
    public static bool Fit(
        ReadOnlySpan<nint> noise, ReadOnlySpan<nint> p) => noise.Length == p.Length + 1 && noise[0] > 0 && noise[1..].SequenceEqual(p);

    [DoesNotReturn]
    public static void ThrowNoise(ReadOnlySpan<nint> noise, ReadOnlySpan<nint> p, string parameter) => throw new ArgumentException(
        $"'{parameter}' has shape {AxisShape.Text(noise)}; it must have an axis of trials and then the shape of 'p', {AxisShape.Text(p)}.",
        parameter);

    [DoesNotReturn]
    private static void ThrowTrials(int trials) => throw new ArgumentOutOfRangeException(
        nameof(trials), trials, string.Create(CultureInfo.InvariantCulture, $"'trials' is {trials}; it must be at least 1."));
}
