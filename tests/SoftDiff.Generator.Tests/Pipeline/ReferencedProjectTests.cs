using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>Methods of another project, of which there is no source: their companions and public rules are called, and what these leave out is refused.</summary>
public sealed class ReferencedProjectTests
{
    private const string Library = """
        using System;
        using System.Numerics;
        using SoftDiff;
        namespace Library;
        public static partial class M
        {
            [Differentiable] public static double Cube(double x) => x * x * x;
            [Differentiable] public static double Cube(double x, int n) => n * x * x * x;
            [Differentiable] public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) { double t = 0; for (int i = 0; i < a.Length; i++) t += a[i] * b[i]; return t; }
            [Differentiable] public static double Norm(double[] a) { double t = 0; foreach (var v in a) t += v * v; return t; }
            [Differentiable] public static T Wave<T>(T x) where T : IFloatingPointIeee754<T> => x * T.Sin(x);
            [Differentiable(Wrt = ["x"])] public static double Scaled(double x, double k) => x * x * k;
            [Differentiable] public static double Sum(Span<double> a, double x) { a[0] += x; return a[0] * x; }
            [Differentiable] public static double SumOf(double[] a, double x) { a[0] += x; return a[0] * x; }
            [Differentiable] public static void Twice(ReadOnlySpan<double> a, Span<double> y) { for (int i = 0; i < a.Length; i++) y[i] = 2 * a[i]; }
            [CustomVjp(nameof(SquareBackward))] public static double Square(double x) => x * x;
            private static double SquareBackward(double x, double cotangent) => 2 * x * cotangent;
            public static double Plain(double x) => x;
        }
        """;

    private static readonly GeneratorRun LibraryRun = GeneratorHarness.Run(CompilationSettings.Default with { AssemblyName = "Library" }, Library);

    [Theory]
    [InlineData("M.Cube(x)", 3 * 1.5 * 1.5)]
    [InlineData("M.Cube(x, 2)", 6 * 1.5 * 1.5)]
    [InlineData("M.Square(x) * x", 3 * 1.5 * 1.5)]
    [InlineData("M.Scaled(x, 3)", 9)]
    [InlineData("M.Scaled(x, Diff.StopGradient(x))", 4.5)]
    public void Companions_are_called(string expression, double expected) =>
        Assert.Equal(expected, Gradient($"[Differentiable] public static double F(double x) => {expression};"), 1e-12);

    [Fact]
    public void Generic_methods_are_called() =>
        Assert.Equal(Math.Sin(1.5) + (1.5 * Math.Cos(1.5)), Gradient("[Differentiable] public static double F(double x) => M.Wave(x);"), 1e-12);

    [Fact]
    public void Spans_are_passed_in_loops() => Assert.Equal(
        4 * Math.Pow(1.5, 3) * 3,
        Gradient("[Differentiable] public static double F(double x) { Span<double> a = stackalloc double[2]; double t = 0; for (int i = 0; i < 3; i++) { a[0] = x * x; t += M.Dot(a, a); } return t; }"),
        1e-12);

    [Theory]
    [InlineData("SD1003", "double F(double x) => [|M.Plain(x)|];")]
    [InlineData("SD1003", "double F(double x) => M.Scaled(2, [|x|]);")]
    [InlineData("SD1003", "double F(double x) { Span<double> a = [x]; return [|M.Sum(a, x)|] + a[0]; }")]
    [InlineData("SD1003", "double F(double[] x) => [|M.SumOf(x, 2)|];")]
    [InlineData("SD1003", "double F(double x) { Span<double> y = stackalloc double[1]; ReadOnlySpan<double> a = [x]; [|M.Twice(a, y)|]; return y[0]; }")]
    [InlineData("SD1002", "double F(double x) { double[] a = [x]; return M.Norm([|a|]) + 1; }")]
    public void What_they_leave_out_is_refused(string id, string method)
    {
        string markup = Application("[Differentiable] public static " + method);
        var diagnostic = Assert.Single(GeneratorHarness.Analyze(GeneratorHarness.RunUnchecked(Settings, markup.Replace("[|", "").Replace("|]", "")).Output));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(markup.IndexOf("[|", StringComparison.Ordinal), diagnostic.Location.SourceSpan.Start);
    }

    private static double Gradient(string method)
    {
        using GeneratorRun run = GeneratorHarness.Run(Settings, Application(method));
        run.Load(LibraryRun.Output);
        object?[] args = [1.5, null];
        GeneratorRun.Method(run.Load(), "C", "FGrad").Invoke(null, args);
        return (double)args[1]!;
    }

    private static CompilationSettings Settings => CompilationSettings.Default with { References = [Image()] };

    private static PortableExecutableReference Image()
    {
        using MemoryStream image = new();
        Assert.True(LibraryRun.Output.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static string Application(string method) => "using System; using SoftDiff; using Library; public static partial class C { " + method + " }";
}
