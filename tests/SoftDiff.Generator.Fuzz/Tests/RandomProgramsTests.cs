using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Mutilation;
using Xunit.Abstractions;

namespace SoftDiff.Generator.Fuzz.Tests;

/// <summary>
/// Random programs and mutilated sources. SOFTDIFF_FUZZ_SEED sets another seed, and <c>fresh</c> takes it from the clock. It is printed; the command line
/// repeats a run by it.
/// </summary>
public sealed class RandomProgramsTests(ITestOutputHelper output)
{
    private const int Programs = 300;

    private const int MutilatedSources = 1000;

    // The seed of the runs that no longer find a fault. Fresh seeds become the default once several thousand programs have been run.
    private const int Checked = 9516776;

    private readonly int _seed = Environment.GetEnvironmentVariable("SOFTDIFF_FUZZ_SEED") switch
    {
        "fresh" => Environment.TickCount & 0xffffff,
        { Length: > 0 } seed => int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture),
        _ => Checked,
    };

    /// <summary>A generator that draws outside the language, or programs that cannot be checked, would pass otherwise.</summary>
    private const double MostLeftOut = 0.03;

    [Fact]
    public void Programs_have_the_derivatives_of_their_dual_numbers()
    {
        StringWriter report = new();
        FuzzRun run = new(report);
        run.Programs(new DualNumbersCheck(), _seed, first: 0, Programs);
        output.WriteLine(report.ToString());
        Assert.True(run.Failures == 0, report.ToString());
        Assert.True(run.PartLeftOut <= MostLeftOut, report.ToString());
    }

    [Fact]
    public void Mutilated_sources_throw_no_exceptions()
    {
        StringWriter report = new();
        FuzzRun run = new(report);
        report.WriteLine($"seed {_seed}");
        run.Mutilated(new SurvivalCheck(), Mutilator.Draw(_seed, MutilatedSources));
        output.WriteLine(report.ToString());
        Assert.True(run.Failures == 0, report.ToString());
    }
}
