using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>Companions repeat the documentation of their method and say what each further parameter is.</summary>
public sealed class CompanionDocumentationTests
{
    private const string Source = """
        using System;
        using SoftDiff;
        public static partial class Losses
        {
            /// <summary>The loss of a line with <paramref name="w"/>.</summary>
            /// <param name="w">The weights.</param>
            /// <param name="x">Where it
            /// is asked for.</param>
            /// <returns>The squared value.</returns>
            /// <exception cref="ArgumentException">There are no weights.</exception>
            [Differentiable]
            public static double Line(ReadOnlySpan<double> w, double x)
            {
                if (w.Length == 0) throw new ArgumentException("no weights");
                return (w[0] * x) * (w[0] * x);
            }

            [Differentiable]
            public static double Plain(double x) => x * x;

            /// <summary>A number and buffers that go in and out.</summary>
            /// <param name="dX">A number whose name is that of a gradient.</param>
            [Differentiable]
            public static void Advance(ref double x, Span<double> y, out double z, double dX)
            {
                x *= dX;
                y[0] += x;
                z = x * y[0];
            }
        }
        """;

    [Theory]
    [InlineData("LineGrad", "dW", "Receives the gradient by <paramref name=\"w\"/>")]
    [InlineData("LineVjp", "cResult", "The cotangent of the result.")]
    [InlineData("LineJvp", "tX", "The tangent of <paramref name=\"x\"/>.")]
    public void A_companion_documents_its_parameters(string companion, string parameter, string text)
    {
        using GeneratorRun run = GeneratorHarness.Run(Source);
        run.AssertClean();
        string documentation = Documentation(run.Text("Losses.Line"), companion);
        Assert.Contains("The loss of a line with <paramref name=\"w\" />.</summary>", documentation, StringComparison.Ordinal);
        Assert.Contains("<param name=\"w\">The weights.</param>", documentation, StringComparison.Ordinal);
        Assert.Contains("<param name=\"x\">Where it is asked for.</param>", documentation, StringComparison.Ordinal);
        Assert.Contains($"<param name=\"{parameter}\">{text}", documentation, StringComparison.Ordinal);
        Assert.Contains("<exception cref=\"T:System.ArgumentException\">There are no weights.</exception>", documentation, StringComparison.Ordinal);
        Assert.Contains("<returns>The squared value.</returns>", documentation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AdvanceVjp", "dX", "A number whose name is that of a gradient.")]
    [InlineData("AdvanceVjp", "dX_2", "The cotangent of <paramref name=\"x\"/>: on entry of its final value, on return of its initial value.")]
    [InlineData("AdvanceVjp", "dY", "The cotangent of <paramref name=\"y\"/>: on entry of its final value, on return of its initial value.")]
    [InlineData("AdvanceVjp", "cZ", "The cotangent of <paramref name=\"z\"/>.")]
    [InlineData("AdvanceVjp", "dDX", "Receives the gradient by <paramref name=\"dX\"/>.")]
    [InlineData("AdvanceJvp", "tX", "The tangent of <paramref name=\"x\"/>: on entry of its initial value, on return of its final value.")]
    [InlineData("AdvanceJvp", "tZ", "Receives the tangent of <paramref name=\"z\"/>.")]
    [InlineData("AdvanceJvp", "tDX", "The tangent of <paramref name=\"dX\"/>.")]
    public void A_parameter_is_documented_by_what_it_is(string companion, string parameter, string text)
    {
        using GeneratorRun run = GeneratorHarness.Run(Source);
        Assert.Contains($"<param name=\"{parameter}\">{text}</param>", Documentation(run.Text("Losses.Advance"), companion), StringComparison.Ordinal);
    }

    [Fact]
    public void A_companion_of_a_method_without_documentation_has_a_summary()
    {
        using GeneratorRun run = GeneratorHarness.Run(Source);
        Assert.DoesNotContain("<param", run.Text("Losses.Plain"), StringComparison.Ordinal);
        Assert.Contains("Value and gradient of", run.Text("Losses.Plain"), StringComparison.Ordinal);
    }

    private static string Documentation(string text, string companion)
    {
        string before = text[..text.IndexOf(companion + "(", StringComparison.Ordinal)];
        return before[before.LastIndexOf("/// <summary>", StringComparison.Ordinal)..];
    }
}
