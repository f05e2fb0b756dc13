using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace SoftDiff;

/// <summary>The result of a <see cref="GradientCheck"/>: all comparisons, and the worst of them.</summary>
public sealed class GradientReport
{
    private const int TableRows = 10;
    private const int NameWidth = 12;

    internal GradientReport(List<GradientEntry> entries)
    {
        // Stable: of equally bad entries the first one is reported.
        Entries = entries.OrderByDescending(entry => entry.Excess).ToList().AsReadOnly();
    }

    /// <summary>All comparisons, the worst first.</summary>
    public ReadOnlyCollection<GradientEntry> Entries { get; }

    /// <summary>The worst comparison.</summary>
    public GradientEntry Worst => Entries[0];

    /// <summary>The index of the worst entry of the gradient; -1 if the worst comparison belongs to no entry.</summary>
    public int WorstIndex => Worst.Index;

    /// <summary>The number that the derivative under test gives in the worst comparison.</summary>
    public double Analytic => Worst.Analytic;

    /// <summary>The number it is compared with in the worst comparison.</summary>
    public double Numeric => Worst.Numeric;

    /// <summary>The relative error of the worst comparison.</summary>
    public double RelativeError => Worst.RelativeError;

    /// <summary>The tolerance of the worst comparison.</summary>
    public double Tolerance => Worst.Tolerance;

    /// <summary>Whether every comparison is within its tolerance.</summary>
    public bool Passed => Entries.All(entry => entry.Passed);

    /// <summary>One line if the check passed, otherwise a table of the worst entries.</summary>
    /// <returns>The text, the same in every culture.</returns>
    public override string ToString()
    {
        if (Passed) return string.Create(CultureInfo.InvariantCulture, $"The gradient is right in all {Entries.Count} comparisons; worst: {Worst}");

        var failed = Entries.Count(entry => !entry.Passed);
        var rows = Entries.Where(entry => !entry.Passed).Take(TableRows).ToList();
        var width = Math.Max(NameWidth, rows.Max(entry => entry.Name.Length) + 1);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The gradient is wrong in {failed} of {Entries.Count} comparisons; the worst:\n");
        text.Append(CultureInfo.InvariantCulture, $"{"".PadRight(width)}{"analytic",26}{"numeric",26}{"relative error",16}{"tolerance",11}");
        foreach (var entry in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{entry.Name.PadRight(width)}{entry.Analytic,26:G17}{entry.Numeric,26:G17}{entry.RelativeError,16:E2}{entry.Tolerance,11:E0}");
        }

        return text.ToString();
    }
}
