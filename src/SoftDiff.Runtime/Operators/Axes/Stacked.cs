using System.Buffers;

namespace SoftDiff;

/// <summary>Several reductions of the same row; their results are positions of a new first axis.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TRow">The reduction.</typeparam>
internal readonly struct Stacked<T, TRow>(TRow[] rows, int count) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRow : struct, IRowOperator<T>
{
    public RowShape Shape(int length)
    {
        var row = rows[0].Shape(length);
        return row with { Positions = count, Leads = true };
    }

    public void Value(ReadOnlySpan<T> x, Span<T> y)
    {
        var entries = y.Length / count;
        for (var i = 0; i < count; i++) rows[i].Value(x, y.Slice(i * entries, entries));
    }

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
    {
        using var part = Scratch.Rent<T>(dX.Length);
        var entries = cY.Length / count;
        var dSoftness = T.Zero;
        dX.Clear();
        for (var i = 0; i < count; i++)
        {
            dSoftness += rows[i].Vjp(x, y.IsEmpty ? y : y.Slice(i * entries, entries), cY.Slice(i * entries, entries), part.Span);
            Lanewise.Map(dX, part.Span, dX, default(Plus<T>));
        }

        return dSoftness;
    }

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
    {
        var entries = y.Length / count;
        for (var i = 0; i < count; i++) rows[i].Jvp(x, tX, tSoftness, y.Slice(i * entries, entries), tY.Slice(i * entries, entries));
    }
}

/// <summary>Rented room for the reductions that are stacked.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TRow">The reduction.</typeparam>
internal readonly ref struct RowStack<T, TRow>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRow : struct, IRowOperator<T>
{
    private readonly TRow[] _rows;
    private readonly int _count;

    /// <summary>Throws if there are none. <paramref name="parameter"/> is what errors call them.</summary>
    public RowStack(int count, string parameter)
    {
        SoftArguments.NotEmpty(count, parameter);
        _rows = ArrayPool<TRow>.Shared.Rent(count);
        _count = count;
    }

    public Span<TRow> Rows => _rows.AsSpan(0, _count);

    public Stacked<T, TRow> Operator => new(_rows, _count);

    public void Dispose() => ArrayPool<TRow>.Shared.Return(_rows);
}
