namespace SoftDiff;

/// <summary>
/// Computes soft permutations by regularised optimal transport between the elements and equally spaced positions. The operator determines
/// the masses of the positions.
/// </summary>
/// <remarks>
/// <para>Sources: Cuturi, Teboul and Vert, Differentiable ranking and sorting using optimal transport (arXiv:1905.11885); Lorenz, Manns and
/// Meyer, Quadratically regularized optimal transport (arXiv:1903.01112) for the modes that are not smooth.</para>
/// <para>The optimum is found to rounding by Newton's method on the dual, in double precision for <see cref="float"/> too, and
/// differentiated exactly. With m positions (2 for a maximum, k + 1 for the top k, 3 or 4 for a quantile, n for a sort) a step takes O(n m²
/// + m³) time, and mostly fewer than ten are needed, 100 at most before and after the empty positions are filled; memory is O(n m + m²).</para>
/// <para>The elements must be finite. Where the modes c0, c1 and c2 leave parts of the plan without connection, the
/// derivatives are those inside the parts.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softness">The softness s.</param>
/// <param name="mode">The regularisation: entropy for smooth, the powers 2, 3/2, 4/3 for c0, c1, c2.</param>
internal readonly struct OptimalTransport<T>(T softness, SoftMode mode) : IPlanMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Rows(ReadOnlySpan<T> w, in RowRequest request, bool log, Span<T> p)
    {
        using var counts = Scratch.Rent<int>(Positions(request, w.Length));
        var rows = Masses(request, w.Length, counts.Span);
        using var plan = Solve(w, counts.Span);
        Store(plan, rows, log, p);
    }

    public T RowsVjp(ReadOnlySpan<T> w, in RowRequest request, bool log, Span<T> p, ReadOnlySpan<T> cP, Span<T> dW)
    {
        using var counts = Scratch.Rent<int>(Positions(request, w.Length));
        var rows = Masses(request, w.Length, counts.Span);
        using var plan = Solve(w, counts.Span);
        if (!p.IsEmpty) Store(plan, rows, log, p);
        using var cotangents = Scratch.Rent<double>(cP.Length);
        using var gradient = Scratch.Rent<double>(w.Length);
        Convert(cP, cotangents.Span);
        var dSoftness = plan.Vjp(rows, log, cotangents.Span, gradient.Span);
        Convert(gradient.Span, dW);
        return T.CreateTruncating(dSoftness);
    }

    public void RowsJvp(ReadOnlySpan<T> w, in RowRequest request, bool log, ReadOnlySpan<T> tW, T tSoftness, Span<T> p, Span<T> tP)
    {
        using var counts = Scratch.Rent<int>(Positions(request, w.Length));
        var rows = Masses(request, w.Length, counts.Span);
        using var plan = Solve(w, counts.Span);
        Store(plan, rows, log, p);
        using var tangents = Scratch.Rent<double>(tW.Length);
        using var result = Scratch.Rent<double>(tP.Length);
        Convert(tW, tangents.Span);
        plan.Jvp(rows, log, tangents.Span, double.CreateTruncating(tSoftness), result.Span);
        Convert(result.Span, tP);
    }

    private TransportPlan Solve(ReadOnlySpan<T> w, ReadOnlySpan<int> counts)
    {
        using var x = Scratch.Rent<double>(w.Length);
        Convert(w, x.Span);
        return TransportPlan.Of(x.Span, counts, double.CreateTruncating(softness), mode);
    }

    private static int Positions(in RowRequest request, int n) => request.Kind switch
    {
        RowKind.ArgMax => 2,
        RowKind.TopK => Math.Min(request.K + 1, n),
        RowKind.Quantile => request.HasNext ? 4 : 3,
        _ => n,
    };

    /// <summary>The number of elements of each position, in ascending order, and the requested positions.</summary>
    private static TransportRows Masses(in RowRequest request, int n, Span<int> counts)
    {
        counts.Fill(1);
        var count = request.Count(n);
        switch (request.Kind)
        {
            case RowKind.ArgMax or RowKind.TopK:
                counts[0] = n - (counts.Length - 1);
                return new TransportRows(counts.Length - 1, -1, count);
            case RowKind.Quantile:
                counts[0] = request.K;
                var next = request.HasNext ? Math.Min(request.K + 1, n - 1) : request.K;
                if (request.HasNext) counts[2] = next - request.K;
                counts[^1] = n - next - 1;
                return new TransportRows(1, 1, count);
            default:
                return request.Descending ? new TransportRows(n - 1, -1, n) : new TransportRows(0, 1, n);
        }
    }

    private static void Store(in TransportPlan plan, in TransportRows rows, bool log, Span<T> p)
    {
        var n = p.Length / rows.Count;
        using var logs = Scratch.Rent<double>(log ? n : 0);
        for (var r = 0; r < rows.Count; r++)
        {
            if (log) plan.LogWeights(rows.Position(r), logs.Span);
            Convert(log ? logs.Span : plan.Weights(rows.Position(r)), p.Slice(r * n, n));
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo>
    {
        for (var i = 0; i < from.Length; i++) to[i] = TTo.CreateTruncating(from[i]);
    }
}
