namespace SoftDiff;

/// <summary>The modes C0, C1 and C2: the projection is f(t) with f(t) = t, t |t|, t³, and γ solves Σ f(z - γ) = Σ w.</summary>
/// <typeparam name="TPower">f.</typeparam>
/// <param name="Count">How many elements.</param>
/// <param name="Mean">Their mean, from the first.</param>
/// <param name="Second">Σ (z - mean)².</param>
/// <param name="Third">Σ (z - mean)³.</param>
/// <param name="Total">Σ w.</param>
internal readonly record struct PowerPool<TPower>(double Count, double Mean, double Second, double Third, double Total) : IPool<PowerPool<TPower>>
    where TPower : struct, IPower
{
    public static PowerPool<TPower> Of(double w) => new(1, 0, 0, 0, w);

    // Moments about the common mean from those about either one: Chan, Golub and LeVeque (1979); Pébay (2008).
    public PowerPool<TPower> With(in PowerPool<TPower> next, double drop)
    {
        var count = Count + next.Count;
        var step = next.Mean - drop - Mean;
        var shift = step * (next.Count / count);
        var rest = step - shift;
        var second = step * shift * Count;
        var third = (second * (rest - shift)) + (3 * ((rest * next.Second) - (shift * Second)));
        return new(count, Mean + shift, Second + next.Second + second, Third + next.Third + third, Total + next.Total);
    }

    public double Level(double step) => Mean - TPower.Root(Count, Second, Third, Total, step);

    public static double Refine(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> scratch)
    {
        var (excess, slope) = (0.0, 0.0);
        for (var i = 0; i < z.Length; i++)
        {
            var t = z[i] - level;
            excess += TPower.Value(t) - w[i];
            slope += TPower.Slope(t);
        }

        var change = excess / slope;
        return double.IsFinite(change) ? level + change : level;
    }

    public static double Project(double t) => TPower.Value(t);

    public static void Partials(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> slope, Span<double> byZ, Span<double> byW)
    {
        var total = 0.0;
        for (var i = 0; i < z.Length; i++)
        {
            slope[i] = TPower.Slope(z[i] - level);
            total += slope[i];
        }

        // Where f is flat at all elements.
        if (total == 0)
        {
            byZ.Fill(1.0 / z.Length);
            byW.Clear();
            return;
        }

        var inverse = 1 / total;
        for (var i = 0; i < z.Length; i++) byZ[i] = slope[i] * inverse;
        byW.Fill(inverse);
    }

    public static double SingleSlope(double w) => w == 0 ? TPower.SlopeAtZero : 1;
}
