using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>Calls of methods whose symbol the project defines.</summary>
public class ConditionalCallTests
{
    private const string Assertion = """
        using System.Diagnostics;
        using SoftDiff;

        public static partial class C
        {
            [Differentiable] public static double F(double x) { Debug.Assert(x > 0, "positive"); return x * x; }
        }
        """;

    private static readonly CompilationSettings Debugging = new() { Symbols = ["DEBUG"] };

    [Fact]
    public void An_assertion_that_is_kept_runs_once_before_the_reverse_sweep()
    {
        using GeneratorRun run = GeneratorHarness.Run(Debugging, Assertion);

        string gradient = run.Text("C.F").Split("FVjp")[0];
        Assert.Equal(2, gradient.Split("global::System.Diagnostics.Debug.Assert(x > 0d, \"positive\");").Length);
    }

    [Fact]
    public void An_assertion_that_is_left_out_leaves_nothing()
    {
        using GeneratorRun run = GeneratorHarness.Run(Assertion);

        Assert.DoesNotContain("System.Diagnostics", run.Text("C.F"));
    }

    [Theory]
    [InlineData("", "Debug.WriteLine(x)")]
    [InlineData("#define TRACE\n", "Trace.Assert(x > 0)")]
    public void What_only_shows_numbers_is_kept(string define, string call)
    {
        using GeneratorRun run = GeneratorHarness.Run(Debugging, define + Assertion.Replace("Debug.Assert(x > 0, \"positive\")", call));

        Assert.Contains("global::System.Diagnostics." + call.TrimEnd(')'), run.Text("C.F"));
    }

    [Fact]
    public void What_cannot_be_kept_is_an_error_on_the_argument()
    {
        string source = Assertion.Replace("\"positive\"", "$\"{x} is not positive\"");
        using GeneratorRun run = GeneratorHarness.RunUnchecked(Debugging, source);

        Diagnostic found = Assert.Single(GeneratorHarness.Analyze(run.Output));
        Assert.Equal("SD1002", found.Id);
        Assert.Equal("$\"{x} is not positive\"", found.Location.SourceTree!.GetText().ToString(found.Location.SourceSpan));
    }
}
