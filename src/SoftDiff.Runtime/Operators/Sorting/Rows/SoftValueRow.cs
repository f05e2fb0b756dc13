namespace SoftDiff;

/// <summary>
/// Soft order statistics: averages of the elements by the rows of a soft permutation, or what a method makes that sorts by itself.
/// </summary>
/// <param name="options">The common options.</param>
/// <param name="selection">Which order statistics.</param>
/// <param name="gatedGrad">Whether the permutation is differentiated too, and not only what it averages.</param>
internal readonly struct SoftValueRow(SortOptions<double> options, Selection selection, bool gatedGrad) : IRowOperator<double>
{
    private SoftPermutation Permutation => new(options);

    private bool SortsByItself => options.IsDirect || options.Method == SortMethod.SortingNetwork;

    public RowShape Shape(int length) => selection.Shape(length, isIndex: false);

    public void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        if (Undefined.Is(x, options.Mode))
        {
            y.Fill(double.NaN);
            return;
        }

        var (request, fraction) = selection.For(x.Length);
        using var pair = Scratch.Rent<double>(request.HasNext ? 2 : 0);
        var result = request.HasNext ? pair.Span : y;
        if (options.Mode == SoftMode.Hard) HardOrder.Values(x, request, result);
        else if (SortsByItself) new SortedValues(options).Value(x, request, result);
        else Average(x, request, result);
        if (request.HasNext) Interpolation.Value(result, fraction, log: false, y);
    }

    public double Vjp(ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<double> cY, Span<double> dX)
    {
        if (Undefined.Is(x, options.Mode))
        {
            y.Fill(double.NaN);
            dX.Fill(double.NaN);
            return double.NaN;
        }

        var (request, fraction) = selection.For(x.Length);
        if (!request.HasNext) return RowsVjp(x, request, y, cY, dX);

        using var parts = new Parts(2, 2);
        var pair = parts.Next();
        var cPair = parts.Next();
        Interpolation.Pullback(default, default, fraction, log: false, cY, cPair);
        var dSoftness = RowsVjp(x, request, pair, cPair, dX);
        if (!y.IsEmpty) Interpolation.Value(pair, fraction, log: false, y);
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

        var (request, fraction) = selection.For(x.Length);
        if (!request.HasNext)
        {
            RowsJvp(x, request, tX, tSoftness, y, tY);
            return;
        }

        using var parts = new Parts(2, 2);
        var pair = parts.Next();
        var tPair = parts.Next();
        RowsJvp(x, request, tX, tSoftness, pair, tPair);
        Interpolation.Jvp(pair, tPair, fraction, log: false, y, tY);
    }

    private double RowsVjp(ReadOnlySpan<double> x, in RowRequest request, Span<double> y, ReadOnlySpan<double> cY, Span<double> dX)
    {
        if (SortsByItself && options.Mode != SoftMode.Hard) return new SortedValues(options).Vjp(x, request, y, cY, dX);
        if (options.Mode != SoftMode.Hard) return AverageVjp(x, request, y, cY, dX);
        if (!y.IsEmpty) HardOrder.Values(x, request, y);
        HardOrder.ValuesVjp(x, request, cY, dX);
        return 0;
    }

    private void RowsJvp(ReadOnlySpan<double> x, in RowRequest request, ReadOnlySpan<double> tX, double tSoftness, Span<double> y, Span<double> tY)
    {
        if (options.Mode == SoftMode.Hard)
        {
            HardOrder.Values(x, request, y);
            HardOrder.ValuesJvp(x, request, tX, tY);
        }
        else if (SortsByItself)
        {
            new SortedValues(options).Jvp(x, request, tX, tSoftness, y, tY);
        }
        else
        {
            // As in reverse mode, a constant permutation stays one where derivatives nest.
            var held = gatedGrad ? options : options with { Softness = StopGradient.Of(options.Softness) };
            using var stopped = new StopGradient(x);
            using var row = new SquashedRow(gatedGrad ? x : stopped.Row, held);
            using var tW = Scratch.Rent<double>(x.Length);
            row.Pushforward(tX, tW.Span);
            new SoftPermutation(held).AverageJvp(row.Elements, x, request, constant: !gatedGrad, tW.Span, tX, tSoftness, y, tY);
        }
    }

    private void Average(ReadOnlySpan<double> x, in RowRequest request, Span<double> y)
    {
        using var row = new SquashedRow(x, options);
        Permutation.Average(row.Elements, x, request, y);
    }

    private double AverageVjp(ReadOnlySpan<double> x, in RowRequest request, Span<double> y, ReadOnlySpan<double> cY, Span<double> dX)
    {
        if (!gatedGrad) return UngatedVjp(x, request, y, cY, dX);

        using var row = new SquashedRow(x, options);
        using var parts = new Parts(x.Length, 2);
        var dW = parts.Next();
        var dV = parts.Next();
        var dSoftness = Permutation.AverageVjp(row.Elements, x, request, constant: false, y, cY, dW, dV);
        row.Pullback(dW, dX);
        Lanewise.Map(dX, dV, dX, default(Plus<double>));
        return dSoftness;
    }

    // The permutation is a constant here, and stays one where derivatives nest.
    private double UngatedVjp(ReadOnlySpan<double> x, in RowRequest request, Span<double> y, ReadOnlySpan<double> cY, Span<double> dX)
    {
        var constant = options with { Softness = StopGradient.Of(options.Softness) };
        using var stopped = new StopGradient(x);
        using var row = new SquashedRow(stopped.Row, constant);
        return new SoftPermutation(constant).AverageVjp(row.Elements, x, request, constant: true, y, cY, default, dX);
    }
}
