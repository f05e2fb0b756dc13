using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Mutilation;
using Xunit.Abstractions;

namespace SoftDiff.Generator.Fuzz.Tests;

/// <summary>Fresh programs in every run. The seed is printed; the command line repeats a run by it.</summary>
public sealed class RandomProgramsTests(ITestOutputHelper output)
{
    private const int Programs = 300;

    private const int MutilatedSources = 1000;

    private readonly int _seed = Environment.TickCount & 0xffffff;

    /// <summary>A generator that draws outside the language, or programs that cannot be checked, would pass otherwise.</summary>
    private const double MostLeftOut = 0.03;

    [Fact]
    public void Fresh_programs_have_the_derivatives_of_their_dual_numbers()
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
