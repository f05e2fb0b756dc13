namespace SoftDiff;

/// <summary>The mode Smooth, the Kullback-Leibler projection of eᶻ in logarithms: γ = ln Σ eᶻ - ln Σ eʷ.</summary>
/// <param name="SumZ">Σ eᶻ, with z from the first.</param>
/// <param name="SumW">Σ eʷ, with w from the first.</param>
/// <param name="First">The first w.</param>
internal readonly record struct EntropicPool(double SumZ, double SumW, double First) : IPool<EntropicPool>
{
    public static EntropicPool Of(double w) => new(1, 1, w);

    public EntropicPool With(in EntropicPool next, double drop) =>
        new(SumZ + (next.SumZ * Math.Exp(-drop)), SumW + (next.SumW * Math.Exp(next.First - First)), First);

    public double Level(double step) => Math.Log(SumZ / SumW) - First;

    public static double Refine(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> scratch) =>
        Math.Log(Lanewise.MapAndSum(z, scratch, default(Exp<double>)) / Lanewise.MapAndSum(w, scratch, new ExpShifted<double>(w[0], 0))) - w[0];

    public static double Project(double t) => t;

    public static void Partials(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> slope, Span<double> byZ, Span<double> byW)
    {
        slope.Fill(1);
        var sum = Lanewise.MapAndSum(z, byZ, default(Exp<double>));
        Lanewise.Map(byZ, byZ, new Scaled<double>(1 / sum));
        sum = Lanewise.MapAndSum(w, byW, new ExpShifted<double>(w[0], 0));
        Lanewise.Map(byW, byW, new Scaled<double>(1 / sum));
    }

    public static double SingleSlope(double w) => 1;
}
