using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>
/// Constructs next to the supported ones that have no derivative yet. Each must be an error on its own line, and the companions must throw:
/// never a wrong gradient. When one becomes supported, it moves to the probes.
/// </summary>
public sealed class RefusedTests
{
    [Theory]
    [InlineData("an array that one branch makes", "return a[0] * a.Length;", """
        public static double F(double x)
        {
            double[] a;
            if (x > 0) a = [x];
            else a = [x, x * x];
            return a[0] * a.Length;
        }
        """)]
    [InlineData("a local function that calls itself and uses a variable from around it", "return n == 0 ? x : Power(n - 1) * x;", """
        public static double F(double x)
        {
            return Power(3);

            double Power(int n)
            {
                return n == 0 ? x : Power(n - 1) * x;
            }
        }
        """)]
    [InlineData("one of two arrays returned by a helper", "double[] pair = Pair(x);", """
        public static double F(double x)
        {
            double[] pair = Pair(x);
            return pair[0];
        }

        private static double[] Pair(double x)
        {
            if (x > 0) return [x];
            return [x, x * x];
        }
        """)]
    [InlineData("a goto that jumps back", "if (x < 1) goto again;", """
        public static double F(double x)
        {
            again:
            x *= 2;
            if (x < 1) goto again;
            return x;
        }
        """)]
    public void IsAnErrorAtTheConstruct(string construct, string line, string method)
    {
        SourceFile source = $"using System;\nusing SoftDiff;\npublic static partial class C\n{{\n[Differentiable]\n{method}\n}}\n";
        GeneratorRun run = GeneratorHarness.Run(source);
        Diagnostic[] errors =
            [.. GeneratorHarness.Analyze(run.Output).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.StartsWith("SD1", error.Id));
        string[] lines = source.Text.Split('\n');
        Assert.True(
            errors.Any(error => lines[error.Location.GetLineSpan().StartLinePosition.Line].Trim() == line),
            $"{construct}:\n{GeneratorRun.Describe(errors)}");
        Assert.Contains("NotSupportedException", run.Generated.Values.Single());
    }
}
