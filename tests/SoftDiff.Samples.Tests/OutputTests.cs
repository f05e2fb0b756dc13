using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace SoftDiff.Samples.Tests;

/// <summary>
/// Runs the samples and compares their output with docs/samples.md. Numbers may differ in their last digits, as they do from machine to machine, and
/// plots are not compared. With the environment variable SOFTDIFF_UPDATE_DOCS=1 the test writes the page instead.
/// </summary>
public static partial class OutputTests
{
    private const double Tolerance = 0.02;

    private static readonly string Page = Path.Combine(Root(AppContext.BaseDirectory), "docs", "samples.md");

    public static TheoryData<string> Samples => new("TdLearning", "Maml", "Greeks", "Pendulum");

    [Theory]
    [MemberData(nameof(Samples))]
    public static void The_page_shows_what_a_sample_prints(string sample)
    {
        string page = File.ReadAllText(Page).Replace("\r\n", "\n", StringComparison.Ordinal);
        string begin = $"<!-- {sample.ToLowerInvariant()}:begin -->\n";
        int start = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int end = page.IndexOf($"<!-- {sample.ToLowerInvariant()}:end -->", StringComparison.Ordinal);
        Assert.True(start >= begin.Length && end > start, "The page has no section for the sample.");
        string printed = "\n```\n" + Output(sample).TrimEnd() + "\n```\n";
        if (Environment.GetEnvironmentVariable("SOFTDIFF_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Page, page[..start] + printed + page[end..]);
            return;
        }

        string[] shown = Lines(page[start..end]), wanted = Lines(printed);
        Assert.Equal(wanted.Length, shown.Length);
        Assert.All(wanted.Zip(shown), line => Assert.True(Agree(line.First, line.Second), $"The page shows\n{line.Second}\nthe sample prints\n{line.First}"));
    }

    [Theory]
    [InlineData("error 0.250 after 5", "error 0.251 after 5", true)]
    [InlineData("error 0.250 after 5", "error 0.350 after 5", false)]
    [InlineData("error 0.250 after 5", "loss 0.250 after 5", false)]
    [InlineData("difference -3.9E-016", "difference 2.2E-016", true)]
    public static void Lines_agree_but_for_last_digits(string one, string other, bool expected) => Assert.Equal(expected, Agree(one, other));

    /// <summary>What the sample writes to the console, without the times that it measures.</summary>
    private static string Output(string sample)
    {
        var (console, culture) = (Console.Out, CultureInfo.CurrentCulture);
        using StringWriter written = new() { NewLine = "\n" };
        try
        {
            Console.SetOut(written);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assembly.Load(sample).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            CultureInfo.CurrentCulture = culture;
        }

        string output = written.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        return Time().Replace(string.Join("\n", output.Split('\n').Select(line => line.TrimEnd())), "… ms");
    }

    /// <summary>The lines but those of plots.</summary>
    private static string[] Lines(string text) => text.Split('\n').Where(line => !Plot().IsMatch(line)).ToArray();

    private static bool Agree(string one, string other)
    {
        string Outline(string line) => string.Join(" ", Number().Replace(line, "#").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        double[] Numbers(string line) => Number().Matches(line).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
        return Outline(one) == Outline(other) && Numbers(one).Zip(Numbers(other)).All(pair =>
            Math.Abs(pair.First - pair.Second) <= 1e-11 + (Tolerance * Math.Max(Math.Abs(pair.First), Math.Abs(pair.Second))));
    }

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "SoftDiff.sln")) ? folder : Root(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("SoftDiff.sln"));

    [GeneratedRegex(@"-?\d+(\.\d+)?(E[-+]\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\d+(\.\d+)? ms")]
    private static partial Regex Time();

    [GeneratedRegex(@"^ *(-?[\d.]+(E[-+]?\d+)?)? *[|+]|^ {10,}-?[\d.]+ +-?[\d.]+$")]
    private static partial Regex Plot();
}
