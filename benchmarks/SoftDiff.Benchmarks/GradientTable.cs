using SoftDiff.Benchmarks.Operators;

namespace SoftDiff.Benchmarks;

/// <summary>Gradients and soft operators, and what several cores gain.</summary>
internal static class GradientTable
{
    public static int Run(RunOptions options)
    {
        var measurement = options.Quick ? Measurement.Quick : Measurement.Thorough;
        var rows = new List<Row>();
        bool agreed = true;
        Report.Heading();
        foreach (var comparison in Suite.All().Where(comparison => options.Selects(comparison.Name)))
        {
            if (comparison.Kind == RowKind.Stability && rows.TrueForAll(row => row.Kind != RowKind.Stability)) Report.StabilityHeading();
            try
            {
                rows.Add(measurement.Measure(comparison));
                Report.Line(rows[^1]);
            }
            catch (DisagreementException disagreement)
            {
                agreed = false;
                Console.WriteLine($"{comparison.Name,-52} WRONG: {disagreement.Message}");
            }
        }

        Report.Summary(rows);
        if (options.Filter.Length == 0) Report.Save(rows);
        OperatorTable.Run(options.Quick, options.Filter);
        if (options.Filter.Length == 0) CoresTable.Run(options.Quick);
        return agreed ? 0 : 1;
    }
}
