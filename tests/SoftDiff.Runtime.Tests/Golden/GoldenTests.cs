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

    /// <summary>
    /// The table of tolerances lists what the rows have and nothing else, and its errors are seen: a run on another vector unit may see a third of them, and
    /// an error below a few roundings says nothing.
    /// </summary>
    [Fact]
    public void TolerancesAreTight()
    {
        var text = Summary.Text();
        log.WriteLine(text);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "golden-summary.txt"), text);
        if (!GoldenFiles.AreOurs) return;
        Assert.Equal(GoldenFiles.Rows.Select(SeenErrors.Key).Distinct().Order(StringComparer.Ordinal), SeenErrors.All.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, (wide, narrow)) in SeenErrors.All)
        {
            Assert.True(
                wide <= double.Max(3 * Summary.Seen(key, "double"), 2e-15),
                $"{key}, double: {wide} in the table, {Summary.Seen(key, "double")} seen");
            Assert.True(
                narrow <= double.Max(3 * Summary.Seen(key, "float"), 2e-7),
                $"{key}, float: {narrow} in the table, {Summary.Seen(key, "float")} seen");
        }
    }

    /// <summary>Neither more nor fewer numbers are excused than each excuse says.</summary>
    [Fact]
    public void ExcusesAreCounted()
    {
        if (!GoldenFiles.AreOurs) return;
        var wrong = new StringBuilder();
        foreach (var difference in KnownDifferences.All)
        {
            var counted = (Excused(difference, single: false), Excused(difference, single: true));
            if (counted != difference.Numbers) wrong.AppendLine(CultureInfo.InvariantCulture, $"{counted} for {difference.Numbers}: {difference.Reason}");
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static int Excused(KnownDifference difference, bool single) => GoldenFiles.Rows.Where(row => difference.AppliesTo(row, single)).Sum(row =>
    {
        var tolerance = new Tolerance(row, single);
        return row.Numbers().Count(number => tolerance.Of(number).Excuse == difference);
    });
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
            + string.Create(CultureInfo.InvariantCulture, $"{compared.Sum(o => o.Numbers),8} numbers {compared.Sum(o => o.Rounded),5} inputs rounded, ")
            + string.Create(CultureInfo.InvariantCulture, $"largest error {(compared.Count == 0 ? 0 : compared.Max(o => o.Worst.Error)):G3}, worst {worst.Ratio:G3} tolerances");
    }

    /// <summary>The largest error of an operator and method, in units of its tolerance.</summary>
    public static double Seen(string key, string precision) => Results.Of(GoldenFiles.Rows.First(row => SeenErrors.Key(row) == key).Op, precision)
        .Where(outcome => SeenErrors.Key(outcome.Row) == key).Max(outcome => outcome.Seen);

    public static string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{GoldenFiles.Rows.Count} reference rows from {GoldenFiles.Folder}");
        foreach (var precision in new[] { "double", "float" })
        {
            var all = Operators.SelectMany(op => Results.Of(op, precision)).ToList();
            foreach (var op in Operators) text.AppendLine(Line(op, precision, Results.Of(op, precision)));
            text.AppendLine(CultureInfo.InvariantCulture, $"{precision}: {all.Count(outcome => outcome.Passed)} of {GoldenFiles.Rows.Count} rows pass");
            foreach (var difference in KnownDifferences.All)
            {
                var excused = all.Where(outcome => outcome.Excused.ContainsKey(difference)).ToList();
                var worst = excused.Select(outcome => outcome.Excused[difference]).DefaultIfEmpty().Max();
                text.AppendLine(CultureInfo.InvariantCulture, $"  {excused.Count,4} rows on purpose, worst {worst:G3} of what is allowed: {difference.Reason}");
            }
        }

        text.AppendLine("# operator and method\tdouble\tfloat: the largest errors seen");
        foreach (var key in GoldenFiles.Rows.Select(SeenErrors.Key).Distinct().Order(StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"{key}\t{Seen(key, "double"):G2}\t{Seen(key, "float"):G2}");
        return text.ToString();
    }

    private static IEnumerable<string> Operators => GoldenFiles.Rows.Select(row => row.Op).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
