namespace SoftDiff;

/// <summary>
/// An operator on one row: the elements along the axis, or all elements. A value of it holds the options (softness, mode, method, …), and rows do
/// not influence each other. <see cref="float"/> and <see cref="double"/> share the code.
/// </summary>
/// <remarks>
/// The caller has checked the arguments: lengths fit, no row is empty, <c>y</c>, <c>dX</c> and <c>tY</c> share no memory with the inputs. Every
/// span is written whole. A NaN in <c>x</c> makes all that is written for the row NaN.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The shape of what a row of <paramref name="length"/> elements becomes.</summary>
    RowShape Shape(int length);

    /// <summary>The value.</summary>
    void Value(ReadOnlySpan<T> x, Span<T> y);

    /// <summary>
    /// The value and, for the cotangent <paramref name="cY"/> of <paramref name="y"/>, the cotangent of x.
    /// </summary>
    /// <param name="x">The row.</param>
    /// <param name="y">Receives the value; empty if the value is not wanted.</param>
    /// <param name="cY">The cotangent of the value.</param>
    /// <param name="dX">Receives the cotangent of x.</param>
    /// <returns>The cotangent of the softness: Σ cY ∂y/∂s.</returns>
    T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX);

    /// <summary>The value and, for the tangents of x and of the softness, the tangent of the value.</summary>
    void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY);
}

/// <summary>
/// The shape of the result for one row: <paramref name="Positions"/> positions along the axis, each of <paramref name="Entries"/> numbers.
/// The positions replace the row along its axis. With <paramref name="HasIndexAxis"/> the entries form a further, last axis (a soft index);
/// otherwise <paramref name="Entries"/> is 1.
/// </summary>
/// <param name="Positions">How many positions: n for a sort, k for the top k, 1 for a reduction.</param>
/// <param name="Entries">How many numbers for each: n for a soft index, 1 for a value.</param>
/// <param name="Reduces">Whether the axis is dropped from the shape of the result unless it is kept on request.</param>
/// <param name="HasIndexAxis">Whether the entries are an axis of the result.</param>
/// <param name="Leads">Whether the positions are a new first axis instead of standing in the place of the row; it then reduces.</param>
internal readonly record struct RowShape(int Positions, int Entries, bool Reduces, bool HasIndexAxis, bool Leads = false)
{
    public int Length => checked(Positions * Entries);
}
