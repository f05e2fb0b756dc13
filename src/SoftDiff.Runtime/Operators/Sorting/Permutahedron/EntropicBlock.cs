namespace SoftDiff;

/// <summary>The Kullback–Leibler projection of eᶻ, in the logarithms: γ = ln Σ eᶻ - ln Σ eʷ.</summary>
internal readonly record struct EntropicBlock(double LogSumZ, double LogSumW) : IBlock<EntropicBlock>
{
    public static EntropicBlock Of(double z, double w, int index) => new(z, w);

    public EntropicBlock With(EntropicBlock next) => new(Add(LogSumZ, next.LogSumZ), Add(LogSumW, next.LogSumW));

    public double Level(in BlockRow row) => LogSumZ - LogSumW;

    public static double Refine(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w) =>
        LogPartition<double>.Of(z).Total - LogPartition<double>.Of(w).Total;

    public static double Project(double t) => t;

    public static void Partials(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> byZ, Span<double> byW, Span<double> slope)
    {
        Soft.Softmax(z, byZ);
        Soft.Softmax(w, byW);
        slope.Fill(1);
    }

    private static double Add(double a, double b) => Math.Max(a, b) + double.LogP1(Math.Exp(-Math.Abs(a - b)));
}
