namespace SoftDiff;

/// <summary>Soft indices of order statistics: probabilities over the elements for each, or their logarithms.</summary>
/// <param name="options">The common options.</param>
/// <param name="selection">Which order statistics.</param>
/// <param name="log">Whether logarithms are wanted.</param>
internal readonly struct SoftIndexRow(SortOptions<double> options, Selection selection, LogOptions<double> log) : IRowOperator<double>
{
    private SoftPermutation Permutation => new(options);

    /// <summary>Whether logarithms come from where they are accurate however small the probability, and not from probabilities.</summary>
    private bool IsLogDomain => log.Wanted && log.Epsilon == 0 && options.Mode == SoftMode.Smooth && options.Method != SortMethod.SortingNetwork;

    public RowShape Shape(int length) => selection.Shape(length, isIndex: true);

    public void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        if (Undefined.Is(x, options.Mode))
        {
            y.Fill(double.NaN);
            return;
        }

        var (request, fraction) = selection.For(x.Length);
        using var pair = Scratch.Rent<double>(request.HasNext ? 2 * x.Length : 0);
        var p = request.HasNext ? pair.Span : y;
        if (options.Mode == SoftMode.Hard)
        {
            HardOrder.Indices(x, request, p);
        }
        else
        {
            using var row = new SquashedRow(x, options);
            Permutation.Rows(row.Elements, request, IsLogDomain, p);
        }

        if (request.HasNext) Interpolation.Value(p, fraction, IsLogDomain, y);
        if (log.Wanted && !IsLogDomain) LogProbabilities.Value(y, x.Length, log.Epsilon);
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
            if (!y.IsEmpty) Value(x, y);
            dX.Clear();
            return 0;
        }

        var n = x.Length;
        var (request, fraction) = selection.For(n);
        using var row = new SquashedRow(x, options);
        using var dW = Scratch.Rent<double>(n);
        var isPlain = !request.HasNext && (!log.Wanted || IsLogDomain);
        var dSoftness = isPlain
            ? Permutation.RowsVjp(row.Elements, request, log.Wanted, y, cY, dW.Span)
            : ComposedVjp(row.Elements, request, fraction, y, cY, dW.Span);
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
            Value(x, y);
            tY.Clear();
            return;
        }

        var n = x.Length;
        var (request, fraction) = selection.For(n);
        using var row = new SquashedRow(x, options);
        using var tW = Scratch.Rent<double>(n);
        row.Pushforward(tX, tW.Span);
        if (request.HasNext)
        {
            using var pairs = new Parts(2 * n, 2);
            var p = pairs.Next();
            var tP = pairs.Next();
            Permutation.RowsJvp(row.Elements, request, IsLogDomain, tW.Span, tSoftness, p, tP);
            Interpolation.Jvp(p, tP, fraction, IsLogDomain, y, tY);
        }
        else
        {
            Permutation.RowsJvp(row.Elements, request, IsLogDomain, tW.Span, tSoftness, y, tY);
        }

        if (!log.Wanted || IsLogDomain) return;
        LogProbabilities.Pushforward(y, n, log.Epsilon, tY);
        LogProbabilities.Value(y, n, log.Epsilon);
    }

    // Later steps read the rows, so the rows are computed before the reverse sweep through them.
    private double ComposedVjp(ReadOnlySpan<double> w, in RowRequest request, double fraction, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW)
    {
        var n = w.Length;
        using var rows = new Parts(request.Count(n) * n, 2);
        var p = rows.Next();
        var cP = rows.Next();
        using var results = new Parts(cY.Length, 2);
        var result = results.Next();
        var cResult = results.Next();

        Permutation.Rows(w, request, IsLogDomain, p);
        if (request.HasNext) Interpolation.Value(p, fraction, IsLogDomain, result);
        else p.CopyTo(result);

        cY.CopyTo(cResult);
        if (log.Wanted && !IsLogDomain) LogProbabilities.Pullback(result, n, log.Epsilon, cY, cResult);
        if (request.HasNext) Interpolation.Pullback(p, result, fraction, IsLogDomain, cResult, cP);
        else cResult.CopyTo(cP);

        if (log.Wanted && !IsLogDomain) LogProbabilities.Value(result, n, log.Epsilon);
        if (!y.IsEmpty) result.CopyTo(y);
        return Permutation.RowsVjp(w, request, IsLogDomain, default, cP, dW);
    }
}
