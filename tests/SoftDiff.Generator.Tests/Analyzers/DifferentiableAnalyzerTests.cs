using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Analyzers;

/// <summary>How findings reach the user, whatever they are.</summary>
public class DifferentiableAnalyzerTests
{
    private const string NotPartial = """
        using SoftDiff;
        public static class C
        {
            [Differentiable] public static double F(double x) => x * x;
        }
        """;

    [Fact]
    public void A_finding_is_reported_once() => Assert.Equal("SD0001", Assert.Single(GeneratorHarness.Analyze(NotPartial)).Id);

    [Fact]
    public void A_pragma_suppresses_it() => Assert.Empty(GeneratorHarness.Analyze("#pragma warning disable SD0001\n" + NotPartial));

    [Fact]
    public void A_method_without_marker_is_left_alone() => Assert.Empty(GeneratorHarness.Analyze(NotPartial.Replace("[Differentiable]", "")));

    [Theory]
    [InlineData("[Differentiable]", "")]
    [InlineData("", "[Differentiable]")]
    public void A_partial_method_is_analysed_once(string onDefinition, string onImplementation)
    {
        ImmutableArray<Diagnostic> found = GeneratorHarness.Analyze($$"""
            using SoftDiff;
            public class Outer
            {
                public static partial class C
                {
                    {{onDefinition}} public static partial double F(double x);
                    {{onImplementation}} public static partial double F(double x) => x * x;
                }
            }
            """);

        Assert.Equal("SD0001", Assert.Single(found).Id);
    }

    [Fact]
    public void Two_callers_of_one_helper_report_its_error_once_at_the_helper()
    {
        ImmutableArray<Diagnostic> found = GeneratorHarness.Analyze(
            new SourceFile("A.cs", """
                using SoftDiff;
                public static partial class C
                {
                    [Differentiable] public static double F(double x) => Helper.Bad(x) + x;
                    [Differentiable] public static double G(double x) => Helper.Bad(x) * x;
                }
                """),
            new SourceFile("B.cs", """
                public static class Helper
                {
                    public static double Bad(double x)
                    {
                        lock (typeof(Helper)) { return x * x; }
                    }
                }
                """));

        Diagnostic one = Assert.Single(found);
        Assert.StartsWith("SD1", one.Id);
        Assert.Equal("B.cs", one.Location.SourceTree!.FilePath);
        Assert.StartsWith("lock", one.Location.SourceTree.GetText().ToString(one.Location.SourceSpan));
        Assert.Contains(one.AdditionalLocations, location => location.SourceTree!.FilePath == "A.cs");
    }
}
