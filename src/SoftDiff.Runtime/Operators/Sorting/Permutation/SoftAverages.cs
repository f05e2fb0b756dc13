namespace SoftDiff;

/// <summary>
/// Averages weighted by the rows of a soft permutation, yᵢ = Σⱼ Pᵢⱼ vⱼ for the asked rows. Each row is made, used and forgotten, so the memory is
/// that of one row. With <c>constant</c> the permutation is not differentiated.
/// </summary>
internal static class SoftAverages
{
    public static void Value<TLogits>(ref TLogits logits, SimplexProjection projection, in RowRequest request, ReadOnlySpan<double> v, Span<double> y)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        var n = logits.Length;
        using var memory = Scratch.Rent<double>(n);
        for (var i = 0; i < y.Length; i++)
        {
            var row = SoftRow.Of(ref logits, projection, request.Position(i, n), all: false, memory.Span);
            y[i] = row.Average(row.Window.Of(v));
        }
    }

    /// <summary>Adds to <paramref name="cV"/> and to the cotangents of the logits' elements.</summary>
    public static void Vjp<TLogits>(
        ref TLogits logits, SimplexProjection projection, in RowRequest request, bool constant,
        ReadOnlySpan<double> v, Span<double> y, ReadOnlySpan<double> cY, Span<double> cV)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        var n = logits.Length;
        using var memory = Scratch.Rent<double>(2 * n);
        for (var i = 0; i < cY.Length; i++)
        {
            var row = SoftRow.Of(ref logits, projection, request.Position(i, n), all: false, memory.Span[..n]);
            var part = memory.Span.Slice(n, row.Window.Length);
            var values = row.Window.Of(v);
            var dot = row.Dot(values);
            if (!y.IsEmpty) y[i] = row.Average(values, dot);

            if (!constant)
            {
                row.Product(values, cY[i], part, dot);
                logits.Pullback(row.Position, row.Window, part);
            }

            row.AddEntries(cY[i], row.Window.Of(cV));
        }
    }

    public static void Jvp<TLogits>(
        ref TLogits logits, SimplexProjection projection, in RowRequest request,
        ReadOnlySpan<double> v, ReadOnlySpan<double> tV, Span<double> y, Span<double> tY)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        var n = logits.Length;
        using var memory = Scratch.Rent<double>(3 * n);
        for (var i = 0; i < y.Length; i++)
        {
            var row = SoftRow.Of(ref logits, projection, request.Position(i, n), all: false, memory.Span[..n]);
            var values = row.Window.Of(v);
            var dot = row.Dot(values);
            y[i] = row.Average(values, dot);
            tY[i] = row.Average(row.Window.Of(tV));
            var tLogits = memory.Span.Slice(n, row.Window.Length);
            var product = memory.Span.Slice(2 * n, row.Window.Length);
            logits.Tangents(row.Position, row.Window, tLogits);
            row.Product(values, 1, product, dot);
            tY[i] += Lanewise.Sum(product, tLogits, default(Product<double>));
        }
    }
}
