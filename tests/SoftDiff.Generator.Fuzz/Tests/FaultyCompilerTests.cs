using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Mutilation;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Fuzz.Shrinking;
using SoftDiff.Generator.Pipeline;

namespace SoftDiff.Generator.Fuzz.Tests;

/// <summary>The checks can fail: faults put into the compiler on purpose are found, and shrunk to what matters.</summary>
public sealed class FaultyCompilerTests
{
    private static readonly FuzzProgram s_program = new("by hand", """
            //? a sine among other things
            //? x = 0.7, w = [0.4, -1.2, 0.9], n = 2
            //? x = 0.2, w = [], n = 0
            [Differentiable]
            public static double F(double x, ReadOnlySpan<double> w, int n)
            {
                double s = Half(x);
                for (int i = 0; i < w.Length; i++)
                {
                    if (w[i] > 0) s += w[i] * Math.Exp(-s * s);
                    else s *= 0.7 + Math.Sinh(w[i] * x);
                }

                for (int k = 0; k < n; k++) s = Math.Atan(s + k);
                return s * x;
            }

            private static double Half(double v) => 0.5 * v;
        """);

    private static readonly FuzzProgram s_nested = new("by hand", """
            //? a rule whose method has rules
            //? x = 0.7
            [Differentiable]
            public static double F(double x) => Cube(Math.Sin(x)) * x;

            [CustomVjp(nameof(CubeBackward))]
            private static double Cube(double x) => x * x * x;

            [CustomVjp(nameof(CubeBackwardBackward)), CustomJvp(nameof(CubeBackwardTangent))]
            private static double CubeBackward(double x, double c) => 3 * x * x * c;

            private static (double, double) CubeBackwardBackward(double x, double c, double g) => (6 * x * c * g, 3 * x * x * g);

            private static (double, double) CubeBackwardTangent(double x, double c, double tX, double tC) =>
                (3 * x * x * c, 6 * x * c * tX + 3 * x * x * tC);
        """);

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_program_is_right()
    {
        Verdict verdict = Verdict(Derivation.Compiler);
        Assert.True(verdict.Outcome == Outcome.Right, verdict.Detail);
    }

    [Theory]
    [InlineData("global::System.Math.Cosh(", "-global::System.Math.Cosh(", "Jvp")]
    [InlineData("global::System.Math.Exp(", "1.000001d * global::System.Math.Exp(", "value of Jvp")]
    public void A_wrong_derivative_is_found_and_shrunk(string right, string wrong, string kind)
    {
        Derivation faulty = Derivation.Compiler with { Print = text => text.Replace(right, wrong, StringComparison.Ordinal) };
        Verdict verdict = Verdict(faulty);
        Assert.Equal(Outcome.Wrong, verdict.Outcome);
        Assert.Equal(kind, verdict.Kind);
        string small = Shrunk(faulty, verdict);
        Assert.Contains(right.Contains("Cosh", StringComparison.Ordinal) ? "Math.Sinh(" : "Math.Exp(", small);
        Assert.DoesNotContain("Half", small);
        Assert.True(small.Length < s_program.Members.Length / 2, small);
    }

    [Fact]
    public void Rules_of_rules_that_are_right_pass_the_nested_check()
    {
        Verdict verdict = new NestedCheck().Run([s_nested]).Single();
        Assert.True(verdict.Outcome == Outcome.Right, verdict.Detail);
    }

    [Theory]
    [InlineData("(6 * x", "(5.9 * x", "modes")]
    [InlineData("6 * x * c * tX", "5.9 * x * c * tX", "modes")]
    [InlineData("6 * x", "5.9 * x", "differences")]
    public void A_wrong_rule_of_a_rule_is_found_by_the_nested_check(string right, string wrong, string judge)
    {
        FuzzProgram faulty = s_nested with { Members = s_nested.Members.Replace(right, wrong, StringComparison.Ordinal) };
        Verdict verdict = new NestedCheck().Run([faulty]).Single();
        Assert.Equal(Outcome.Wrong, verdict.Outcome);
        Assert.Contains(judge == "modes" ? "against Jvp" : "against differences", verdict.Detail);
    }

    [Fact]
    public void An_exception_is_found_and_shrunk()
    {
        Derivation faulty = Derivation.Compiler with
        {
            Companions = (module, options, cancellation) => module.Root.Body.Ops.Length > 2
                ? throw new KeyNotFoundException("on purpose")
                : Derivation.Compiler.Companions(module, options, cancellation),
        };
        Verdict verdict = Verdict(faulty);
        Assert.Equal("SD9000 System.Collections.Generic.KeyNotFoundException", verdict.Kind);
        string small = Shrunk(faulty, verdict);
        Assert.True(small.Length < s_program.Members.Length / 2, small);
    }

    [Fact]
    public void Code_that_does_not_compile_is_found()
    {
        Derivation faulty = Derivation.Compiler with { Print = text => text.Replace("Bar", "Baz.", StringComparison.Ordinal) };
        Assert.StartsWith("generated code: CS", Verdict(faulty).Kind);
    }

    [Fact]
    public void A_program_outside_the_language_is_counted_by_its_id()
    {
        FuzzProgram program = s_program with { Members = s_program.Members.Replace(
            "0.5 * v", "(double)(decimal)v", StringComparison.Ordinal) };
        Verdict verdict = new DualNumbersCheck().Run([program]).Single();
        Assert.Equal(Outcome.Refused, verdict.Outcome);
        Assert.StartsWith("SD1", verdict.Kind);
    }

    [Fact]
    public void An_endless_program_is_left_out()
    {
        FuzzProgram program = s_program with { Members = s_program.Members.Replace("k++", "s += 0", StringComparison.Ordinal) };
        Assert.Equal("endless", new DualNumbersCheck().Run([program]).Single().Kind);
    }

    [Fact]
    public void An_exception_at_a_mutilated_source_is_found_and_shrunk()
    {
        Phases phases = new(
            (method, compilation, cancellation) => method.Parameters.Length == 2
                ? throw new KeyNotFoundException("on purpose")
                : MethodLowering.Lower(method, compilation, cancellation),
            Transforms.Companions.Generate);
        SurvivalCheck check = new(phases);
        string whole = s_program.Source("Demo", 0).Text;
        Assert.Null(check.Complaint(whole));
        string mutilated = whole.Replace(", int n", "", StringComparison.Ordinal);
        Assert.Contains("KeyNotFoundException", check.Complaint(mutilated));
        string small = TextShrinker.Shrink(mutilated, text => check.Complaint(text) is not null);
        Assert.Contains("Differentiable", small);
        Assert.True(small.Length < mutilated.Length / 3, small);
    }

    private static Verdict Verdict(Derivation derivation) => Check(derivation).Run([s_program]).Single();

    private static string Shrunk(Derivation derivation, Verdict verdict) =>
        Shrinker.Shrink(s_program, Check(derivation), verdict, s_limit).Members;

    private static DualNumbersCheck Check(Derivation derivation) => new(_ => [TransformVariant.Default], derivation);
}
