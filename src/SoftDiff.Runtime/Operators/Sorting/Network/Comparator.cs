namespace SoftDiff;

/// <summary>
/// The soft comparator of a sorting network. Two wires exchange a share κ = σ(d / s) with d = lower - upper: lower ← (1 - κ) lower + κ
/// upper and upper ← κ lower + (1 - κ) upper.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softness">The softness s.</param>
/// <param name="mode">The shape of σ.</param>
internal readonly struct Comparator<T>(T softness, SoftMode mode)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>d for every pair of wires.</summary>
    public static void Differences(NetworkStage stage, ReadOnlySpan<T> x, Span<T> differences)
    {
        for (var p = 0; p < differences.Length; p++)
        {
            var (lower, upper) = stage.Pair(p);
            differences[p] = x[lower] - x[upper];
        }
    }

    /// <summary>κ.</summary>
    public void Shares(ReadOnlySpan<T> differences, Span<T> shares) =>
        Elementwise.Map(new HeavisideOperator<T>(softness, mode), differences, shares);

    /// <summary>
    /// The derivatives of κ by d, for the lower wire and for the upper one, whose share is 1 - σ(-d / s). They differ where σ' jumps, in
    /// <see cref="SoftMode.C0"/>: there each wire has the derivative that its own formula has at this side.
    /// </summary>
    public void Slopes(ReadOnlySpan<T> differences, Span<T> lower, Span<T> upper)
    {
        var step = new HeavisideOperator<T>(softness, mode);
        using var ones = Scratch.Rent<T>(differences.Length);
        ones.Span.Fill(T.One);
        Elementwise.MapVjp(step, differences, default, ones.Span, lower);
        if (mode != SoftMode.C0)
        {
            lower.CopyTo(upper);
            return;
        }

        Lanewise.Map(differences, upper, new Scaled<T>(-T.One));
        Elementwise.MapVjp(step, upper, default, ones.Span, upper);
    }
}
