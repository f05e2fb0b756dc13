namespace SoftDiff;

/// <summary>How an operator along an axis takes an input apart.</summary>
/// <param name="Axis">The axis, counted from the start; null for all elements.</param>
/// <param name="Row">The shape of the result for one row.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Options">The options.</param>
internal readonly record struct AxisLayout(int? Axis, RowShape Row, int Rows, AxisOptions Options)
{
    /// <summary>The rows of the input, and of what has its shape.</summary>
    public RowRole Input => new(Axis ?? 0, Flattens: Axis is null);

    /// <summary>The rows of the result, and of what has its shape.</summary>
    public RowRole Result => new(Row.Leads ? 0 : Row.Reduces ? RowRole.OnePosition : Axis ?? 0, Row.HasIndexAxis);
}

/// <summary>Selects the axes of a tensor that make its rows.</summary>
/// <param name="Axis">The axis of the positions, counted from the start; <see cref="OnePosition"/> for none.</param>
/// <param name="HasEntries">Whether the last axis is that of the entries.</param>
/// <param name="Flattens">Whether all elements are one row.</param>
internal readonly record struct RowRole(int Axis, bool HasEntries = false, bool Flattens = false)
{
    public const int OnePosition = -1;
}
