namespace SoftDiff;

/// <summary>
/// Picks order statistics from a row that the method itself sorts. If the row is standardised, the method sorts on the squashed scale and
/// the results are mapped back.
/// </summary>
internal readonly struct SortedValues(SortOptions<double> options)
{
    private SortingNetwork<double> Network => new(options.Softness, options.Mode, options.Standardize);

    private FastSoftSort Fast => new(options.Softness, options.Mode);

    private SmoothSort Smooth => new(options.Softness);

    public void Value(ReadOnlySpan<double> x, in RowRequest request, Span<double> y)
    {
        using var row = new SquashedRow(x, options);
        using var sorted = Scratch.Rent<double>(x.Length);
        Sort(row.Elements, sorted.Span);
        row.Unsquash(sorted.Span);
        for (var i = 0; i < y.Length; i++) y[i] = sorted.Span[request.Position(i, x.Length)];
    }

    public double Vjp(ReadOnlySpan<double> x, in RowRequest request, Span<double> y, ReadOnlySpan<double> cY, Span<double> dX)
    {
        var n = x.Length;
        using var row = new SquashedRow(x, options);
        using var parts = new Parts(n, 3);
        var sorted = parts.Next();
        var cValues = parts.NextCleared();
        var dW = parts.Next();
        for (var i = 0; i < cY.Length; i++) cValues[request.Position(i, n)] += cY[i];

        var cotangent = new UnsquashedCotangent(row, cValues);
        var dSoftness = SortVjp(row.Elements, sorted, ref cotangent, dW);
        row.Pullback(dW, dX, cotangent.Standard);
        if (y.IsEmpty) return dSoftness;
        row.Unsquash(sorted);
        for (var i = 0; i < y.Length; i++) y[i] = sorted[request.Position(i, n)];
        return dSoftness;
    }

    public void Jvp(ReadOnlySpan<double> x, in RowRequest request, ReadOnlySpan<double> tX, double tSoftness, Span<double> y, Span<double> tY)
    {
        var n = x.Length;
        using var row = new SquashedRow(x, options);
        using var parts = new Parts(n, 3);
        var sorted = parts.Next();
        var tSorted = parts.Next();
        var tW = parts.Next();
        var tStandard = row.Pushforward(tX, tW);
        SortJvp(row.Elements, tW, tSoftness, sorted, tSorted);
        row.UnsquashPushforward(sorted, tSorted, tStandard);
        for (var i = 0; i < y.Length; i++)
        {
            var position = request.Position(i, n);
            (y[i], tY[i]) = (sorted[position], tSorted[position]);
        }
    }

    private void Sort(ReadOnlySpan<double> w, Span<double> y)
    {
        switch (options.Method)
        {
            case SortMethod.FastSoftSort: Fast.Sort(w, y); break;
            case SortMethod.SmoothSort: Smooth.Sort(w, y); break;
            default: Network.Sort(w, y); break;
        }
    }

    private double SortVjp(ReadOnlySpan<double> w, Span<double> y, ref UnsquashedCotangent cotangent, Span<double> dW) => options.Method switch
    {
        SortMethod.FastSoftSort => Fast.SortVjp(w, y, ref cotangent, dW),
        SortMethod.SmoothSort => Smooth.SortVjp(w, y, ref cotangent, dW),
        _ => Network.SortVjp(w, y, ref cotangent, dW),
    };

    private void SortJvp(ReadOnlySpan<double> w, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        switch (options.Method)
        {
            case SortMethod.FastSoftSort: Fast.SortJvp(w, tW, tSoftness, y, tY); break;
            case SortMethod.SmoothSort: Smooth.SortJvp(w, tW, tSoftness, y, tY); break;
            default: Network.SortJvp(w, tW, tSoftness, y, tY); break;
        }
    }
}

/// <summary>The cotangents of a row in the squashed scale, from those of what <see cref="SquashedRow.Unsquash"/> makes of it.</summary>
internal ref struct UnsquashedCotangent(in SquashedRow row, ReadOnlySpan<double> cValues) : ISortCotangent<double>
{
    private readonly SquashedRow _row = row;
    private readonly ReadOnlySpan<double> _cValues = cValues;

    /// <summary>The cotangents of what <see cref="SquashedRow.Unsquash"/> uses.</summary>
    public (double Mean, double Deviation) Standard { get; private set; }

    public void Of(ReadOnlySpan<double> y, Span<double> cY) => Standard = _row.UnsquashPullback(y, _cValues, cY);
}
