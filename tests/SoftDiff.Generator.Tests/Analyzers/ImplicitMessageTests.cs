using System.Globalization;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Analyzers;

/// <summary>The message for an implicit function prints the residual to write.</summary>
public class ImplicitMessageTests
{
    [Theory]
    [InlineData(
        "public static double F(double a, float b, int n) => a;",
        "'F' cannot be an implicit function: there is no method 'R' in 'C'; declare 'static double R(double x, double a, float b, int n)'"
        + " (without those of the solver's parameters that are constant)")]
    [InlineData(
        "public static double F(double x) => x; static void R(double x) { }",
        "'F' cannot be an implicit function: 'R' has another signature; declare it as 'static double R(double x2, double x)'")]
    [InlineData(
        "public static void F(float[] p, Span<float> y) { } static float R(float y) => y;",
        "'F' cannot be an implicit function: 'R' has another signature; declare it as"
        + " 'static void R(ReadOnlySpan<float> y, ReadOnlySpan<float> p, Span<float> residual)'")]
    [InlineData(
        "public static void F(double p, Span<double> x, Span<double> work) { } static void R(ReadOnlySpan<double> x, double p, Span<double> r) { }",
        "'F' cannot be an implicit function: it must return one float or double, or return nothing and write one Span of them")]
    public void ItSaysWhatToDeclare(string members, string message)
    {
        var found = Assert.Single(GeneratorHarness.Analyze($$"""using System; using SoftDiff; public partial class C { [ImplicitFunction("R")] {{members}} }"""));

        Assert.Equal("SD2005", found.Id);
        Assert.Equal(message, found.GetMessage(CultureInfo.InvariantCulture));
    }
}
