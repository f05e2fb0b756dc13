using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Mutilation;
using Xunit.Abstractions;

namespace SoftDiff.Generator.Fuzz.Tests;

/// <summary>
/// Random programs and mutilated sources. Each commit has a seed of its own (<see cref="Seed"/>), which is printed; the command line repeats a run
/// by it. The environment variable SOFTDIFF_FUZZ_SEED pins it.
/// </summary>
public sealed class RandomProgramsTests(ITestOutputHelper output)
{
    private const int Programs = 300;

    private const int MutilatedSources = 1000;

    private const int NestedPrograms = 30;

    private const int TransformedPrograms = 30;

    private readonly int _seed = Seed.Choose();

    /// <summary>A generator that draws outside the language, or programs that cannot be checked, would pass otherwise.</summary>
    private const double MostLeftOut = 0.03;

    /// <summary>As above for second derivatives, and for kinks near the points. Few programs are drawn, so that chance has its part.</summary>
    private const double MostNotJudged = 0.2;

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
    public void Programs_have_the_second_derivatives_that_differences_show()
    {
        StringWriter report = new();
        FuzzRun run = new(report);
        run.Programs(new NestedCheck(), _seed, first: 0, NestedPrograms);
        output.WriteLine(report.ToString());
        Assert.True(run.Failures == 0, report.ToString());
        Assert.True(run.PartLeftOut + run.PartAtKinks <= MostNotJudged, report.ToString());
    }

    [Fact]
    public void Programs_have_the_transformations_that_loops_nesting_and_differences_show()
    {
        StringWriter report = new();
        FuzzRun run = new(report);
        run.Programs(new TransformationsCheck(), _seed, first: 0, TransformedPrograms);
        output.WriteLine(report.ToString());
        Assert.True(run.Failures == 0, report.ToString());
        Assert.True(run.PartLeftOut + run.PartAtKinks <= MostNotJudged, report.ToString());
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
