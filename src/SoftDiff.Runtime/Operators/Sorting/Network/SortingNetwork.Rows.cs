namespace SoftDiff;

/// <summary>
/// The network multiplies by one matrix for each stage, M = Mₛ … M₁. Row r of the soft permutation is eᵣᵀ M on the wires of the elements,
/// divided by its sum. Rows are therefore computed from the last stage to the first, a few at a time, with their elements on one wire side
/// by side.
/// </summary>
internal readonly partial struct SortingNetwork<T> : IPlanMethod<T>
{
    /// <summary>Rows computed at once; bounds the memory for the reverse rule.</summary>
    private const int BlockRows = 32;

    /// <summary>Row sums count as at least this: a row may have all its weight on the padding.</summary>
    private static T LeastSum => T.CreateTruncating(1e-10);

    public void Rows(ReadOnlySpan<T> w, in RowRequest request, bool log, Span<T> p)
    {
        var n = w.Length;
        var count = request.Count(n);
        using var trace = new NetworkTrace<T>(n);
        using var weights = Scratch.Rent<T>(2L * trace.Wires * Math.Min(BlockRows, count));
        Run(w, trace);
        for (var first = 0; first < count; first += BlockRows)
        {
            var rows = Math.Min(BlockRows, count - first);
            var size = trace.Wires * rows;
            var after = weights.Span[..size];
            var before = weights.Span.Slice(size, size);
            Select(request, n, first, rows, after);
            for (var i = trace.Stages - 1; i >= 0; i--)
            {
                Spread(NetworkStage.At(i), trace.Shares(i), rows, after, before);
                Swap(ref after, ref before);
            }

            for (var r = 0; r < rows; r++) Normalize(after, rows, r, p.Slice((first + r) * n, n));
        }

        if (log) Lanewise.Map(p, p, default(Log<T>));
    }

    public T RowsVjp(ReadOnlySpan<T> w, in RowRequest request, bool log, Span<T> p, ReadOnlySpan<T> cP, Span<T> dW)
    {
        var n = w.Length;
        var count = request.Count(n);
        using var trace = new NetworkTrace<T>(n);
        using var weights = Scratch.Rent<T>((trace.Stages + 1L) * trace.Wires * Math.Min(BlockRows, count));
        using var cotangents = Scratch.Rent<T>(2L * trace.Wires * Math.Min(BlockRows, count));
        using var row = Scratch.Rent<T>(n);
        Run(w, trace);
        trace.ClearChanges();
        for (var first = 0; first < count; first += BlockRows)
        {
            var rows = Math.Min(BlockRows, count - first);
            var size = trace.Wires * rows;

            // The weights after stage i are at i + 1, so that those before the first stage, the rows themselves, are at 0.
            Select(request, n, first, rows, weights.Span.Slice(trace.Stages * size, size));
            for (var i = trace.Stages - 1; i >= 0; i--)
            {
                var after = weights.Span.Slice((i + 1) * size, size);
                Spread(NetworkStage.At(i), trace.Shares(i), rows, after, weights.Span.Slice(i * size, size));
            }

            var cBefore = cotangents.Span[..size];
            var cAfter = cotangents.Span.Slice(size, size);
            cBefore.Clear();
            for (var r = 0; r < rows; r++)
            {
                var target = p.IsEmpty ? row.Span : p.Slice((first + r) * n, n);
                var sum = Normalize(weights.Span, rows, r, target);
                NormalizeBackward(target, sum, log, cP.Slice((first + r) * n, n), cBefore, rows, r);
            }

            for (var i = 0; i < trace.Stages; i++)
            {
                var after = weights.Span.Slice((i + 1) * size, size);
                SpreadBackward(
                    NetworkStage.At(i), trace.Shares(i), rows, after, cBefore, cAfter, trace.LowerChanges(i), trace.UpperChanges(i));
                Swap(ref cBefore, ref cAfter);
            }
        }

        var cWires = cotangents.Span[..trace.Wires];
        cWires.Clear();
        var dSoftness = Backward(trace, cWires);
        LoadBackward(w, cWires, dW);
        if (log) Lanewise.Map(p, p, default(Log<T>));
        return dSoftness;
    }

    public void RowsJvp(ReadOnlySpan<T> w, in RowRequest request, bool log, ReadOnlySpan<T> tW, T tSoftness, Span<T> p, Span<T> tP)
    {
        var n = w.Length;
        var count = request.Count(n);
        using var trace = new NetworkTrace<T>(n);
        using var weights = Scratch.Rent<T>(4L * trace.Wires * Math.Min(BlockRows, count));
        Run(w, tW, tSoftness, trace, weights.Span[..trace.Wires]);
        for (var first = 0; first < count; first += BlockRows)
        {
            var rows = Math.Min(BlockRows, count - first);
            var size = trace.Wires * rows;
            var after = weights.Span[..size];
            var before = weights.Span.Slice(size, size);
            var tAfter = weights.Span.Slice(2 * size, size);
            var tBefore = weights.Span.Slice(3 * size, size);
            Select(request, n, first, rows, after);
            tAfter.Clear();
            for (var i = trace.Stages - 1; i >= 0; i--)
            {
                var stage = NetworkStage.At(i);
                Spread(stage, trace.Shares(i), rows, after, before);
                Spread(stage, trace.Shares(i), rows, tAfter, tBefore);
                AddShareTangents(stage, trace.LowerChanges(i), trace.UpperChanges(i), rows, after, tBefore);
                Swap(ref after, ref before);
                Swap(ref tAfter, ref tBefore);
            }

            for (var r = 0; r < rows; r++)
            {
                var target = p.Slice((first + r) * n, n);
                var sum = Normalize(after, rows, r, target);
                NormalizeTangent(target, sum, log, tAfter, rows, r, tP.Slice((first + r) * n, n));
            }
        }

        if (log) Lanewise.Map(p, p, default(Log<T>));
    }

    private static void Swap(ref Span<T> a, ref Span<T> b)
    {
        var first = a;
        a = b;
        b = first;
    }

    /// <summary>The wires of the asked rows, as unit vectors after the last stage.</summary>
    private static void Select(in RowRequest request, int n, int first, int rows, Span<T> l)
    {
        l.Clear();
        for (var r = 0; r < rows; r++)
        {
            l[(request.Position(first + r, n) * rows) + r] = T.One;
        }
    }

    /// <summary><paramref name="before"/> = Mᵢᵀ <paramref name="after"/>.</summary>
    private static void Spread(NetworkStage stage, ReadOnlySpan<T> shares, int rows, ReadOnlySpan<T> after, Span<T> before)
    {
        for (var p = 0; p < shares.Length; p++)
        {
            var (lower, upper) = stage.Pair(p);
            var a = after.Slice(lower * rows, rows);
            var b = after.Slice(upper * rows, rows);
            var share = shares[p];
            Lanewise.Map(a, b, before.Slice(lower * rows, rows), new Mixture<T>(T.One - share, share));
            Lanewise.Map(a, b, before.Slice(upper * rows, rows), new Mixture<T>(share, T.One - share));
        }
    }

    private static void AddShareTangents(
        NetworkStage stage, ReadOnlySpan<T> tLower, ReadOnlySpan<T> tUpper, int rows, ReadOnlySpan<T> after, Span<T> tBefore)
    {
        using var rented = Scratch.Rent<T>(rows);
        var moved = rented.Span;
        for (var p = 0; p < tLower.Length; p++)
        {
            var (lower, upper) = stage.Pair(p);
            var tA = tBefore.Slice(lower * rows, rows);
            var tB = tBefore.Slice(upper * rows, rows);
            Lanewise.Map(after.Slice(lower * rows, rows), after.Slice(upper * rows, rows), moved, new Mixture<T>(-tLower[p], tUpper[p]));
            Lanewise.Map(tA, moved, tA, new Mixture<T>(T.One, T.One));
            Lanewise.Map(tB, moved, tB, new Mixture<T>(T.One, -T.One));
        }
    }

    /// <summary>
    /// The transpose of <see cref="Spread"/> in the weights, from <paramref name="cBefore"/> to <paramref name="cAfter"/>, and in the
    /// shares, whose cotangents are added to.
    /// </summary>
    private static void SpreadBackward(
        NetworkStage stage, ReadOnlySpan<T> shares, int rows, ReadOnlySpan<T> after,
        ReadOnlySpan<T> cBefore, Span<T> cAfter, Span<T> cLower, Span<T> cUpper)
    {
        using var rented = Scratch.Rent<T>(rows);
        var difference = rented.Span;
        for (var p = 0; p < shares.Length; p++)
        {
            var (lower, upper) = stage.Pair(p);
            var cA = cBefore.Slice(lower * rows, rows);
            var cB = cBefore.Slice(upper * rows, rows);
            var share = shares[p];
            Lanewise.Map(cA, cB, difference, new Mixture<T>(-T.One, T.One));
            cLower[p] += T.CreateTruncating(Lanewise.Sum(after.Slice(lower * rows, rows), difference, default(Product<T>)));
            cUpper[p] -= T.CreateTruncating(Lanewise.Sum(after.Slice(upper * rows, rows), difference, default(Product<T>)));
            Lanewise.Map(cA, cB, cAfter.Slice(lower * rows, rows), new Mixture<T>(T.One - share, share));
            Lanewise.Map(cA, cB, cAfter.Slice(upper * rows, rows), new Mixture<T>(share, T.One - share));
        }
    }

    /// <summary>The row on the wires of the elements divided by its sum, and the sum.</summary>
    private static T Normalize(ReadOnlySpan<T> l, int rows, int r, Span<T> p)
    {
        var sum = T.Zero;
        for (var i = 0; i < p.Length; i++) sum += p[i] = l[(i * rows) + r];
        var divisor = T.Max(sum, LeastSum);
        for (var i = 0; i < p.Length; i++) p[i] /= divisor;
        return sum;
    }

    /// <summary>A weight that is exactly 0 counts as constant in its logarithm.</summary>
    private static void NormalizeBackward(ReadOnlySpan<T> p, T sum, bool log, ReadOnlySpan<T> cP, Span<T> c, int rows, int r)
    {
        var divisor = T.Max(sum, LeastSum);
        var common = T.Zero;
        for (var i = 0; i < p.Length; i++) common += log ? (p[i] > T.Zero ? cP[i] : T.Zero) : cP[i] * p[i];
        common *= SumShare(sum);
        for (var i = 0; i < p.Length; i++)
        {
            var direct = log ? (p[i] > T.Zero ? cP[i] / p[i] : T.Zero) : cP[i];
            c[(i * rows) + r] = (direct - common) / divisor;
        }
    }

    private static void NormalizeTangent(ReadOnlySpan<T> p, T sum, bool log, ReadOnlySpan<T> tL, int rows, int r, Span<T> tP)
    {
        var divisor = T.Max(sum, LeastSum);
        var tSum = T.Zero;
        for (var i = 0; i < p.Length; i++) tSum += tL[(i * rows) + r];
        tSum *= SumShare(sum);
        for (var i = 0; i < p.Length; i++)
        {
            var tangent = (tL[(i * rows) + r] - (p[i] * tSum)) / divisor;
            tP[i] = log ? (p[i] > T.Zero ? tangent / p[i] : T.Zero) : tangent;
        }
    }

    /// <summary>The derivative of max(sum, least), half at equality.</summary>
    private static T SumShare(T sum) => sum > LeastSum ? T.One : sum == LeastSum ? T.CreateTruncating(0.5) : T.Zero;
}

/// <summary>a x + b y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Mixture<T>(T a, T b) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.MultiplyAdd(x, TLanes.Broadcast(a), TLanes.Multiply(y, TLanes.Broadcast(b)));
}
