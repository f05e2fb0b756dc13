namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>Something in which the operators differ from the references on purpose.</summary>
/// <param name="Reason">Why, with its size.</param>
/// <param name="Numbers">How many numbers of the rows in the repository it excuses, computed as double and as float.</param>
/// <param name="AppliesTo">The rows, given whether they are computed as float.</param>
/// <param name="Error">The error allowed for a number of such a row; 0 for no more than usual.</param>
internal sealed record KnownDifference(
    string Reason, (int Double, int Single) Numbers, Func<GoldenRow, bool, bool> AppliesTo, Func<GoldenRow, Number, double> Error);

/// <summary>The differences on purpose, all of them. docs/soft-operators.md explains them to users.</summary>
internal static class KnownDifferences
{
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new(
            "The permutahedron methods of the reference use raw moments in the modes c1 and c2 and lose digits at small softness, in the "
            + "rows here up to 1.7e-9: 1e-8 is allowed for s ≤ 0.01.",
            (415, 0),
            (row, single) => !single && row.Method == "fast_soft_sort" && row.ModeName is "c1" or "c2" && row.Softness <= 0.01,
            (_, number) => 1e-8 * (1 + double.Abs(number.Reference))),
        new(
            "The sorting network of the reference pads every row of an array that is not standardised with 1 + the largest element of the whole array, "
            + "which couples the rows; ours pads with 1 + the largest of the row. The row that holds the largest element is compared; the values of the others "
            + "are within the range that the operator has.",
            (58, 58),
            (row, _) => PaddedRows.Has(row),
            (row, number) => new PaddedRows(row).ErrorOfValue(number)),
        new(
            "The same for gradients, which differ by up to 0.59: 5 is allowed.",
            (84, 84),
            (row, _) => PaddedRows.Has(row),
            (row, number) => new PaddedRows(row).HasOtherGradient(number) ? 5 : 0),
        new(
            "The gradient of the softness is a sum in which the reference takes differences of numbers of size |x| / s far outside the soft region, where ours is "
            + "0: up to 8.6 roundings of the largest of them are seen, and 16 allowed. Arithmetic of 60 digits confirms ours.",
            (603, 0),
            (row, single) => !single && row.GradSoftness is not null && row.Method is null && row.Inputs.ContainsKey("x"),
            (row, number) => number.Quantity == Quantity.SoftnessGradient ? 16 * Rounding * Largest(row) / row.Softness : 0),
        new(
            "The reference takes the root in C2PNorm for a constant where |x| < 6e-6 s, which leaves its derivatives wrong, in the rows here by up to 2.1e-8 of "
            + "themselves: 2e-7 is allowed. Arithmetic of 60 digits confirms ours.",
            (686, 0),
            (row, single) => !single && row.ModeName == "_c2_pnorm",
            (_, number) => number.Quantity is Quantity.Gradient or Quantity.SoftnessGradient ? 2e-7 * double.Abs(number.Reference) : 0),
    ];

    private static double Rounding => double.BitIncrement(1) - 1;

    private static double Largest(GoldenRow row) => row.Inputs["x"].Data.Zip(row.Cotangent.Data, (x, c) => double.Abs(x * c)).DefaultIfEmpty().Max();
}
