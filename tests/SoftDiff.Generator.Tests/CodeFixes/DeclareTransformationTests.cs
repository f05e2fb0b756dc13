using SoftDiff.CodeFixes;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.CodeFixes;

public class DeclareTransformationTests
{
    private const string All = "gradient, vector-Jacobian product, Jacobian-vector product, Hessian, Hessian-vector product, Jacobian";

    [Theory]
    [InlineData("public static class C", "public static double F(double x) => x * x;", All + ", derivative, batch")]
    [InlineData("public static class C", "public static float F(float x, float y, int n) => x * y * n;", All + ", batch")]
    [InlineData("static class C", "internal static double F(ReadOnlySpan<double> x, double y) => x[0] * x[0] * y;", All + ", batch")]
    [InlineData("static class C", "static double F(double[] x, Span<double> y) { y[0] = x[0]; return y[0] * y[1]; }", All + ", batch")]
    [InlineData("static class C", "static void F(ReadOnlySpan<double> x, Span<double> y) => y[0] = x[0] * y[1];",
        "vector-Jacobian product, Jacobian-vector product, Jacobian, batch")]
    [InlineData("static class C", "static (double, double) F(double x) => (x, x * x);",
        "vector-Jacobian product, Jacobian-vector product, Jacobian")]
    [InlineData("static class C", "static double F((double A, double B) p, double x) => p.A * p.B * x;", All)]
    [InlineData("sealed class C", "public double F(double x, double y) => K * x * y; public double K { get; set; }", All + ", batch")]
    [InlineData("record struct C(double K)", "public readonly double F(double x) => K * x * x;", All)]
    [InlineData("struct C", "internal double F(double x) { K *= x; return K * x; } public double K { get; set; }", All + ", derivative")]
    [InlineData("static class C", "public static T F<T>(T x, ReadOnlySpan<T> y) where T : IFloatingPointIeee754<T> => x * y[0];", All + ", batch")]
    [InlineData("static class C", "public static double F(SoftRandom random, double x) => x * x;", All + ", derivative, batch")]
    public async Task Each_offer_compiles(string type, string method, string derivatives)
    {
        string source = "using System;\nusing System.Numerics;\nusing SoftDiff;\n\n" + type + "\n{\n    [Differentiable]\n    " + method + "\n}\n";
        Dictionary<string, string> offers = await FixHarness.Offers(new DeclareTransformationRefactoring(), source, " F");
        Assert.Equal(derivatives.Split(", ").Select(name => $"Declare the {name} of 'F'").Order(), offers.Keys.Order());
        foreach (string text in offers.Values)
        {
            Assert.Contains("partial ", text, StringComparison.Ordinal);
            GeneratorHarness.Run(text);
            Assert.Empty(GeneratorHarness.Analyze(text));
        }
    }

    [Theory]
    [InlineData("Energy")]
    [InlineData("Differentiable]")]
    public async Task The_declaration_stands_below_the_method(string caret)
    {
        const string Source = """
            using System;
            using SoftDiff;

            public static class Outer
            {
                /// <summary>Models.</summary>
                internal static class Models
                {
                    [Differentiable]
                    public static double Energy(ReadOnlySpan<double> x) => x[0] * x[0];

                    public static int Other;
                }
            }
            """;
        const string Below = """
             => x[0] * x[0];

                    [Gradient(nameof(Energy))]
                    public static partial double EnergyGradient(ReadOnlySpan<double> x, Span<double> dX);

            """;
        Dictionary<string, string> offers = await FixHarness.Offers(new DeclareTransformationRefactoring(), Source, caret);
        string expected = Source.Replace("static class", "static partial class", StringComparison.Ordinal)
            .Replace(" => x[0] * x[0];\n", Below, StringComparison.Ordinal);
        Assert.Equal(expected, offers["Declare the gradient of 'Energy'"]);
    }

    [Theory]
    [InlineData("return")]
    [InlineData("Plain")]
    [InlineData("Wrong")]
    public async Task Nothing_is_offered_elsewhere(string caret)
    {
        const string Source = """
            using SoftDiff;

            public static partial class C
            {
                [Differentiable]
                public static double F(double x) { return x; }

                public static double Plain(double x) => x;

                [Differentiable]
                public static double Wrong(double x) { lock (typeof(C)) { } return x; }
            }
            """;
        Assert.Empty(await FixHarness.Offers(new DeclareTransformationRefactoring(), Source, caret));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_not_offered()
    {
        const string Source = """
            using SoftDiff;

            public static partial class C
            {
                [Differentiable]
                public static double F(double x) => x * x;

                [Gradient(nameof(F))]
                public static partial double FGradient(double x, out double dX);
            }
            """;
        Dictionary<string, string> offers = await FixHarness.Offers(new DeclareTransformationRefactoring(), Source, " F");
        Assert.Equal(7, offers.Count);
        Assert.DoesNotContain("Declare the gradient of 'F'", offers.Keys);
    }
}
