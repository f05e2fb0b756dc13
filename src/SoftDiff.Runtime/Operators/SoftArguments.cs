using System.Diagnostics.CodeAnalysis;
using System.Globalization;

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
        if (IsShifted(destination, x)) ThrowPartialOverlap(nameof(destination), "'x'");
    }

    /// <summary>Requires a gradient of the length of the input that starts where it does or shares no memory with it.</summary>
    public static void Gradient<T>(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> dX,
        [CallerArgumentExpression(nameof(x))] string input = "",
        [CallerArgumentExpression(nameof(dX))] string gradient = "")
    {
        Shape.SameLength(dX.Length, x.Length, gradient, input);
        if (IsShifted(dX, x)) ThrowPartialOverlap(gradient, $"'{input}'");
    }

    /// <summary>Requires of a reverse rule that the gradient starts where an input does or shares no memory with it.</summary>
    public static void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> destination, ReadOnlySpan<T> cDestination, ReadOnlySpan<T> dX)
    {
        Shape.SameLength(destination.Length, x.Length, nameof(destination), nameof(x));
        Shape.SameLength(cDestination.Length, x.Length, nameof(cDestination), nameof(x));
        Shape.SameLength(dX.Length, x.Length, nameof(dX), nameof(x));
        if (IsShifted(dX, x) || IsShifted(dX, destination) || IsShifted(dX, cDestination)) ThrowPartialOverlap(nameof(dX), "an input");
    }

    /// <summary>
    /// Checks the outputs of a forward rule. The value starts at x's first element or shares no memory with the inputs; the tangent does
    /// the same with x's tangent. The two share no memory with each other.
    /// </summary>
    public static void Tangent<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> destination, ReadOnlySpan<T> tX, ReadOnlySpan<T> tDestination)
    {
        Map(x, destination);
        Shape.SameLength(tX.Length, x.Length, nameof(tX), nameof(x));
        Shape.SameLength(tDestination.Length, x.Length, nameof(tDestination), nameof(x));
        if (IsShifted(tDestination, tX)) ThrowPartialOverlap(nameof(tDestination), "'tX'");
        Shape.Disjoint(tDestination, nameof(tDestination), destination, nameof(destination));
        Shape.Disjoint(tDestination, nameof(tDestination), x, nameof(x));
        Shape.Disjoint(destination, nameof(destination), tX, nameof(tX));
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

    /// <summary>Requires a mode that there is, where the value does not depend on it.</summary>
    public static void Exists(SoftMode mode)
    {
        if (!Enum.IsDefined(mode)) ThrowMode(mode);
    }

    private static bool IsShifted<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> input) =>
        output.Overlaps(input, out var offset) && offset != 0;

    [DoesNotReturn]
    private static void ThrowMode(SoftMode mode) => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode.");

    [DoesNotReturn]
    private static void ThrowEmpty(string parameter) => throw new ArgumentException($"'{parameter}' is empty; it must have at least one element.", parameter);

    [DoesNotReturn]
    private static void ThrowPartialOverlap(string output, string input) =>
        throw new ArgumentException($"'{output}' overlaps {input} in part; it must start where that does or share no memory with it.", output);

    [DoesNotReturn]
    private static void ThrowTarget(int target, int classes) => throw new ArgumentOutOfRangeException(
        nameof(target), target, string.Create(CultureInfo.InvariantCulture, $"'target' must be at least 0 and less than {classes}, the length of 'logits'."));
}
