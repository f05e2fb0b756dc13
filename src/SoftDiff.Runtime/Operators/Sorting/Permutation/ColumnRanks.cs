using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>
/// Ranks from a soft permutation whose columns need not add up to 1: the mean of the positions weighted by the column of an element,
/// Σᵣ r Pᵣᵢ / max(Σᵣ Pᵣᵢ, 1e-10). Elements are in the order of the logits.
/// </summary>
/// <param name="sums">Memory for the sums of the columns, 0 at first.</param>
/// <param name="ranks">Memory for the ranks, 0 at first.</param>
/// <param name="descending">Whether the largest element has the rank 1.</param>
internal readonly ref struct ColumnRanks(Span<double> sums, Span<double> ranks, bool descending)
{
    public const double LeastSum = 1e-10;

    private readonly Span<double> _sums = sums, _ranks = ranks;

    /// <summary>Before <see cref="Value"/>, Σ r P; after it, the ranks.</summary>
    public ReadOnlySpan<double> Ranks => _ranks;

    /// <summary>The part of a rank's numerator that follows the denominator: the derivative is (r - this) / max(Σ, 1e-10).</summary>
    public static double Centre(double sum, double rank) => sum > LeastSum ? rank : sum < LeastSum ? 0 : rank / 2;

    /// <summary>Adds all rows to the sums.</summary>
    public void Add<TLogits>(ref TLogits logits, SimplexProjection projection)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        using var parts = new Parts(logits.Length, 2);
        var memory = parts.Next();
        var entries = parts.Next();
        for (var position = 0; position < logits.Length; position++)
        {
            var row = SoftRow.Of(ref logits, projection, position, all: false, memory);
            var part = entries[..row.Window.Length];
            row.Entries(1, part);
            AddTo(row, part, _sums, _ranks);
        }
    }

    public void Value()
    {
        for (var i = 0; i < _ranks.Length; i++) _ranks[i] /= Math.Max(_sums[i], LeastSum);
    }

    /// <summary>Adds to the cotangents of the logits' elements.</summary>
    public void Pullback<TLogits>(ref TLogits logits, SimplexProjection projection, ReadOnlySpan<double> cRanks)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        var n = logits.Length;
        using var parts = new Parts(n, 4);
        var memory = parts.Next();
        var factors = parts.Next();
        var centres = parts.Next();
        var cotangents = parts.Next();
        for (var i = 0; i < n; i++)
        {
            factors[i] = cRanks[i] / Math.Max(_sums[i], LeastSum);
            centres[i] = Centre(_sums[i], _ranks[i]);
        }

        for (var position = 0; position < n; position++)
        {
            var row = SoftRow.Of(ref logits, projection, position, all: false, memory);
            var c = cotangents[..row.Window.Length];
            Lanewise.Map(row.Window.Of(centres), row.Window.Of(factors), c, new RestProduct(RankOf(position)));
            row.Product(c, 1, c);
            logits.Pullback(position, row.Window, c);
        }
    }

    /// <summary>Adds the tangents of the sums, and of the sums weighted by rank.</summary>
    public void AddTangents<TLogits>(ref TLogits logits, SimplexProjection projection, Span<double> tSums, Span<double> tWeighted)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        using var parts = new Parts(logits.Length, 2);
        var memory = parts.Next();
        var tangents = parts.Next();
        for (var position = 0; position < logits.Length; position++)
        {
            var row = SoftRow.Of(ref logits, projection, position, all: false, memory);
            var t = tangents[..row.Window.Length];
            logits.Tangents(position, row.Window, t);
            row.Product(t, 1, t);
            AddTo(row, t, tSums, tWeighted);
        }
    }

    /// <summary>The tangents of the ranks in place of those of the weighted sums.</summary>
    public void Tangents(ReadOnlySpan<double> tSums, Span<double> tWeighted)
    {
        for (var i = 0; i < tWeighted.Length; i++)
        {
            tWeighted[i] = (tWeighted[i] - (Centre(_sums[i], _ranks[i]) * tSums[i])) / Math.Max(_sums[i], LeastSum);
        }
    }

    private double RankOf(int position) => descending ? _sums.Length - position : position + 1;

    private void AddTo(SoftRow row, ReadOnlySpan<double> entries, Span<double> sums, Span<double> weighted)
    {
        Lanewise.Map(row.Window.Of(sums), entries, row.Window.Of(sums), default(Plus<double>));
        Lanewise.Map(row.Window.Of(weighted), entries, row.Window.Of(weighted), new PlusScaled<double>(RankOf(row.Position)));
    }
}

/// <summary>(whole - x) y.</summary>
internal readonly struct RestProduct(double whole) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> => TLanes.Multiply(TLanes.Subtract(TLanes.Broadcast(whole), x), y);
}
