using System.Globalization;
using System.Numerics;
using System.Text;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>
/// The public operators against reference values and gradients. Another folder of references is taken from the environment variable
/// SOFTDIFF_GOLDEN. The summary is printed and stands in golden-summary.txt next to the test assembly.
/// </summary>
public sealed class GoldenTests(ITestOutputHelper log)
{
    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var op in GoldenFiles.Rows.Select(row => row.Op).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            data.Add(op, "double");
            data.Add(op, "float");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void AgreesWithReferences(string op, string precision)
    {
        var outcomes = Results.Of(op, precision);
        log.WriteLine(Summary.Line(op, precision, outcomes));
        var failed = outcomes.Where(outcome => !outcome.Passed).ToList();
        if (failed.Count == 0) return;
        foreach (var outcome in failed) log.WriteLine($"  {outcome}");
        Assert.Fail($"{failed.Count} of {outcomes.Count} rows of {op} ({precision}) are out of tolerance:\n"
            + string.Join('\n', failed.Take(20).Select(outcome => $"  {outcome}")) + (failed.Count > 20 ? "\n  …" : "") + "\nids: "
            + string.Join(' ', failed.Select(outcome => outcome.Row.Id)));
    }

    [Fact]
    public void Summarise()
    {
        var text = Summary.Text();
        log.WriteLine(text);
        Console.WriteLine(text);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "golden-summary.txt"), text);
    }
}

/// <summary>The outcomes, computed once for each operator and precision.</summary>
internal static class Results
{
    private static readonly Dictionary<(string Op, string Precision), IReadOnlyList<Outcome>> Known = [];

    public static IReadOnlyList<Outcome> Of(string op, string precision)
    {
        lock (Known)
        {
            if (!Known.TryGetValue((op, precision), out var outcomes))
            {
                var rows = GoldenFiles.Rows.Where(row => row.Op == op);
                outcomes = precision == "double"
                    ? rows.Select(Run<double>).ToList()
                    : rows.Select(Run<float>).ToList();
                Known.Add((op, precision), outcomes);
            }

            return outcomes;
        }
    }

    private static Outcome Run<T>(GoldenRow row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return Comparison<T>.Run(row);
        }
        catch (Exception thrown)
        {
            return new Outcome(row) { Thrown = (thrown is NotSupportedException ? thrown.Message : thrown.ToString()) };
        }
    }
}

internal static class Summary
{
    public static string Line(string op, string precision, IReadOnlyList<Outcome> outcomes)
    {
        var compared = outcomes.Where(outcome => outcome.Thrown is null).ToList();
        var worst = compared.Count == 0 ? default : compared.MaxBy(outcome => outcome.Worst.Ratio)!.Worst;
        return string.Create(CultureInfo.InvariantCulture, $"{op,-24} {precision,-6} {outcomes.Count,5} rows {outcomes.Count(o => o.Passed),5} pass ")
            + string.Create(CultureInfo.InvariantCulture, $"{compared.Sum(o => o.Numbers),8} numbers {compared.Sum(o => o.Excused),6} excused {compared.Sum(o => o.Rounded),5} inputs rounded, ")
            + string.Create(CultureInfo.InvariantCulture, $"largest error {(compared.Count == 0 ? 0 : compared.Max(o => o.Worst.Error)):G3}, worst {worst.Ratio:G3} tolerances");
    }

    public static string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{GoldenFiles.Rows.Count} reference rows from {GoldenFiles.Folder}");
        foreach (var precision in new[] { "double", "float" })
        {
            var passed = 0;
            foreach (var op in GoldenFiles.Rows.Select(row => row.Op).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var outcomes = Results.Of(op, precision);
                passed += outcomes.Count(outcome => outcome.Passed);
                text.AppendLine(Line(op, precision, outcomes));
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"{precision}: {passed} of {GoldenFiles.Rows.Count} rows pass");
            foreach (var difference in KnownDifferences.All)
            {
                var rows = GoldenFiles.Rows.Count(row => difference.AppliesTo(row, precision == "float"));
                text.AppendLine(CultureInfo.InvariantCulture, $"  {rows,4} rows on purpose: {difference.Reason}");
            }
        }

        return text.ToString();
    }
}
