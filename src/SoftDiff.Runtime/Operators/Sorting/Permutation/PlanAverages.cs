namespace SoftDiff;

/// <summary>Averages and ranks by a method that gives whole rows of a soft permutation.</summary>
/// <param name="plan">The method.</param>
internal readonly struct PlanAverages<TPlan>(TPlan plan) : IAverageMethod, IRankMethod<double>
    where TPlan : struct, IPlanMethod<double>
{
    public void Average(ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, Span<double> y)
    {
        var n = w.Length;
        using var p = Scratch.Rent<double>((long)y.Length * n);
        plan.Rows(w, request, log: false, p.Span);
        Averages(p.Span, v, y);
    }

    public double AverageVjp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        Span<double> y, ReadOnlySpan<double> cY, Span<double> dW, Span<double> dV)
    {
        var n = w.Length;
        var dSoftness = 0.0;
        using var p = Scratch.Rent<double>((long)cY.Length * n);
        if (constant)
        {
            plan.Rows(w, request, log: false, p.Span);
        }
        else
        {
            using var cP = Scratch.Rent<double>((long)cY.Length * n);
            for (var i = 0; i < cY.Length; i++) Lanewise.Map(v, cP.Span.Slice(i * n, n), new Scaled<double>(cY[i]));
            dSoftness = plan.RowsVjp(w, request, log: false, p.Span, cP.Span, dW);
        }

        dV.Clear();
        for (var i = 0; i < cY.Length; i++) Lanewise.Map(dV, p.Span.Slice(i * n, n), dV, new PlusScaled<double>(cY[i]));
        if (!y.IsEmpty) Averages(p.Span, v, y);
        return dSoftness;
    }

    public void AverageJvp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        ReadOnlySpan<double> tW, ReadOnlySpan<double> tV, double tSoftness, Span<double> y, Span<double> tY)
    {
        var n = w.Length;
        using var p = Scratch.Rent<double>((long)y.Length * n);
        if (constant)
        {
            plan.Rows(w, request, log: false, p.Span);
            Averages(p.Span, tV, tY);
        }
        else
        {
            using var tP = Scratch.Rent<double>((long)y.Length * n);
            plan.RowsJvp(w, request, log: false, tW, tSoftness, p.Span, tP.Span);
            for (var i = 0; i < y.Length; i++) tY[i] = Dot(p.Span.Slice(i * n, n), tV) + Dot(tP.Span.Slice(i * n, n), v);
        }

        Averages(p.Span, v, y);
    }

    public void Rank(ReadOnlySpan<double> w, bool descending, Span<double> y)
    {
        var n = w.Length;
        using var p = Scratch.Rent<double>((long)n * n);
        using var parts = new Parts(n, 2);
        var ranks = new ColumnRanks(parts.NextCleared(), parts.NextCleared(), descending);
        plan.Rows(w, new RowRequest(RowKind.ArgSort), log: false, p.Span);
        ranks.Add(p.Span);
        ranks.Ranks.CopyTo(y);
    }

    public double RankVjp(ReadOnlySpan<double> w, bool descending, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW)
    {
        var n = w.Length;
        using var rows = new Parts(n * n, 2);
        using var parts = new Parts(n, 4);
        var p = rows.Next();
        var cP = rows.Next();
        var ranks = new ColumnRanks(parts.NextCleared(), parts.NextCleared(), descending);
        plan.Rows(w, new RowRequest(RowKind.ArgSort), log: false, p);
        ranks.Add(p);
        ranks.Cotangents(cY, parts.Next(), parts.Next(), cP);
        if (!y.IsEmpty) ranks.Ranks.CopyTo(y);
        return plan.RowsVjp(w, new RowRequest(RowKind.ArgSort), log: false, default, cP, dW);
    }

    public void RankJvp(ReadOnlySpan<double> w, bool descending, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        var n = w.Length;
        using var rows = new Parts(n * n, 2);
        using var parts = new Parts(n, 3);
        var p = rows.Next();
        var tP = rows.Next();
        var tSums = parts.NextCleared();
        var ranks = new ColumnRanks(parts.NextCleared(), parts.NextCleared(), descending);
        plan.RowsJvp(w, new RowRequest(RowKind.ArgSort), log: false, tW, tSoftness, p, tP);
        ranks.Add(p);
        tY.Clear();
        ranks.AddTangents(tP, tSums, tY);
        ranks.Tangents(tSums, tY);
        ranks.Ranks.CopyTo(y);
    }

    private static void Averages(ReadOnlySpan<double> p, ReadOnlySpan<double> v, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++) y[i] = Dot(p.Slice(i * v.Length, v.Length), v);
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Lanewise.Sum(x, y, default(Product<double>));
}
