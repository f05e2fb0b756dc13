namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>Something in which the operators differ from the references on purpose.</summary>
/// <param name="Reason">Why, with its size.</param>
/// <param name="AppliesTo">The rows, given whether they are computed as float.</param>
/// <param name="Tolerance">
/// The error allowed for a quantity, given its row and reference; infinite where the numbers are not comparable (then ours must be finite), 0 for no
/// more than usual.
/// </param>
internal sealed record KnownDifference(string Reason, Func<GoldenRow, bool, bool> AppliesTo, Func<GoldenRow, Quantity, double, double> Tolerance);

/// <summary>The differences on purpose, all of them. docs/soft-operators.md explains them to users.</summary>
internal static class KnownDifferences
{
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new(
            "The gradient of the reference is NaN: it evaluates a polynomial that overflows (|x| ≥ 1e300, ±∞) and masks it, or takes the logarithm "
            + "of a probability that is 0. Ours is the limit.",
            (row, _) => row.Grads.Values.Any(g => g.Data.Any(double.IsNaN)) || row.GradSoftness is double.NaN,
            (_, quantity, reference) => quantity != Quantity.Output && double.IsNaN(reference) ? double.PositiveInfinity : 0),
        new(
            "The permutahedron methods of the reference use raw moments in the modes c1 and c2 and lose digits at small softness (up to 5e-6 at "
            + "s = 0.001): 1e-6 is allowed for s ≤ 0.01.",
            (row, single) => !single && row.Method == "fast_soft_sort" && row.ModeName is "c1" or "c2" && row.Softness <= 0.01,
            (_, _, reference) => 1e-6 * (1 + double.Abs(reference))),
        new(
            "The sorting network of the reference pads every row of an array that is not standardised with 1 + the largest element of the whole array, "
            + "which couples the rows; ours pads with 1 + the largest of the row.",
            (row, _) => row.TextOrNull("note") is { } note && note.StartsWith("padding sentinel", StringComparison.Ordinal),
            (_, _, _) => double.PositiveInfinity),
        new(
            "The gradient of the softness is a sum in which the reference takes differences of numbers of size |x| / s far outside the soft region, where ours is "
            + "0: 8 roundings of the largest of them. Arithmetic of 60 digits confirms ours.",
            (row, single) => !single && row.GradSoftness is not null && row.Method is null && row.Inputs.ContainsKey("x"),
            (row, quantity, _) => quantity == Quantity.SoftnessGradient ? 8 * Rounding * Largest(row) / row.Softness : 0),
        new(
            "The reference takes the root in C2PNorm for a constant where |x| < 6e-6 s, which leaves its derivatives wrong by up to 1.5e-6 of themselves. "
            + "Arithmetic of 60 digits confirms ours.",
            (row, single) => !single && row.ModeName == "_c2_pnorm",
            (_, quantity, reference) => quantity is Quantity.Gradient or Quantity.SoftnessGradient ? 1.5e-6 * double.Abs(reference) : 0),
    ];

    private static double Rounding => double.BitIncrement(1) - 1;

    private static double Largest(GoldenRow row) => row.Inputs["x"].Data.Zip(row.Cotangent.Data, (x, c) => double.Abs(x * c)).DefaultIfEmpty().Max();
}
