namespace SoftDiff;

/// <summary>
/// Sorts by a bitonic network of soft comparators. A row whose length is not a power of two is padded at its end, with 1 if it is
/// standardized and with 1 + its maximum otherwise. The padding takes part in the comparisons.
/// </summary>
/// <remarks>
/// <para>Source: Petersen et al., Differentiable sorting networks for scalable sorting and ranking supervision (arXiv:2105.04019). The
/// padding depends on the row alone, so that the rows of a batch do not influence each other.</para>
/// <para>With N wires there are S = log₂N (log₂N + 1) / 2 stages. Sorting takes O(N S) time and O(N) memory, O(N S) for its reverse rule; k
/// rows of the soft permutation take O(k N S) time. The elements must be finite.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softness">The softness s.</param>
/// <param name="mode">The shape of the comparators: smooth, c0, c1 or c2.</param>
/// <param name="standardized">Whether the rows have been squashed to values between 0 and 1.</param>
internal readonly partial struct SortingNetwork<T>(T softness, SoftMode mode, bool standardized)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Comparator<T> Comparator => new(softness, mode);

    /// <summary>Writes the row and its padding onto the wires.</summary>
    private void Load(ReadOnlySpan<T> w, Span<T> wires)
    {
        w.CopyTo(wires);
        wires[w.Length..].Fill(standardized ? T.One : T.One + Lanewise.Max(w));
    }

    /// <summary>The tangents on the wires: that of the padding is the mean of those of the maxima.</summary>
    private void LoadTangent(ReadOnlySpan<T> w, ReadOnlySpan<T> tW, Span<T> tWires)
    {
        tW.CopyTo(tWires);
        if (tWires.Length == w.Length) return;

        var tPad = T.Zero;
        if (!standardized)
        {
            var (max, count) = (Lanewise.Max(w), 0);
            for (var i = 0; i < w.Length; i++)
            {
                if (w[i] != max) continue;
                tPad += tW[i];
                count++;
            }

            tPad /= T.CreateTruncating(count);
        }

        tWires[w.Length..].Fill(tPad);
    }

    /// <summary>The transpose of <see cref="LoadTangent"/>.</summary>
    private void LoadBackward(ReadOnlySpan<T> w, ReadOnlySpan<T> cWires, Span<T> dW)
    {
        cWires[..w.Length].CopyTo(dW);
        if (standardized || cWires.Length == w.Length) return;

        var max = Lanewise.Max(w);
        var cPad = cWires[w.Length..];
        var share = T.CreateTruncating(Lanewise.Sum(cPad, cPad, default(First<T>)) / LogPartition<T>.Ties(w, max));
        for (var i = 0; i < w.Length; i++)
        {
            if (w[i] == max) dW[i] += share;
        }
    }

    private void Run(ReadOnlySpan<T> w, in NetworkTrace<T> trace)
    {
        Load(w, trace.Before(0));
        for (var i = 0; i < trace.Stages; i++)
        {
            var stage = NetworkStage.At(i);
            Comparator<T>.Differences(stage, trace.Before(i), trace.Differences(i));
            Comparator.Shares(trace.Differences(i), trace.Shares(i));
            Exchange(stage, trace.Shares(i), trace.Before(i), trace.After(i));
        }
    }

    /// <summary><paramref name="to"/> may be <paramref name="from"/>.</summary>
    private static void Exchange(NetworkStage stage, ReadOnlySpan<T> shares, ReadOnlySpan<T> from, Span<T> to)
    {
        for (var p = 0; p < shares.Length; p++)
        {
            var (lower, upper) = stage.Pair(p);
            var (a, b, share) = (from[lower], from[upper], shares[p]);
            to[lower] = (share * b) + ((T.One - share) * a);
            to[upper] = (share * a) + ((T.One - share) * b);
        }
    }

    /// <summary>
    /// Turns the cotangents of the wires after the last stage, in <paramref name="c"/>, into those of the wires before the first stage.
    /// Also takes the cotangents of the shares, and returns the cotangent of the softness.
    /// </summary>
    private T Backward(in NetworkTrace<T> trace, Span<T> c)
    {
        using var slopes = Scratch.Rent<T>(c.Length);
        var lowerSlopes = slopes.Span[..(c.Length / 2)];
        var upperSlopes = slopes.Span[(c.Length / 2)..];
        var dSoftness = 0.0;
        for (var i = trace.Stages - 1; i >= 0; i--)
        {
            var stage = NetworkStage.At(i);
            var differences = trace.Differences(i);
            var shares = trace.Shares(i);
            var cLower = trace.LowerChanges(i);
            var cUpper = trace.UpperChanges(i);
            Comparator.Slopes(differences, lowerSlopes, upperSlopes);
            for (var p = 0; p < differences.Length; p++)
            {
                var (lower, upper) = stage.Pair(p);
                var (cA, cB, share) = (c[lower], c[upper], shares[p]);
                var difference = differences[p];
                var cDifference = (lowerSlopes[p] * (cLower[p] - (cA * difference))) + (upperSlopes[p] * (cUpper[p] + (cB * difference)));
                c[lower] = (share * cB) + ((T.One - share) * cA) + cDifference;
                c[upper] = (share * cA) + ((T.One - share) * cB) - cDifference;
                dSoftness -= double.CreateTruncating(cDifference * difference);
            }
        }

        return T.CreateTruncating(dSoftness / double.CreateTruncating(softness));
    }
}
