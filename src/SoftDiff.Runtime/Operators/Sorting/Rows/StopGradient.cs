namespace SoftDiff;

/// <summary>
/// A row as a constant of all derivatives, also where derivatives nest: these elements have no tangents to begin with; the twin for dual
/// numbers leaves theirs out.
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
