namespace SoftDiff;

/// <summary>
/// Makes a row constant for all derivatives, nested ones too. These elements have no tangents; the twin for dual numbers drops them.
/// </summary>
/// <param name="row">The row.</param>
internal readonly ref struct StopGradient(ReadOnlySpan<double> row)
{
    /// <summary>The elements.</summary>
    public ReadOnlySpan<double> Row { get; } = row;

    /// <summary>The same for a number.</summary>
    public static double Of(double number) => number;

    /// <summary>Gives back what memory the row takes.</summary>
    public void Dispose()
    {
    }
}
