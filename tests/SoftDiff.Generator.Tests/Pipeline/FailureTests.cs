using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>A bug in the compiler costs the method that meets it, no other.</summary>
public class FailureTests
{
    private const string Source = """
        using SoftDiff;
        namespace Demo;
        public static partial class C
        {
            [Differentiable] public static double Good(double x) => x * x;
            [Differentiable] public static double Bad(double x) => x + x;
            [Differentiable] public static double Fine(double x) => x * x * x;
        }
        """;

    [Fact]
    public void A_failure_while_lowering_costs_one_method()
    {
        Phases phases = new(
            (method, compilation, cancellation) => method.Name == "Bad"
                ? throw new FormatException("first line\nsecond line")
                : MethodLowering.Lower(method, compilation, cancellation),
            Companions.Generate);

        TrackedDriver driver = new(new SoftDiffGenerator(phases), new SourceFile("Test.cs", Source));

        Assert.Equal(2, driver.Files.Count);
        AssertReported(driver, "Demo.C.Bad");
    }

    [Fact]
    public void A_failure_while_differentiating_leaves_stubs()
    {
        Phases phases = new(
            MethodLowering.Lower,
            (module, cancellation) => module.Root.Name == "Bad"
                ? throw new FormatException("first line\nsecond line")
                : Companions.Generate(module, cancellation));

        TrackedDriver driver = new(new SoftDiffGenerator(phases), new SourceFile("Test.cs", Source));

        Assert.Equal(3, driver.Files.Count);
        string bad = driver.Files.Single(file => file.Key.Contains("Bad")).Value;
        Assert.Contains("BadGrad(", bad);
        Assert.Contains("SD9000", bad);
        AssertReported(driver, "Demo.C.Bad");
    }

    [Fact]
    public void A_cancellation_is_not_a_failure()
    {
        Phases phases = new(MethodLowering.Lower, (_, _) => throw new OperationCanceledException());

        var thrown = Assert.ThrowsAny<Exception>(() => new TrackedDriver(new SoftDiffGenerator(phases), new SourceFile("Test.cs", Source)));
        Assert.IsAssignableFrom<OperationCanceledException>(thrown.GetBaseException());
    }

    [Theory]
    [InlineData("x * x", "SD1002")]
    [InlineData("x * y", "")]
    public void What_is_taken_for_code_that_does_not_compile_is_reported_if_it_does(string expression, string expected)
    {
        var compilation = GeneratorHarness.Compile(CompilationSettings.Default, new SourceFile("Test.cs", Source.Replace("x + x", expression)));
        var tree = compilation.SyntaxTrees[0];
        var bad = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.Text == "Bad");
        ModuleLowering module = new(compilation.GetSemanticModel(tree).GetDeclaredSymbol(bad)!, compilation, CancellationToken.None);
        module.Suspects.Add(bad.ExpressionBody!.Expression);

        module.ReportSuspects();

        Assert.Equal(expected, string.Concat(module.Reports.Diagnostics.Select(d => d.Id)));
    }

    private static void AssertReported(TrackedDriver driver, string method)
    {
        var diagnostic = Assert.Single(driver.Result.Diagnostics);
        Assert.Equal("SD9000", diagnostic.Id);
        Assert.Contains(method, diagnostic.GetMessage());
        Assert.Contains("System.FormatException", diagnostic.GetMessage());
        Assert.DoesNotContain("second line", diagnostic.GetMessage());
    }
}
