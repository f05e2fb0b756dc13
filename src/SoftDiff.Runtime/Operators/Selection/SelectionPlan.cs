using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// How a selection takes apart its elements, its soft indices and its result, which have corresponding rows. Elements and indices may
/// have one row (along an axis of length 1) for many of the other.
/// </summary>
internal readonly ref struct SelectionPlan(
    RowRole elements, RowRole indices, RowRole result, ReadOnlySpan<nint> rows, ReadOnlySpan<nint> shape, SelectionNames names)
{
    public RowRole Elements { get; } = elements;

    public RowRole Indices { get; } = indices;

    public RowRole Result { get; } = result;

    /// <summary>The lengths of the axes of which each place has a row.</summary>
    public ReadOnlySpan<nint> Rows { get; } = rows;

    /// <summary>The shape of the result.</summary>
    public ReadOnlySpan<nint> Shape { get; } = shape;

    /// <summary>The names of elements and indices in error messages.</summary>
    public SelectionNames Names { get; } = names;

    public int RowCount
    {
        get
        {
            var count = 1;
            foreach (var length in Rows) count = checked(count * (int)length);
            return count;
        }
    }

    /// <summary>How much memory a plan needs.</summary>
    public static int Storage(int rank) => 2 * (rank + 1);

    /// <summary>
    /// x (…, n, …) at indices (…, k, …, n): k positions along the axis, the other axes in common. Without axis as <see cref="Take"/>.
    /// </summary>
    public static SelectionPlan TakeAlongAxis<T>(
        scoped in ReadOnlyTensorSpan<T> x, scoped in ReadOnlyTensorSpan<T> p, int? axis, Span<nint> storage)
    {
        if (axis is not { } given) return Take(x, p, axis, storage);
        var names = SelectionNames.OfElements;
        var along = AxisShape.Resolve(given, x.Rank);
        RequireIndices(p.Lengths, x.Rank + 1, x.Lengths[along], names, x.Lengths);
        var rows = Broadcast(x.Lengths, along, p.Lengths, along, storage[..(x.Rank - 1)], names);
        return new SelectionPlan(
            new RowRole(along), new RowRole(along, HasEntries: true), new RowRole(along), rows,
            Insert(rows, along, p.Lengths[along], storage), names);
    }

    /// <summary>x (…, n, …) at indices (k, n), the same for all rows. Without axis, all elements in row-major order are one row.</summary>
    public static SelectionPlan Take<T>(scoped in ReadOnlyTensorSpan<T> x, scoped in ReadOnlyTensorSpan<T> p, int? axis, Span<nint> storage)
    {
        var names = SelectionNames.OfElements;
        if (axis is not { } given)
        {
            RequireIndices(p.Lengths, 2, x.FlattenedLength, names, x.Lengths);
            storage[0] = p.Lengths[0];
            return new SelectionPlan(new RowRole(0, Flattens: true), new RowRole(0, HasEntries: true), new RowRole(0), default,
                storage[..1], names);
        }

        var along = AxisShape.Resolve(given, x.Rank);
        RequireIndices(p.Lengths, 2, x.Lengths[along], names, x.Lengths);
        var rows = Without(x.Lengths, along, storage);
        return new SelectionPlan(
            new RowRole(along), new RowRole(0, HasEntries: true), new RowRole(along), rows, Insert(rows, along, p.Lengths[0], storage),
            names);
    }

    /// <summary>choices (n, …) at indices (…, n).</summary>
    public static SelectionPlan Choose<T>(scoped in ReadOnlyTensorSpan<T> p, scoped in ReadOnlyTensorSpan<T> choices, Span<nint> storage)
    {
        var (names, rank) = (SelectionNames.OfChoices, choices.Rank);
        RequireIndices(p.Lengths, rank, rank == 0 ? 0 : choices.Lengths[0], names, choices.Lengths);
        var rows = Broadcast(choices.Lengths, 0, p.Lengths, rank - 1, storage[..(rank - 1)], names);
        return new SelectionPlan(
            new RowRole(0), new RowRole(RowRole.OnePosition, HasEntries: true), new RowRole(RowRole.OnePosition), rows,
            OrOne(rows, storage), names);
    }

    /// <summary>x (…, n, …) at one index (n), the same for all rows.</summary>
    public static SelectionPlan Index<T>(scoped in ReadOnlyTensorSpan<T> x, int indexLength, int axis, bool keepDims, Span<nint> storage)
    {
        var (names, along) = (SelectionNames.OfElements, AxisShape.Resolve(axis, x.Rank));
        RequireIndices([indexLength], 1, x.Lengths[along], names, x.Lengths);
        var rows = Without(x.Lengths, along, storage);
        return new SelectionPlan(
            new RowRole(along), new RowRole(RowRole.OnePosition, HasEntries: true), new RowRole(RowRole.OnePosition), rows,
            keepDims ? Insert(rows, along, 1, storage) : OrOne(rows, storage), names);
    }

    /// <summary>x (…, n, …) from one index (n) on, the same for all rows: as many elements as the result is long, at most n.</summary>
    public static SelectionPlan Slice<T>(
        scoped in ReadOnlyTensorSpan<T> x, int indexLength, int axis, scoped ReadOnlySpan<nint> result, Span<nint> storage)
    {
        var (names, along) = (SelectionNames.OfStart, AxisShape.Resolve(axis, x.Rank));
        var length = x.Lengths[along];
        RequireIndices([indexLength], 1, length, names, x.Lengths);
        var rows = Without(x.Lengths, along, storage);
        var size = result.Length == x.Rank ? nint.Min(result[along], length) : length;
        return new SelectionPlan(
            new RowRole(along), new RowRole(RowRole.OnePosition, HasEntries: true), new RowRole(along), rows,
            Insert(rows, along, size, storage), names);
    }

    private static Span<nint> Without(scoped ReadOnlySpan<nint> lengths, int axis, Span<nint> storage)
    {
        lengths[..axis].CopyTo(storage);
        lengths[(axis + 1)..].CopyTo(storage[axis..]);
        return storage[..(lengths.Length - 1)];
    }

    // Behind the rows, which stand at the start of the storage.
    private static Span<nint> Insert(scoped ReadOnlySpan<nint> rows, int axis, nint length, Span<nint> storage)
    {
        var shape = storage.Slice(rows.Length, rows.Length + 1);
        rows[..axis].CopyTo(shape);
        shape[axis] = length;
        rows[axis..].CopyTo(shape[(axis + 1)..]);
        return shape;
    }

    // A tensor span always has axes.
    private static Span<nint> OrOne(scoped ReadOnlySpan<nint> rows, Span<nint> storage)
    {
        if (!rows.IsEmpty) return storage[..rows.Length];
        storage[0] = 1;
        return storage[..1];
    }

    /// <summary>The common lengths of the axes of elements and indices, each without one; a length of 1 fits any.</summary>
    private static Span<nint> Broadcast(
        scoped ReadOnlySpan<nint> x, int axisOfX, scoped ReadOnlySpan<nint> p, int axisOfP, Span<nint> rows, SelectionNames names)
    {
        for (var d = 0; d < rows.Length; d++)
        {
            var (ofX, ofP) = (x[d < axisOfX ? d : d + 1], p[d < axisOfP ? d : d + 1]);
            if (ofX != ofP && ofX != 1 && ofP != 1) ThrowUnlike(p, names.Index, x, names.Elements);
            rows[d] = ofX == 1 ? ofP : ofX;
        }

        return rows;
    }

    private static void RequireIndices(
        scoped ReadOnlySpan<nint> p, int rank, nint length, SelectionNames names, scoped ReadOnlySpan<nint> x)
    {
        if (length == 0) AxisShape.ThrowEmpty(x, null, names.Elements);
        if (p.Length != rank) ThrowRank(p, rank, names.Index, x, names.Elements);
        if (p[^1] != length) ThrowLength(p, length, names.Index, x, names.Elements);
    }

    [DoesNotReturn]
    private static void ThrowRank(ReadOnlySpan<nint> shape, int rank, string parameter, ReadOnlySpan<nint> like, string likeName) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameter}' has shape {AxisShape.Text(shape)}; it must have {rank} axes, ")
            + $"for '{likeName}' of shape {AxisShape.Text(like)}.", parameter);

    [DoesNotReturn]
    private static void ThrowLength(ReadOnlySpan<nint> shape, nint length, string parameter, ReadOnlySpan<nint> like, string likeName) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameter}' has shape {AxisShape.Text(shape)}; its last axis must have length {length}, ")
            + $"for '{likeName}' of shape {AxisShape.Text(like)}.", parameter);

    [DoesNotReturn]
    private static void ThrowUnlike(ReadOnlySpan<nint> shape, string parameter, ReadOnlySpan<nint> like, string likeName) =>
        throw new ArgumentException(
            $"'{parameter}' has shape {AxisShape.Text(shape)}, which does not fit '{likeName}' of shape {AxisShape.Text(like)}.", parameter);
}

/// <summary>The names of a selection's inputs and derivatives in error messages.</summary>
internal readonly record struct SelectionNames(
    string Elements, string DElements, string TElements, string Index, string DIndex, string TIndex)
{
    public static SelectionNames OfElements { get; } = new("x", "dX", "tX", "softIndex", "dSoftIndex", "tSoftIndex");

    public static SelectionNames OfStart { get; } = new("x", "dX", "tX", "softStartIndex", "dSoftStartIndex", "tSoftStartIndex");

    public static SelectionNames OfChoices { get; } = new("choices", "dChoices", "tChoices", "softIndex", "dSoftIndex", "tSoftIndex");
}
