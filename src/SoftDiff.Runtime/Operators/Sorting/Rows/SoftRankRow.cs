namespace SoftDiff;

/// <summary>Soft ranks, from 1 to n.</summary>
/// <param name="options">The common options.</param>
/// <param name="descending">Whether the largest element has the rank 1.</param>
internal readonly struct SoftRankRow(SortOptions<double> options, bool descending) : IRowOperator<double>
{
    private SoftPermutation Permutation => new(options);

    public RowShape Shape(int length) => new(length, 1, Reduces: false, HasIndexAxis: false);

    public void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        if (Undefined.Is(x, options.Mode))
        {
            y.Fill(double.NaN);
        }
        else if (options.Mode == SoftMode.Hard)
        {
            HardOrder.Ranks(x, descending, y);
        }
        else
        {
            using var row = new SquashedRow(x, options);
            Permutation.Rank(row.Elements, descending, y);
        }
    }

    public double Vjp(ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<double> cY, Span<double> dX)
    {
        if (Undefined.Is(x, options.Mode))
        {
            y.Fill(double.NaN);
            dX.Fill(double.NaN);
            return double.NaN;
        }

        if (options.Mode == SoftMode.Hard)
        {
            if (!y.IsEmpty) HardOrder.Ranks(x, descending, y);
            dX.Clear();
            return 0;
        }

        using var row = new SquashedRow(x, options);
        using var dW = Scratch.Rent<double>(x.Length);
        var dSoftness = Permutation.RankVjp(row.Elements, descending, y, cY, dW.Span);
        row.Pullback(dW.Span, dX);
        return dSoftness;
    }

    public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, double tSoftness, Span<double> y, Span<double> tY)
    {
        if (Undefined.Is(x, options.Mode))
        {
            y.Fill(double.NaN);
            tY.Fill(double.NaN);
            return;
        }

        if (options.Mode == SoftMode.Hard)
        {
            HardOrder.Ranks(x, descending, y);
            tY.Clear();
            return;
        }

        using var row = new SquashedRow(x, options);
        using var tW = Scratch.Rent<double>(x.Length);
        row.Pushforward(tX, tW.Span);
        Permutation.RankJvp(row.Elements, descending, tW.Span, tSoftness, y, tY);
    }
}
