namespace SoftDiff;

/// <summary>Where a quantile lies among the sorted elements: (1 - Fraction) of the one at Index and Fraction of the next.</summary>
/// <param name="Index">The position, from 0 in ascending order.</param>
/// <param name="HasNext">Whether the element after it, or the last again, has a part; the fraction may be 0 even so.</param>
/// <param name="Fraction">The part of the next.</param>
internal readonly record struct QuantilePosition(int Index, bool HasNext, double Fraction)
{
    /// <summary>The position for p = q (n - 1), with q clipped to [0, 1].</summary>
    public static QuantilePosition Of(double q, int n, QuantileMethod method)
    {
        var p = Math.Clamp(q, 0, 1) * (n - 1);
        var (lower, higher, nearest) = ((int)Math.Floor(p), (int)Math.Ceiling(p), Math.Round(p));
        return method switch
        {
            QuantileMethod.Linear => new(lower, true, p - lower),
            QuantileMethod.Lower => new(lower, false, 0),
            QuantileMethod.Higher => new(higher, false, 0),
            QuantileMethod.Nearest => new(p - lower <= 0.5 ? lower : higher, false, 0),
            _ => new(lower, true, Math.Abs(p - nearest) <= 1e-8 + (1e-5 * Math.Abs(nearest)) ? 0 : 0.5),
        };
    }
}
