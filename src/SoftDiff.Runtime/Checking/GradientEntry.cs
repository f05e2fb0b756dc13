using System.Globalization;

namespace SoftDiff;

/// <summary>One comparison of a <see cref="GradientReport"/>.</summary>
/// <param name="Name">The quantity compared: <c>dX[3]</c>, <c>value</c>, or <c>jvp</c> (an inner product with forward mode).</param>
/// <param name="Index">The index of the entry of the gradient, or -1 for a comparison that belongs to no entry.</param>
/// <param name="Analytic">The number that the derivative under test gives.</param>
/// <param name="Numeric">The number it is compared with.</param>
/// <param name="RelativeError">
/// |<paramref name="Analytic"/> - <paramref name="Numeric"/>| divided by the scale of the entry (see <see cref="GradientCheck"/>).
/// </param>
/// <param name="Tolerance">The largest relative error that passes.</param>
public sealed record GradientEntry(string Name, int Index, double Analytic, double Numeric, double RelativeError, double Tolerance)
{
    /// <summary>Whether the two agree. NaN never passes.</summary>
    public bool Passed => RelativeError <= Tolerance;

    // In units of the tolerance, so that entries with different tolerances can be ranked; NaN is worse than anything.
    internal double Excess => double.IsNaN(RelativeError) ? double.PositiveInfinity : RelativeError / Tolerance;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: analytic {Analytic:G17}, numeric {Numeric:G17}, relative error {RelativeError:E2}, tolerance {Tolerance:E0}");
}
