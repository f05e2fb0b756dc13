using System.Globalization;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Rules;

public class KinksDocumentTests
{
    [Fact]
    public void EveryRowStandsInTheDocument()
    {
        var document = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "kinks.md"));
        var listed = document.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        var wanted = ScalarFunctions.All.Select(Line).ToArray();
        var missing = wanted.Except(listed).ToArray();
        var stale = listed.Except(wanted).ToArray();
        Assert.True(
            missing.Length == 0 && stale.Length == 0,
            "docs/kinks.md lacks\n" + string.Join("\n", missing) + "\nand has what no row says\n" + string.Join("\n", stale));
    }

    private static string Line(ScalarFunction function)
    {
        if (function.Derivative is not { } derivative) return $"| `{function.Code}` | {function.ZeroReason} |";
        var points = derivative.Points.Select(point => $"({Show(point.Inputs)}): {Show(point.Partials)}");
        return $"| `{function.Code}` | {Escape(derivative.Formulas)} | {Escape(derivative.Kink)} | {string.Join("; ", points)} |";
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Show(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(Show));

    private static string Show(double number) => number switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        double.NaN => "NaN",
        double.Epsilon => "ε",
        _ => number.ToString("G4", CultureInfo.InvariantCulture),
    };
}
