using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>The judges are judged too: a check that cannot fail proves nothing.</summary>
public sealed class HarnessTests
{
    [Theory]
    [InlineData("double F(double x, double y)", CompanionForm.Grad, "double x, double y, out double dX, out double dY")]
    [InlineData("double F(double x, double y)", CompanionForm.Vjp, "double x, double y, double cResult, out double dX, out double dY")]
    [InlineData("double F(double x, double y)", CompanionForm.Jvp, "double x, double y, double tX, double tY, out double tResult")]
    [InlineData("float F(in float weights, int n)", CompanionForm.Grad, "in float weights, int n, out float dWeights")]
    [InlineData("double F(double[] x, bool b)", CompanionForm.Grad, "double[] x, bool b, Span<double> dX")]
    [InlineData("double F(double[] x, bool b)", CompanionForm.Jvp, "double[] x, bool b, ReadOnlySpan<double> tX, out double tResult")]
    [InlineData(
        "void F(ReadOnlySpan<double> theta, Span<double> residuals)",
        CompanionForm.Vjp,
        "ReadOnlySpan<double> theta, Span<double> residuals, Span<double> dTheta, Span<double> dResiduals")]
    [InlineData(
        "void F(ReadOnlySpan<double> theta, Span<double> residuals)",
        CompanionForm.Jvp,
        "ReadOnlySpan<double> theta, Span<double> residuals, ReadOnlySpan<double> tTheta, Span<double> tResiduals")]
    [InlineData("double F(ref double x, out double y)", CompanionForm.Vjp, "ref double x, out double y, double cResult, ref double dX, double cY")]
    [InlineData(
        "double F(ref double x, out double y)",
        CompanionForm.Jvp,
        "ref double x, out double y, ref double tX, out double tY, out double tResult")]
    [InlineData("double F(double x, [SoftDiff.NonDifferentiable] Span<double> s)", CompanionForm.Grad, "double x, Span<double> s, out double dX")]
    [InlineData("double F(double @class, double dClass)", CompanionForm.Grad, "double class, double, out double, out double dDClass")]
    public void ShapesAreThoseOfThePublicSurface(string signature, CompanionForm form, string expected)
    {
        Assert.Equal(expected, string.Join(", ", Shape(signature).Companion(form)).Replace("global::System.", string.Empty));
    }

    [Fact]
    public void DifferencesHaveTenDigits()
    {
        double[] column = Differences.Column(x => [Math.Sin(x[0]) * x[1], Math.Exp(x[0])], [0.7, 3], 0, 1e-2);
        Assert.Equal(3 * Math.Cos(0.7), column[0], 1e-10);
        Assert.Equal(Math.Exp(0.7), column[1], 1e-10);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("primal")]
    [InlineData("value")]
    [InlineData("reverse")]
    [InlineData("both")]
    [InlineData("small")]
    [InlineData("seed")]
    [InlineData("garbage")]
    public void TheCheckSeesEveryKindOfFault(string fault)
    {
        // f(x, y) = (x y, x + y^2), its Jacobian, and one fault.
        double[] Primal(double[] x) => fault == "primal" ? [double.NaN, 0] : [x[0] * x[1], x[0] + (x[1] * x[1])];
        double[][] Vjp(double[] x, double[] c)
        {
            double wrong = fault is "reverse" or "both" ? 1.001 : fault == "small" ? 1 + 1e-9 : 1;
            double first = (c[0] * x[1] * wrong) + (fault == "seed" && c[0] != 0 ? 0 : c[1]);
            double[] value = Primal(x);
            value[0] += fault == "value" ? 1e-9 : 0;
            return [value, [fault == "garbage" ? double.NaN : first, (c[0] * x[0]) + (2 * c[1] * x[1])]];
        }

        double[][] Jvp(double[] x, double[] t)
        {
            double wrong = fault == "both" ? 1.001 : 1;
            return [Primal(x), [(t[0] * x[1] * wrong) + (t[1] * x[0]), t[0] + (2 * x[1] * t[1])]];
        }

        Derivatives derivatives = new([1.5, -0.5], true, Primal, (x, c) => Vjp(x, [1, .. c[1..]]), Vjp, Jvp, Expected: null);
        Assert.Equal(fault != "none", DerivativeCheck.Run(derivatives, Tolerances.Double, seed: 1) is not null);
    }

    [Fact]
    public void GradientsStatedByHandAreChecked()
    {
        Derivatives right = new([3], true, x => [x[0]], null, (x, c) => [[x[0]], [5 * c[0]]], (x, t) => [[x[0]], [5 * t[0]]], [5]);
        Assert.Null(DerivativeCheck.Run(right, Tolerances.Double, seed: 1));
        Assert.NotNull(DerivativeCheck.Run(right with { Expected = [4] }, Tolerances.Double, seed: 1));
    }

    [Fact]
    public void ProbesAreReadFromComments()
    {
        Probe probe = Assert.Single(Probe.Parse(new SourceFile("Probes/Topic.cs", """
            public static partial class Topic
            {
                //? a construct
                //? writes: a
                //? x = 0.5, a = [1, f(2, 3)]
                //? x = 1, a = [] -> dX = 2 * x
                //? x = -1, a = [] -> throws ArgumentException
                [Differentiable]
                public static double F(double x, double[] a) => x;

                public static double NotAProbe(double x) => x;
            }
            """)));
        Assert.Equal(("Topic/F", "a construct", 9), (probe.Id, probe.Construct, probe.Line));
        Assert.Equal("a", Assert.Single(probe.WrittenArrays));
        Assert.Equal("[1, f(2, 3)]", probe.Points[0].Arguments["a"]);
        Assert.Equal("2 * x", probe.Points[1].Gradient["dX"]);
        Assert.Equal("ArgumentException", probe.Points[2].Throws);
    }

    [Fact]
    public void DiffsShowWhatChangedAndLittleElse()
    {
        string agreed = string.Join('\n', Enumerable.Range(0, 20));
        string diff = Snapshot.Diff(agreed, agreed.Replace("\n10\n", "\nten\n"));
        Assert.Contains("- 10\n", diff);
        Assert.Contains("+ ten\n", diff);
        Assert.DoesNotContain(" 3\n", diff);
    }

    [Fact]
    public void ASectionOfAPageIsReplaced()
    {
        const string Page = "# A\n\n<!-- list:begin -->\nold\n<!-- list:end -->\n\nrest\n";
        Assert.Equal("# A\n\n<!-- list:begin -->\nnew\n<!-- list:end -->\n\nrest\n", GeneratedSection.Replace(Page, "list", "new\n"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GeneratedSection.Replace(Page, "table", "new\n"));
    }

    private static MethodShape Shape(string signature)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(
            CompilationSettings.Default,
            $"using System; static class C {{ [SoftDiff.Differentiable] public static {signature} => throw null!; }}");
        INamedTypeSymbol type = compilation.GetTypeByMetadataName("C")!;
        return MethodShape.Of(type.GetMembers("F").OfType<IMethodSymbol>().Single(), []);
    }
}
