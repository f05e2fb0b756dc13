using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Analyzers;

/// <summary>SD3001: which derivatives are zero by construction, where the warning stands and what it advises.</summary>
public class ZeroDerivativeTests
{
    [Theory]
    [InlineData("double Step(double x, double edge) => x > edge ? x : 0;", "edge", "conditions", "Soft.Greater")]
    [InlineData("double Whole(double x, double y) => Math.Floor(x) * y;", "x", "constant between its steps", "Soft.Round")]
    [InlineData("double Whole(double x, double y) => (int)x * y;", "x", "an integer", "interpolate")]
    [InlineData("double Lookup(double x, double[] table) => table[(int)x];", "x", "an integer", "interpolate")]
    [InlineData("double Sign(double x, double y) { double s = 1; if (x < 0) s = -1; return s * y; }", "x", "conditions", "Soft.Where")]
    [InlineData("void Fill(double x, double y, double[] to) { if (x > 0) to[0] = y; }", "x", "conditions", "Soft.Greater")]
    [InlineData("double Sum(double h, double end) { double s = 0; for (double t = 0; t < end; t += h) s += t; return s; }", "end", "the number of iterations", "[ImplicitFunction]")]
    [InlineData("double Newton(double a, double tolerance) { double x = a; while (Math.Abs(x * x - a) > tolerance) x -= (x * x - a) / (2 * x); return x; }",
        "tolerance", "the number of iterations", "mark 'tolerance' [NonDifferentiable]")]
    [InlineData("double Largest(double[] x, double y) { int best = 0; for (int i = 1; i < x.Length; i++) if (x[i] > x[best]) best = i; return best * y; }",
        "x", "the conditions in a loop", "[ImplicitFunction]")]
    [InlineData("double First(double y, Pair p) => p.Low < p.High ? y : 0; public record struct Pair(double Low, double High);", "p", "conditions", "[NonDifferentiable]")]
    public void A_result_that_only_chooses_by_a_parameter_is_warned_of(string method, string parameter, string through, string advice)
    {
        Diagnostic warning = Assert.Single(Analyze("[Differentiable] public static " + method));

        Assert.Equal(("SD3001", DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Equal(parameter, TextAt(warning));
        string text = warning.GetMessage();
        Assert.Contains($"by '{parameter}'", text);
        Assert.Contains(through, text);
        Assert.Contains(advice, text);
    }

    [Theory]
    [InlineData("double F(double x) { if (x <= 0) throw new ArgumentException(nameof(x)); return 2 * x; }")]
    [InlineData("double F(double x, double scale) { if (scale <= 0) throw new ArgumentException(nameof(scale)); return x; }")]
    [InlineData("double F(double x, double unused) => x;")]
    [InlineData("double F(double x, [NonDifferentiable] double edge) => x > edge ? x : 0;")]
    [InlineData("double F(double x, double edge) => x > Diff.StopGradient(edge) ? x : 0;")]
    [InlineData("double F(double x) => x > 0 ? x : 0;")]
    [InlineData("double F(double x) => x - Math.Floor(x);")]
    [InlineData("double F(double x, double y) => Math.Max(x, y);")]
    [InlineData("double F(double x, double delta) => Math.Abs(x) <= delta ? 0.5 * x * x : delta * (Math.Abs(x) - 0.5 * delta);")]
    [InlineData("double F(double x, double[] table) => table[(int)x] * (x - (int)x);")]
    [InlineData("double F(double x) => x * Sign(x); private static double Sign(double x) => x < 0 ? -1 : 1;")]
    [InlineData("double F(double x) => Soft.Round(x);")]
    [InlineData("double F(double x, double y) => Diff.StraightThrough(Math.Round(y), x);")]
    [InlineData("double F(double x) => Hard(x, true); [GradReplace] private static double Hard(double x, bool forward) => forward ? Math.Round(x) : x;")]
    [InlineData("void F(double[] x) { for (int i = 1; i < x.Length; i++) if (x[i] < x[i - 1]) (x[i], x[i - 1]) = (x[i - 1], x[i]); }")]
    [InlineData("double F(double x, int n) => n == 0 ? x : F(x, n - 1) * x;")]
    [InlineData("void F(double x, int n, double[] to) { if (n > 2) to[0] = x; }")]
    public void What_has_a_derivative_or_is_meant_is_not(string method) => Assert.Empty(Analyze("[Differentiable] public static " + method));

    private const string Bisection = """
        private static double Solve(double price)
        {
            double low = 0, high = 10;
            for (int i = 0; i < 50; i++)
            {
                double middle = 0.5 * (low + high);
                if (Value(middle) < price) low = middle; else high = middle;
            }

            return 0.5 * (low + high);
        }

        private static double Value(double x) => x * Math.Exp(x);
        """;

    [Theory]
    [InlineData("[Differentiable] public static double Implied(double price) => 2 * Solve(price);")]
    [InlineData("[Differentiable] public static double Implied(double price, double spot) => spot * Solve(price) + price;")]
    [InlineData("[Differentiable] public static double Implied(double price) => 2 * Solve(price); [Differentiable] public static double Twice(double price) => Solve(price);")]
    public void A_helper_that_bisects_is_warned_of_once_however_it_is_used(string methods)
    {
        Diagnostic warning = Assert.Single(Analyze(methods + Bisection));

        Assert.Equal("price", TextAt(warning));
        Assert.Contains("'Solve'", warning.GetMessage());
        Assert.Contains("[ImplicitFunction]", warning.GetMessage());
    }

    [Fact]
    public void A_helper_with_a_constant_is_not() =>
        Assert.Empty(Analyze("[Differentiable] public static double Implied(double x) => x * Solve(2.5);" + Bisection));

    [Fact]
    public void A_helper_that_returns_the_choice_is_seen_through()
    {
        Diagnostic warning = Assert.Single(Analyze("""
            [Differentiable] public static double F(double x, double edge) => Above(x, edge) ? x : 0;
            private static bool Above(double x, double edge) => x > edge;
            """));

        Assert.Equal(("edge", "'F'"), (TextAt(warning), warning.GetMessage().Split(' ')[3]));
    }

    [Fact]
    public void A_receiver_is_warned_of_at_the_method() =>
        Assert.Equal("Pay", TextAt(Assert.Single(GeneratorHarness.Analyze("""
            using SoftDiff;
            public partial record struct Option(double Strike)
            {
                [Differentiable] public double Pay(double spot) => spot > Strike ? 1 * spot : 0;
            }
            """))));

    [Fact]
    public void A_pragma_turns_it_off_and_the_companions_are_there()
    {
        const string Source = """
            using SoftDiff;
            public static partial class C
            {
            #pragma warning disable SD3001
                [Differentiable] public static double F(double x, double edge) => x > edge ? x : 0;
            #pragma warning restore SD3001
            }
            """;
        Assert.Empty(GeneratorHarness.Analyze(Source));
        using GeneratorRun run = GeneratorHarness.Run(Source);
        Assert.Contains("// Warning: SD3001", run.Text("C.F_"));
        Assert.Contains("FGrad", run.Text("C.F_"));
    }

    [Fact]
    public void Sixty_five_parameters_are_not_too_many()
    {
        string parameters = string.Join(", ", Enumerable.Range(0, 65).Select(i => $"double p{i}"));
        string sum = string.Join(" + ", Enumerable.Range(1, 64).Select(i => $"p{i}"));

        Assert.Equal("p0", TextAt(Assert.Single(Analyze($"[Differentiable] public static double F({parameters}) => p0 > 0 ? {sum} : 0;"))));
    }

    private static ImmutableArray<Diagnostic> Analyze(string members) =>
        GeneratorHarness.Analyze("using System;\nusing SoftDiff;\npublic static partial class C\n{\n" + members + "\n}");

    private static string TextAt(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
