using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Declared;

/// <summary>
/// What is said about declared derivatives: the signature that fits, the declaration to write, the overload that is taken.
/// </summary>
public sealed class DeclaredTextTests
{
    private const string Energy = "[Differentiable] public static double Energy(ReadOnlySpan<double> x, double k) => k * x[0] * x[0];";

    [Theory]
    [InlineData("[Gradient(nameof(Energy))] internal static partial void G(double x);",
        "internal static partial void G(ReadOnlySpan<double> x, double k, Span<double> dX, out double dK);")]
    [InlineData("[Gradient(nameof(Energy), Wrt = [\"k\"])] public static partial double G(ReadOnlySpan<double> x, double k, Span<double> slope);",
        "public static partial double G(ReadOnlySpan<double> x, double k, out double slope);")]
    [InlineData("[Vjp(nameof(Energy))] public static partial float G(ReadOnlySpan<double> x, double k);",
        "public static partial double G(ReadOnlySpan<double> x, double k, double cResult, Span<double> dX, out double dK);")]
    [InlineData("[Jvp(nameof(Energy))] public static partial void G(ReadOnlySpan<double> x, double k);",
        "public static partial void G(ReadOnlySpan<double> x, double k, ReadOnlySpan<double> tX, double tK, out double tResult);")]
    [InlineData("[Derivative(nameof(Energy), Wrt = [\"k\"])] public static partial void G(ReadOnlySpan<double> x);",
        "public static partial double G(ReadOnlySpan<double> x, double k);")]
    [InlineData("[Hessian(nameof(Energy))] public static partial void G(ReadOnlySpan<double> x, double k);",
        "public static partial void G(ReadOnlySpan<double> x, double k, Span<double> hessian);")]
    [InlineData("[Hessian(nameof(Energy))] public static partial void G(ReadOnlySpan<double> x, double k, Span<double> h, double extra);",
        "public static partial void G(ReadOnlySpan<double> x, double k, Span<double> dX, out double dK, Span<double> hessian);")]
    [InlineData("[HessianVectorProduct(nameof(Energy))] public static partial double G(ReadOnlySpan<double> x, double k, Span<double> v);",
        "public static partial double G(ReadOnlySpan<double> x, double k, ReadOnlySpan<double> tX, double tK, Span<double> hX, out double hK);")]
    [InlineData("[Jacobian(nameof(Energy))] public static partial double G(ReadOnlySpan<double> x);",
        "public static partial double G(ReadOnlySpan<double> x, double k, Span<double> jacobian);")]
    [InlineData("[Vmap(nameof(Energy))] public static partial void G(int n, ReadOnlySpan<double> x, [Shared] double k);",
        "public static partial void G(int batch, ReadOnlySpan<double> x, [Shared] double k, Span<double> values);")]
    [InlineData("[Vmap(nameof(Energy))] public static partial double G(int n, [Shared] ReadOnlySpan<double> points, double k, Span<double> v);",
        "public static partial void G(int n, [Shared] ReadOnlySpan<double> points, ReadOnlySpan<double> k, Span<double> v);")]
    public void A_wrong_signature_gets_the_right_one(string declaration, string expected)
    {
        Diagnostic found = Assert.Single(Analyze(Energy + declaration));

        Assert.Equal("SD0006", found.Id);
        Assert.Equal($"'G' must be declared as '{expected}'", found.GetMessage());
        string qualified = found.Properties["signature"]!;
        Assert.Equal(expected, qualified.Replace("global::System.", "", StringComparison.Ordinal).Replace("global::SoftDiff.", "", StringComparison.Ordinal));
        Assert.Empty(Analyze(Energy + declaration[..(declaration.IndexOf(']', declaration.IndexOf(")]", StringComparison.Ordinal)) + 1)] + qualified));
    }

    [Fact]
    public void A_written_array_takes_part_and_a_read_one_only_if_named()
    {
        const string Target = "[Differentiable(Wrt = [\"x\"])] public static double F(double x, double[] read, double[] written) { written[0] = x * read[0]; return written[0]; }";
        Diagnostic found = Assert.Single(Analyze(Target + "[Gradient(nameof(F))] public static partial void G(double x);"));

        Assert.Contains(
            "void G(double x, double[] read, double[] written, out double dX, Span<double> dWritten);", found.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_of_a_companion_gets_the_declaration_to_write()
    {
        Diagnostic found = Assert.Single(Analyze(Energy + "[Differentiable] public static double F(ReadOnlySpan<double> x, double k) { Span<double> d = [0]; return EnergyGrad(x, k, d, out _); }"));

        Assert.Equal("SD0005", found.Id);
        const string Declaration = "[Gradient(nameof(Energy))] private static partial double EnergyGradient(ReadOnlySpan<double> x, double k, Span<double> dX, out double dK);";
        Assert.Contains(Declaration, found.GetMessage(), StringComparison.Ordinal);
        Assert.Empty(Analyze(Energy + found.Properties["declaration"]
            + "[Differentiable] public static double F(ReadOnlySpan<double> x, double k) { Span<double> d = [0]; return EnergyGradient(x, k, d, out _); }"));
    }

    [Theory]
    [InlineData("double x, out double dX", "x * x")]
    [InlineData("double x, double y, out double dX, out double dY", "x * y")]
    [InlineData("float x, out float dX", "x + x")]
    public void The_declared_parameters_choose_the_overload(string parameters, string body)
    {
        const string Overloads = """
            [Differentiable] public static double F(double x) => x * x;
            [Differentiable] public static double F(double x, double y) => x * y;
            [Differentiable] public static float F(float x) => x + x;
            """;
        string type = parameters.StartsWith("float", StringComparison.Ordinal) ? "float" : "double";
        using GeneratorRun run = GeneratorHarness.Run(Source($"{Overloads} [Gradient(nameof(F))] public static partial {type} G({parameters});"));

        Assert.Contains(body, run.Text(".G_"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_rule_names_the_method_and_what_to_write()
    {
        Diagnostic found = Assert.Single(Analyze("""
            [CustomVjp(nameof(B))] public static double S(double x) => x * x;
            static double B(double x, double c) => c * BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(2 * x));
            [Differentiable] public static double F(double x) => S(x);
            [Derivative(nameof(F), Order = 2)] public static partial double G(double x);
            """));

        Assert.Equal("SoftDiff does not know the derivative of 'C.B' that 'G' needs: give B [CustomVjp] and [CustomJvp]", found.GetMessage());
    }

    private static ImmutableArray<Diagnostic> Analyze(string members) => GeneratorHarness.Analyze(Source(members));

    private static string Source(string members) => "using System; using SoftDiff; public static partial class C { " + members + " }";
}
