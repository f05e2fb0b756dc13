namespace SoftDiff;

/// <summary>The Euclidean projection: γ is the mean of z - w.</summary>
internal readonly record struct MeanBlock(int Count, double Sum) : IBlock<MeanBlock>
{
    public static MeanBlock Of(double z, double w, int index) => new(1, z - w);

    public MeanBlock With(MeanBlock next) => new(Count + next.Count, Sum + next.Sum);

    public double Level(in BlockRow row) => Sum / Count;

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
}
