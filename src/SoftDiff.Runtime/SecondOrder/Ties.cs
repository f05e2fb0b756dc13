namespace SoftDiff.SecondOrder;

/// <summary>
/// The derivatives of a row operator on dual numbers, where elements may be equal. The code of the operators branches there: |d| has slope 0
/// at d = 0, and an element equal to another is left out of sums. Such a branch has the right derivative at the tie, but not beside it, so
/// its tangent is wrong even where the derivative is smooth. Therefore the second derivatives are computed at two points beside the tie,
/// infinitesimally near: in one the elements rise in the order they have in the row, in the other they fall. Where the derivative is smooth
/// both agree. At a kink the mean of both is returned, which is linear in the tangents and symmetric like any second derivative.
/// </summary>
internal static class Ties
{
    // The runs and their weights in what is added to the tangents: those of the two sides in place of the one at the tie.
    private static readonly (int Side, double Weight)[] Runs = [(1, 0.5), (-1, 0.5), (0, -1)];

    /// <summary>The reverse mode. Tangents of cotangents, in which it is linear, are multiplied by the derivatives at the tie itself.</summary>
    public static Dual Vjp<TRow>(TRow row, ReadOnlySpan<Dual> x, Span<Dual> y, ReadOnlySpan<Dual> cY, Span<Dual> dX)
        where TRow : struct, IRowOperator<Dual>
    {
        if (!Exist(x)) return row.Vjp(x, y, cY, dX);

        using var constant = new StopGradient(cY);
        using var beside = Scratch.Rent<Dual>(x.Length);
        using var gradient = Scratch.Rent<Dual>(x.Length);
        using var corrections = Scratch.RentCleared<double>(x.Length);
        var correction = 0.0;
        foreach (var (side, weight) in Runs)
        {
            Perturb(x, side, beside.Span);
            correction += weight * row.Vjp(beside.Span, default, constant.Row, gradient.Span).Tangent;
            AddTangents(gradient.Span, weight, corrections.Span);
        }

        var dSoftness = row.Vjp(x, y, cY, dX);
        if (!double.IsFinite(correction) || !AreFinite(corrections.Span)) return dSoftness;
        Correct(dX, corrections.Span);
        return Moved(dSoftness, correction);
    }

    /// <summary>The forward mode. Tangents of tangents, in which it is linear, are multiplied by the derivatives at the tie itself.</summary>
    public static void Jvp<TRow>(TRow row, ReadOnlySpan<Dual> x, ReadOnlySpan<Dual> tX, Dual tSoftness, Span<Dual> y, Span<Dual> tY)
        where TRow : struct, IRowOperator<Dual>
    {
        if (!Exist(x))
        {
            row.Jvp(x, tX, tSoftness, y, tY);
            return;
        }

        using var constant = new StopGradient(tX);
        using var beside = Scratch.Rent<Dual>(x.Length);
        using var value = Scratch.Rent<Dual>(y.Length);
        using var tangent = Scratch.Rent<Dual>(tY.Length);
        using var corrections = Scratch.RentCleared<double>(tY.Length);
        foreach (var (side, weight) in Runs)
        {
            Perturb(x, side, beside.Span);
            row.Jvp(beside.Span, constant.Row, StopGradient.Of(tSoftness), value.Span, tangent.Span);
            AddTangents(tangent.Span, weight, corrections.Span);
        }

        row.Jvp(x, tX, tSoftness, y, tY);
        if (AreFinite(corrections.Span)) Correct(tY, corrections.Span);
    }

    private static bool Exist(ReadOnlySpan<Dual> x)
    {
        using var rented = Scratch.Rent<double>(x.Length);
        var values = rented.Span;
        for (var i = 0; i < x.Length; i++) values[i] = x[i].Value;
        values.Sort();
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] == values[i - 1]) return true;
        }

        return false;
    }

    // Steps that differ, so that sums and differences of perturbations do not vanish by accident: those of multiples of the golden ratio.
    private static void Perturb(ReadOnlySpan<Dual> x, int side, Span<Dual> beside)
    {
        const double Ratio = 0.6180339887498949;
        for (var i = 0; i < x.Length; i++)
        {
            var step = Ratio * i;
            beside[i] = new(x[i].Value, x[i].Tangent, side * (i + ((step - System.Math.Floor(step)) / 2)));
        }
    }

    private static void AddTangents(ReadOnlySpan<Dual> numbers, double weight, Span<double> sums)
    {
        for (var i = 0; i < sums.Length; i++) sums[i] += weight * numbers[i].Tangent;
    }

    // Beside a tie a function such as the root may have an infinite slope. The derivatives at the tie are returned then.
    private static bool AreFinite(ReadOnlySpan<double> corrections)
    {
        foreach (var correction in corrections)
        {
            if (!double.IsFinite(correction)) return false;
        }

        return true;
    }

    private static void Correct(Span<Dual> numbers, ReadOnlySpan<double> corrections)
    {
        for (var i = 0; i < numbers.Length; i++) numbers[i] = Moved(numbers[i], corrections[i]);
    }

    private static Dual Moved(Dual number, double correction) => new(number.Value, number.Tangent + correction);
}
