using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Tests.Pipeline;

namespace SoftDiff.Generator.Tests.Declared;

/// <summary>The generated part of a declared method: its modifiers, what becomes of it after an error, when it is written again.</summary>
public sealed class DeclaredFileTests
{
    [Theory]
    [InlineData("public static partial double G(double x, out double dX);")]
    [InlineData("internal static partial void G(in double x, out double slope);", "in double x")]
    [InlineData("protected virtual partial double G(double x, out double dX);")]
    [InlineData("private static unsafe partial void G(double @in, out double @out);", "double @in")]
    [InlineData("public static partial U G<U>(U x, out U dX) where U : System.Numerics.IFloatingPointIeee754<U>;", "T x", "T", "<T>", "where T : System.Numerics.IFloatingPointIeee754<T>")]
    public void It_repeats_the_declaration(string declaration, string parameter = "double x", string type = "double", string arguments = "", string constraints = "")
    {
        string name = parameter.Split(' ')[^1];
        CompilationSettings settings = CompilationSettings.Default with { AllowUnsafe = true };
        using GeneratorRun run = GeneratorHarness.Run(settings, $$"""
            using SoftDiff;
            public partial class C
            {
                [Differentiable] public static {{type}} F{{arguments}}({{parameter}}) {{constraints}} => {{name}} * {{name}};
                [Gradient(nameof(F))] {{declaration}}
            }
            """);

        string header = declaration[..declaration.IndexOf('(', StringComparison.Ordinal)];
        Assert.Contains(header, run.Text(".G"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_leaves_a_body_that_throws_and_the_other_methods()
    {
        using GeneratorRun run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, """
            using SoftDiff;
            public static partial class C
            {
                [Differentiable] public static double F(double x) => x * x;
                [Gradient(nameof(F))] public static partial double Wrong(double x, decimal y);
                [Gradient(nameof(F))] public static partial double Right(double x, out double dX);
            }
            """);

        run.AssertClean();
        Assert.Contains("Wrong has an error (SD1005) and no body.", run.Text(".Wrong_"), StringComparison.Ordinal);
        Assert.Contains("dX = 2d * x;", run.Text(".Right_"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_of_the_target_writes_it_again_and_one_elsewhere_does_not()
    {
        TrackedDriver driver = new(
            new SourceFile("A.cs", "using SoftDiff; public static partial class C { [Gradient(nameof(F))] public static partial void G(double x, out double dX); }"),
            new SourceFile("B.cs", "using SoftDiff; partial class C { [Differentiable] public static double F(double x) => x * x; }"),
            new SourceFile("D.cs", "class D { }"));

        driver.Edit("D.cs", text => text + "// more").AssertCached();
        driver.Edit("B.cs", text => "// above\n" + text).AssertCached();
        driver.Edit("B.cs", text => text.Replace("x * x", "17 * x"));
        Assert.Contains("dX = 17d;", driver.Files.Single(file => file.Key.Contains(".G_", StringComparison.Ordinal)).Value, StringComparison.Ordinal);
        Assert.Contains(IncrementalStepRunReason.Modified, driver.GenerateReasons);
    }

    [Fact]
    public void A_target_in_another_project_works_to_first_order_and_says_what_it_lacks()
    {
        using GeneratorRun library = GeneratorHarness.Run(
            CompilationSettings.Default with { AssemblyName = "Library" },
            "using SoftDiff; namespace Lib { public static partial class L { [Differentiable] public static double F(double x) => x * x; } }");
        using MemoryStream image = new();
        Assert.True(library.Output.Emit(image).Success);
        CompilationSettings settings = CompilationSettings.Default with { References = [MetadataReference.CreateFromImage(image.ToArray())] };

        using GeneratorRun run = GeneratorHarness.RunUnchecked(settings, """
            using SoftDiff;
            public static partial class C
            {
                [Gradient(typeof(Lib.L), "F")] public static partial double G(double x, out double dX);
                [Derivative(typeof(Lib.L), "F", Order = 2)] public static partial double H(double x);
            }
            """);

        run.AssertClean();
        Assert.Contains("global::Lib.L.FVjp(x, 1d, out", run.Text(".G_"), StringComparison.Ordinal);
        Diagnostic found = Assert.Single(GeneratorHarness.Analyze(run.Output));
        Assert.Equal("SD0015", found.Id);
        Assert.Contains("it is in another project, which must declare [Derivative(nameof(F))]", found.GetMessage(), StringComparison.Ordinal);
    }
}
