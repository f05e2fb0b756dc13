namespace SoftDiff;

internal readonly partial struct SortingNetwork<T> : ISortMethod<T>
{
    public void Sort(ReadOnlySpan<T> w, Span<T> y)
    {
        var wires = NetworkStage.Wires(w.Length);
        using var rented = Scratch.Rent<T>(2L * wires);
        var x = rented.Span[..wires];
        var differences = rented.Span.Slice(wires, wires / 2);
        var shares = rented.Span[(wires + (wires / 2))..];
        Load(w, x);
        for (var i = 0; i < NetworkStage.Count(wires); i++)
        {
            var stage = NetworkStage.At(i);
            Comparator<T>.Differences(stage, x, differences);
            Comparator.Shares(differences, shares);
            Exchange(stage, shares, x, x);
        }

        x[..y.Length].CopyTo(y);
    }

    public T SortVjp<TCotangent>(ReadOnlySpan<T> w, Span<T> y, ref TCotangent cotangent, Span<T> dW)
        where TCotangent : struct, ISortCotangent<T>, allows ref struct
    {
        using var trace = new NetworkTrace<T>(w.Length);
        using var cotangents = Scratch.RentCleared<T>(trace.Wires);
        Run(w, trace);
        trace.ClearChanges();
        trace.Result[..y.Length].CopyTo(y);
        cotangent.Of(y, cotangents.Span[..y.Length]);
        var dSoftness = Backward(trace, cotangents.Span);
        LoadBackward(w, cotangents.Span, dW);
        return dSoftness;
    }

    public void SortJvp(ReadOnlySpan<T> w, ReadOnlySpan<T> tW, T tSoftness, Span<T> y, Span<T> tY)
    {
        using var trace = new NetworkTrace<T>(w.Length);
        using var tangents = Scratch.Rent<T>(trace.Wires);
        Run(w, tW, tSoftness, trace, tangents.Span);
        trace.Result[..y.Length].CopyTo(y);
        tangents.Span[..tY.Length].CopyTo(tY);
    }

    /// <summary>Runs the network with the tangents of its wires, which are left in <paramref name="tX"/>, and of its shares.</summary>
    private void Run(ReadOnlySpan<T> w, ReadOnlySpan<T> tW, T tSoftness, in NetworkTrace<T> trace, Span<T> tX)
    {
        Run(w, trace);
        LoadTangent(w, tW, tX);
        for (var i = 0; i < trace.Stages; i++)
        {
            var stage = NetworkStage.At(i);
            var differences = trace.Differences(i);
            var shares = trace.Shares(i);
            var tLower = trace.LowerChanges(i);
            var tUpper = trace.UpperChanges(i);
            Comparator.Slopes(differences, tLower, tUpper);
            for (var p = 0; p < differences.Length; p++)
            {
                var (lower, upper) = stage.Pair(p);
                var (tA, tB, share) = (tX[lower], tX[upper], shares[p]);
                var difference = differences[p];
                var tDifference = tA - tB - (difference * tSoftness / softness);
                (tLower[p], tUpper[p]) = (tLower[p] * tDifference, tUpper[p] * tDifference);
                tX[lower] = (share * tB) + ((T.One - share) * tA) - (tLower[p] * difference);
                tX[upper] = (share * tA) + ((T.One - share) * tB) + (tUpper[p] * difference);
            }
        }
    }
}
