using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>The shapes of what operators along an axis take and give.</summary>
internal static class AxisShape
{
    /// <summary>The axis counted from the start. Throws if there is none of that number.</summary>
    public static int Resolve(int axis, int rank)
    {
        if (axis < -rank || axis >= rank) ThrowAxis(axis, rank);
        return axis < 0 ? axis + rank : axis;
    }

    /// <summary>
    /// The shape of the result for rows of a shape: positions lead, take the place of the axis or are dropped, entries come last. A
    /// result without axes has one of length 1, since a tensor span always has axes.
    /// </summary>
    /// <param name="lengths">The shape of the input.</param>
    /// <param name="axis">The axis, counted from the start; null for all elements.</param>
    /// <param name="row">The shape of the result for one row.</param>
    /// <param name="keepDims">Whether a dropped axis stays, with the length 1.</param>
    /// <param name="result">Memory for the result, at least two longer than the rank.</param>
    public static Span<nint> Result(scoped ReadOnlySpan<nint> lengths, int? axis, RowShape row, bool keepDims, Span<nint> result)
    {
        var rank = 0;
        if (row.Leads || (axis is null && !row.Reduces)) result[rank++] = row.Positions;
        for (var d = 0; d < lengths.Length; d++)
        {
            var isReduced = axis is null || axis == d;
            if (!isReduced) result[rank++] = lengths[d];
            else if (row.Reduces && keepDims) result[rank++] = 1;
            else if (!row.Reduces && axis is not null) result[rank++] = row.Positions;
        }

        if (row.HasIndexAxis) result[rank++] = row.Entries;
        if (rank == 0) result[rank++] = 1;
        return result[..rank];
    }

    /// <summary>Requires a shape.</summary>
    public static void Same(
        ReadOnlySpan<nint> actual, ReadOnlySpan<nint> expected, string parameter, string like, ReadOnlySpan<nint> likeShape)
    {
        if (!actual.SequenceEqual(expected)) ThrowShape(actual, expected, parameter, like, likeShape);
    }

    [DoesNotReturn]
    public static void ThrowEmpty(ReadOnlySpan<nint> lengths, int? axis, string parameter) => throw new ArgumentException(
        $"'{parameter}' of shape {Text(lengths)} has no element "
        + (axis is { } a ? FormattableString.Invariant($"along the axis {a}") : "at all") + "; it must have at least one.", parameter);

    /// <summary>As in [2, 3].</summary>
    public static string Text(ReadOnlySpan<nint> shape) =>
        "[" + string.Join(", ", shape.ToArray().Select(length => length.ToString(CultureInfo.InvariantCulture))) + "]";

    [DoesNotReturn]
    private static void ThrowAxis(int axis, int rank) => throw new ArgumentOutOfRangeException(
        nameof(axis), axis, FormattableString.Invariant($"'axis' is {axis}; an array of {rank} axes has those from {-rank} to {rank - 1}."));

    [DoesNotReturn]
    public static void ThrowRank(ReadOnlySpan<nint> actual, ReadOnlySpan<nint> likeShape, string parameter, string like) =>
        throw new ArgumentException(
            $"'{parameter}' has shape {Text(actual)}; it must have as many axes as '{like}' of shape {Text(likeShape)}.", parameter);

    [DoesNotReturn]
    private static void ThrowShape(
        ReadOnlySpan<nint> actual, ReadOnlySpan<nint> expected, string parameter, string like, ReadOnlySpan<nint> likeShape) =>
        throw new ArgumentException(
            $"'{parameter}' has shape {Text(actual)}; it must have shape {Text(expected)}, for '{like}' of shape {Text(likeShape)}.",
            parameter);
}
