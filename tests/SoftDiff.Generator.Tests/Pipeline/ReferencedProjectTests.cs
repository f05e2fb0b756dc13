using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>Methods of another project, of which there is no source: their companions and public rules are called, and what these leave out is refused.</summary>
public sealed class ReferencedProjectTests
{
    private const string Library = """
        using System;
        using System.Numerics;
        using System.Numerics.Tensors;
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
            [Differentiable] public static void Rotate(double angle, Span<double> p) { double c = Math.Cos(angle), s = Math.Sin(angle); (p[0], p[1]) = (c * p[0] - s * p[1], s * p[0] + c * p[1]); }
            [Differentiable(Wrt = ["x"])] public static double Added(double x, double k, Span<double> a) { a[0] += k * x; return a[0] * a[0]; }
            [Differentiable] public static void Doubled(TensorSpan<double> t) { for (int i = 0; i < t.Lengths[0]; i++) t[i, 0] *= 2; }
            [Differentiable] public static T Filled<T>(T x, Span<T> y) where T : IFloatingPointIeee754<T> { for (int i = 0; i < y.Length; i++) y[i] = x * x; return x; }
            [CustomVjp(nameof(SquareBackward))] public static double Square(double x) => x * x;
            private static double SquareBackward(double x, double cotangent) => 2 * x * cotangent;
            public static double Plain(double x) => x;
            [Differentiable] public static double Polar(double angle, out double y, double radius, out double angle2) { y = radius * Math.Sin(angle); angle2 = 2 * angle; return radius * Math.Cos(angle); }
            [Differentiable] public static void Squares(double x, out double y, Span<double> z) { y = x * x; z[0] *= x; }
            [Differentiable] public static double ByReference(ref double x) { x *= x; return x; }
            [Differentiable] public static double Cubes(ReadOnlySpan<double> x, double k) { double t = 0; for (int i = 0; i < x.Length; i++) t += k * x[i] * x[i] * x[i]; return t; }
            [Hessian(nameof(Cubes), Wrt = ["x"])] public static partial double CubesHessian(ReadOnlySpan<double> x, double k, Span<double> hessian);
            [HessianVectorProduct(nameof(Cube))] public static partial double CubeProduct(double x, double v, out double dX, out double hv);
            [Derivative(nameof(Cube), Order = 3)] public static partial double CubeThird(double x);
            [Vjp(nameof(CubeThird))] public static partial double CubeThirdPullback(double x, double cResult, out double dX);
            [Jvp(nameof(CubeThird))] public static partial double CubeThirdPushforward(double x, double tX, out double tResult);
            [Gradient(nameof(Cubes), Wrt = ["x"])] public static partial double CubesGradient(ReadOnlySpan<double> x, double k, Span<double> dX);
            [Vjp(nameof(CubesGradient), Wrt = ["x", "k", "dX"])] public static partial double CubesPullback(ReadOnlySpan<double> x, double k, Span<double> dX, double c, Span<double> bX, out double bK, Span<double> bDX);
            [Jvp(nameof(CubesGradient), Wrt = ["x", "k", "dX"])] public static partial double CubesPushforward(ReadOnlySpan<double> x, double k, Span<double> dX, ReadOnlySpan<double> tX, double tK, Span<double> tDX, out double t);
            [Gradient(nameof(Scaled))] public static partial double ScaledGradient(double x, double k, out double dX);
            [Vjp(nameof(ScaledGradient))] public static partial double ScaledPullback(double x, double k, out double dX, double c, out double bX, double cDX);
            [Jvp(nameof(ScaledGradient))] public static partial double ScaledPushforward(double x, double k, out double dX, double tX, out double tDX, out double t);
            [Differentiable] public static (double, double) Pair(double x) => (x, x * x);
            [Differentiable] public static double[] Powers(double x) => [x, x * x];
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

    // What is written, and read before it is written, at x = 1.5.
    [Theory]
    [InlineData("Span<double> a = [x]; return M.Sum(a, x) + a[0];", (4 * 1.5) + 2)]
    [InlineData("Span<double> y = stackalloc double[1]; ReadOnlySpan<double> a = [x]; M.Twice(a, y); return y[0] * y[0];", 8 * 1.5)]
    [InlineData("Span<double> y = [x * x, x]; M.Twice(y[1..], y[..1]); return y[0] * y[1];", 4 * 1.5)]
    [InlineData("Span<double> p = [x, 0]; for (int i = 0; i < 3; i++) M.Rotate(0.5, p); return p[0];", 0.0707372016677029)]
    [InlineData("Span<double> p = [1, 0]; for (int i = 0; i < 3; i++) { if (i == 1) continue; M.Rotate(x, p); p[0] *= p[0]; } return p[0];", 0.31051471256078284)]
    [InlineData("Span<double> a = [x]; double k = M.Added(2, 3, a); return k * a[0];", 3 * 7.5 * 7.5)]
    [InlineData("double[] a = [x, x]; M.Doubled(new TensorSpan<double>(a, [2, 1])); return a[0] * a[1];", 8 * 1.5)]
    [InlineData("Span<double> a = stackalloc double[3]; return M.Filled(x, a) * a[2];", 3 * 1.5 * 1.5)]
    [InlineData("Span<double> a = [2, 3]; M.Rotate(0.3, a); return x * a[0];", 1.0241123582671934)]
    public void Spans_are_written(string body, double expected)
    {
        using GeneratorRun run = GeneratorHarness.Run(Settings, Application("[Differentiable] public static double F(double x) { " + body + " }"));
        run.Load(LibraryRun.Output);
        object value = GeneratorRun.Method(run.Load(), "C", "F").Invoke(null, [1.5])!;

        object?[] args = [1.5, null];
        Assert.Equal(value, GeneratorRun.Method(run.Load(), "C", "FGrad").Invoke(null, args));
        Assert.Equal(expected, (double)args[1]!, 1e-12);
        object?[] forward = [1.5, 1.0, null];
        GeneratorRun.Method(run.Load(), "C", "FJvp").Invoke(null, forward);
        Assert.Equal(expected, (double)forward[2]!, 1e-12);
    }

    [Theory]
    [InlineData("FGrad")]
    [InlineData("FJvp")]
    public void Parts_of_one_buffer_that_overlap_are_refused_at_run_time(string companion)
    {
        using GeneratorRun run = GeneratorHarness.Run(Settings, Application("[Differentiable] public static double F(double x) { Span<double> y = [x, x, x]; M.Twice(y[..2], y[1..]); return y[2]; }"));
        run.Load(LibraryRun.Output);
        object?[] args = companion == "FGrad" ? [1.5, null] : [1.5, 1.0, null];
        var thrown = Assert.Throws<System.Reflection.TargetInvocationException>(() => GeneratorRun.Method(run.Load(), "C", companion).Invoke(null, args));
        Assert.IsType<ArgumentException>(thrown.InnerException);
    }

    [Theory]
    [InlineData("SD1003", "double F(double x) => [|M.Plain(x)|];")]
    [InlineData("SD1003", "double F(double x) => M.Scaled(2, [|x|]);")]
    [InlineData("SD1003", "double F(double[] x) => [|M.SumOf(x, 2)|];")]
    [InlineData("SD1003", "double F(double x) => [|M.ByReference(ref x)|];")]
    [InlineData("SD1003", "double F(double x) => [|M.Pair(x)|].Item1;")]
    [InlineData("SD1003", "double F(double x) => [|M.Powers(x)|][1];")]
    [InlineData("SD1003", "double F(double x) => [|M.ScaledGradient(x, 2, out _)|];")]
    [InlineData("SD1002", "double F(double x) { double[] a = [x]; return M.Norm([|a|]) + 1; }")]
    public void What_they_leave_out_is_refused(string id, string method)
    {
        string markup = Application("[Differentiable] public static " + method);
        var diagnostic = Assert.Single(GeneratorHarness.Analyze(GeneratorHarness.RunUnchecked(Settings, markup.Replace("[|", "").Replace("|]", "")).Output));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(markup.IndexOf("[|", StringComparison.Ordinal), diagnostic.Location.SourceSpan.Start);
    }

    [Theory]
    [InlineData("double z = M.Polar(x, out double y, x * x, out double a); return z * y + a * x;")]
    [InlineData("double z = M.Polar(2, out double y, x, out _); return z + 3 * y;")]
    [InlineData("double t = 0; for (int i = 0; i < 3; i++) t += M.Polar(t + x, out t, x, out _); return t;")]
    [InlineData("Span<double> z = [x]; M.Squares(x, out double y, z); return y * z[0];")]
    [InlineData("return M.CubeThird(x) * x;")]
    [InlineData("Span<double> d = stackalloc double[2]; double v = M.CubesGradient([x, x * x], 2 * x, d); return (v * d[0] + d[1]) / 1000;")]
    public void Out_parameters_are_results(string body)
    {
        using GeneratorRun run = GeneratorHarness.Run(Settings, Application("[Differentiable] public static double F(double x) { " + body + " }"));
        run.Load(LibraryRun.Output);
        double Value(double x) => (double)GeneratorRun.Method(run.Load(), "C", "F").Invoke(null, [x])!;
        double difference = (Value(1.5 + 1e-5) - Value(1.5 - 1e-5)) / 2e-5;
        object?[] reverse = [1.5, null], forward = [1.5, 1.0, null];
        Assert.Equal(Value(1.5), GeneratorRun.Method(run.Load(), "C", "FGrad").Invoke(null, reverse));
        Assert.Equal(Value(1.5), GeneratorRun.Method(run.Load(), "C", "FJvp").Invoke(null, forward));
        Assert.Equal((double)reverse[1]!, (double)forward[2]!, 1e-12);
        Assert.Equal(difference, (double)reverse[1]!, 1e-8);
    }

    [Theory]
    [InlineData("[Gradient(typeof(M), nameof(M.Cube))] public static partial double G(double x, out double dX);", new object?[] { 1.5, null }, 3 * 1.5 * 1.5)]
    [InlineData("[Jvp(typeof(M), nameof(M.Cube))] public static partial double G(double x, double tX, out double t);", new object?[] { 1.5, 1.0, null }, 3 * 1.5 * 1.5)]
    [InlineData("[Vjp(typeof(M), nameof(M.Polar))] private static partial double P(double a, out double y, double r, out double b, double c, out double dA, double cY, out double dR, double cB); public static double G(double x, out double d) => P(x, out _, x, out _, 0, out d, 1, out _, 0);", new object?[] { 1.5, null }, 0.10610580250155434)]
    [InlineData("[HessianVectorProduct(typeof(M), nameof(M.Cube))] public static partial double G(double x, double v, out double dX, out double hv);", new object?[] { 1.5, 1.0, null, null }, 6 * 1.5)]
    [InlineData("[Derivative(typeof(M), nameof(M.Cube), Order = 3)] private static partial double T(double x); public static void G(double x, out double t) => t = T(x);", new object?[] { 1.5, null }, 6)]
    [InlineData("[Hessian(typeof(M), nameof(M.Cubes), Wrt = [\"x\"])] static partial void H(ReadOnlySpan<double> x, double k, Span<double> h); public static void G(double x, out double t) { Span<double> h = new double[4]; H([x, 2], 3, h); t = h[0]; }", new object?[] { 1.5, null }, 18 * 1.5)]
    [InlineData("[Jacobian(typeof(M), nameof(M.Twice))] static partial void J(ReadOnlySpan<double> a, Span<double> y, Span<double> j); public static void G(double x, out double t) { Span<double> j = new double[4]; J([x, 2], new double[2], j); t = j[0] + j[3] + j[1]; }", new object?[] { 1.5, null }, 4)]
    [InlineData("[Vmap(typeof(M), nameof(M.Cube))] static partial void V(int n, ReadOnlySpan<double> x, Span<double> y); public static void G(double x, out double t) { Span<double> y = new double[2]; V(2, [x, 2], y); t = y[0] + y[1]; }", new object?[] { 1.5, null }, (1.5 * 1.5 * 1.5) + 8)]
    public void Derivatives_are_declared(string declaration, object?[] arguments, double expected)
    {
        using GeneratorRun run = GeneratorHarness.Run(Settings, Application(declaration));
        run.Load(LibraryRun.Output);
        Assert.Empty(GeneratorHarness.Analyze(run.Output));
        object?[] args = [.. arguments];
        GeneratorRun.Method(run.Load(), "C", "G").Invoke(null, args);
        Assert.Equal(expected, (double)args[^1]!, 1e-12);
    }

    [Theory]
    [InlineData("[Hessian(typeof(M), nameof(M.Dot))] public static partial double [|G|](ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> h);", "[Hessian(nameof(Dot))]")]
    [InlineData("[Hessian(typeof(M), nameof(M.Cubes))] public static partial double [|G|](ReadOnlySpan<double> x, double k, Span<double> h);", "[Hessian(nameof(Cubes))]")]
    [InlineData("[Derivative(typeof(M), nameof(M.Cube), Order = 2)] public static partial double [|G|](double x);", "[Derivative(nameof(Cube))]")]
    [InlineData("[Derivative(typeof(M), nameof(M.Cube), Order = 3)] public static partial double [|T|](double x); [Differentiable] public static double F(double x) => T(x);", "declare the derivative there")]
    public void Further_derivatives_must_be_declared_there(string declaration, string told)
    {
        string markup = Application(declaration);
        var diagnostic = Assert.Single(GeneratorHarness.Analyze(GeneratorHarness.RunUnchecked(Settings, markup.Replace("[|", "").Replace("|]", "")).Output));
        Assert.Equal("SD0015", diagnostic.Id);
        Assert.Equal(markup.IndexOf("[|", StringComparison.Ordinal), diagnostic.Location.SourceSpan.Start);
        Assert.Contains(told, diagnostic.GetMessage(), StringComparison.Ordinal);
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

    private static string Application(string method) => "using System; using System.Numerics.Tensors; using SoftDiff; using Library; public static partial class C { " + method + " }";
}
