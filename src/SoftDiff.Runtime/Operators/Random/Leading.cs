namespace SoftDiff;

/// <summary>An operator whose positions are a new first axis instead of standing in the place of the row.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TRow">The operator.</typeparam>
internal readonly struct Leading<T, TRow>(TRow row) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRow : struct, IRowOperator<T>
{
    public RowShape Shape(int length) => row.Shape(length) with { Reduces = true, Leads = true };

    public void Value(ReadOnlySpan<T> x, Span<T> y) => row.Value(x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => row.Vjp(x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) => row.Jvp(x, tX, tSoftness, y, tY);
}
