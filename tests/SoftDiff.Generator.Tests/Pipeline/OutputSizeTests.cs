using System.Diagnostics;
using System.Text;
using SoftDiff.Generator.Tests.Harness;
using Xunit.Abstractions;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>The output grows with the method, not with the number of paths through it.</summary>
public class OutputSizeTests(ITestOutputHelper output)
{
    [Fact]
    public void Locals_used_twice_give_output_that_grows_linearly()
    {
        // So that the times printed are those of a warm compiler.
        for (int i = 0; i < 10; i++) Generate(200);

        int lines200 = Lines(Generate(200));
        int lines400 = Lines(Generate(400));

        output.WriteLine($"{lines200} lines for 200 locals, {lines400} for 400");
        Assert.True(lines400 <= 2.2 * lines200, $"{lines400} lines for 400 locals, {lines200} for 200");
    }

    /// <summary>
    /// A polynomial of thousands of statements is one expression. A stack of an eighth of the usual size stands for a method eight times as long.
    /// </summary>
    [Theory]
    [InlineData("s = s + v0 * 0.5;")]
    [InlineData("s = s * v0 + 0.5;")]
    [InlineData("s = Math.Sin(s * v0);")]
    [InlineData("s = Math.Max(s, v0 * s);")]
    public void Long_methods_do_not_overflow_the_stack(string statement)
    {
        string text = "";
        string body = "double s = v0;\n" + string.Concat(Enumerable.Repeat("        " + statement + "\n", 2000));
        Thread small = new(() => text = Generate(body, "s"), maxStackSize: 256 * 1024);
        small.Start();
        small.Join();

        Assert.InRange(Lines(text), 2000, 8 * 2000);
    }

    private string Generate(int locals)
    {
        StringBuilder body = new();
        for (int i = 1; i <= locals; i++) body.Append($"        double v{i} = v{i - 1} * v{i - 1} + 0.5;\n");
        return Generate(body.ToString(), $"v{locals}");
    }

    private string Generate(string body, string result)
    {
        var compilation = GeneratorHarness.Compile(CompilationSettings.Default, $$"""
            using System;
            using SoftDiff;
            public static partial class C
            {
                [Differentiable]
                public static double Chain(double v0)
                {
            {{body}}
                    return {{result}};
                }
            }
            """);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));

        var driver = Microsoft.CodeAnalysis.CSharp.CSharpGeneratorDriver.Create(new SoftDiff.Generator.Pipeline.SoftDiffGenerator());
        var watch = Stopwatch.StartNew();
        var run = driver.RunGenerators(compilation).GetRunResult();
        output.WriteLine($"{result}: {watch.Elapsed.TotalMilliseconds:F1} ms");
        Assert.Empty(run.Diagnostics);
        return Assert.Single(run.GeneratedTrees).ToString();
    }

    private static int Lines(string text) => text.Count(c => c == '\n');
}
