namespace SoftDiff;

/// <summary>
/// Sorts and ranks by a smooth projection onto a permutahedron with entropic barriers of its constraints, see <see cref="SmoothProjection"/>. Sorting is
/// infinitely often differentiable; ranks jump where two elements change places.
/// </summary>
/// <param name="softness">More than 0.</param>
internal readonly partial struct SmoothSort(double softness) : ISortMethod<double>, IRankMethod<double>
{
    /// <summary>The temperature of the bounds.</summary>
    private double Temperature => Math.Min(softness, 1);

    /// <summary>The derivative of min(softness, 1), half at equality.</summary>
    private double TemperatureSlope => softness < 1 ? 1 : softness == 1 ? 0.5 : 0;

    public void Sort(ReadOnlySpan<double> w, Span<double> y)
    {
        using var parts = new Parts(w.Length, 2);
        var centred = parts.Next();
        var mean = Centre(w, centred);
        using var projection = new SmoothProjection(centred, Temperature, AnchorSteps(parts.Next()));
        Ascending(projection, mean, y);
    }

    public double SortVjp<TCotangent>(ReadOnlySpan<double> w, Span<double> y, ref TCotangent cotangent, Span<double> dW)
        where TCotangent : struct, ISortCotangent<double>, allows ref struct
    {
        using var parts = new Parts(w.Length, 4);
        var centred = parts.Next();
        var mean = Centre(w, centred);
        using var projection = new SmoothProjection(centred, Temperature, AnchorSteps(parts.Next()), traces: true);
        Ascending(projection, mean, y);
        var cProjected = parts.Next();
        cotangent.Of(y, cProjected);
        cProjected.Reverse();
        var total = Lanewise.Sum(cProjected, cProjected, default(First<double>));
        var dSteps = parts.Next()[1..];
        var dTemperature = projection.Vjp(cProjected, dW, dSteps);

        // Through what is taken off w, and put on y.
        var dMean = (total - Lanewise.Sum(dW, dW, default(First<double>))) / w.Length;
        for (var i = 0; i < dW.Length; i++) dW[i] += dMean;
        return (TemperatureSlope * dTemperature) - (Lanewise.Sum(dSteps, dSteps, default(First<double>)) * AnchorStep(w.Length) / softness);
    }

    public void SortJvp(ReadOnlySpan<double> w, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        using var parts = new Parts(w.Length, 5);
        var centred = parts.Next();
        var mean = Centre(w, centred);
        using var projection = new SmoothProjection(centred, Temperature, AnchorSteps(parts.Next()));
        var tCentred = parts.Next();
        var tMean = Centre(tW, tCentred);
        var tSteps = parts.Next()[1..];
        tSteps.Fill(-AnchorStep(w.Length) / softness * tSoftness);
        var tangent = parts.Next();
        projection.Jvp(tCentred, TemperatureSlope * tSoftness, tSteps, tangent);
        Ascending(projection, mean, y);
        for (var i = 0; i < tY.Length; i++) tY[i] = tMean + tangent[^(i + 1)];
    }

    /// <summary>Neighbouring anchors i / (n - 1), divided by the softness, differ by this.</summary>
    private double AnchorStep(int n) => 1 / (softness * Math.Max(n - 1, 1));

    private ReadOnlySpan<double> AnchorSteps(Span<double> memory)
    {
        memory.Fill(AnchorStep(memory.Length));
        return memory[1..];
    }

    private static void Ascending(in SmoothProjection projection, double mean, Span<double> y)
    {
        projection.Values(y);
        y.Reverse();
        for (var i = 0; i < y.Length; i++) y[i] += mean;
    }

    /// <summary>centred = w - mean; returns the mean.</summary>
    private static double Centre(ReadOnlySpan<double> w, Span<double> centred)
    {
        var mean = Lanewise.Sum(w, w, default(First<double>)) / w.Length;
        for (var i = 0; i < w.Length; i++) centred[i] = w[i] - mean;
        return mean;
    }
}
