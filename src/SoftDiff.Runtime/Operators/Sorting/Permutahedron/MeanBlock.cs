namespace SoftDiff;

/// <summary>The Euclidean projection: γ is the mean of z - w.</summary>
internal readonly record struct MeanBlock(int Count, double Sum) : IBlock<MeanBlock>
{
    public static MeanBlock Of(double z, double w, int index) => new(1, z - w);

    public MeanBlock With(MeanBlock next) => new(Count + next.Count, Sum + next.Sum);

    // Most blocks have one element for long, and a division takes time.
    public double Level(in BlockRow row) => Count == 1 ? Sum : Sum / Count;

    public static double Refine(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w)
    {
        var rest = 0.0;
        for (var i = 0; i < z.Length; i++) rest += z[i] - level - w[i];
        return level + (rest / z.Length);
    }

    public static double Project(double t) => t;

    public static void Partials(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> byZ, Span<double> byW, Span<double> slope)
    {
        byZ.Fill(1.0 / z.Length);
        byW.Fill(1.0 / z.Length);
        slope.Fill(1);
    }

    /// <summary>c - mean c and mean c.</summary>
    public static void Pullback(
        double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> cY, Span<double> dZ, Span<double> dW, Span<double> slope)
    {
        var total = 0.0;
        foreach (var cotangent in cY) total += cotangent;
        var mean = total / cY.Length;
        for (var i = 0; i < cY.Length; i++) dZ[i] = cY[i] - mean;
        dW.Fill(mean);
    }
}
