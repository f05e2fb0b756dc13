using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Emit;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using Xunit.Abstractions;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>
/// Second derivatives of methods that call methods with rules: all four compositions of the two modes, compiled and run, against extrapolated differences
/// of the gradient. A composition for which a rule is missing names it.
/// </summary>
public sealed class NestedRuleTests(ITestOutputHelper log)
{
    private const string Head = """
        using System;
        using System.Numerics.Tensors;
        using SoftDiff;
        public static partial class C
        {
            public static void Gradient(double[] x, double[] dX) => FGrad(x, dX);

        """;

    private const string Scratch = "new double[x.Length]";

    // What is passed for a parameter, by its name, and by whether an earlier one has the name.
    private static readonly (string Name, CompanionKind First, CompanionKind Second, Func<string, bool, string> Argument)[] Compositions =
    [
        ("forward over reverse", CompanionKind.Gradient, CompanionKind.Jvp, (name, again) => name switch
        {
            "x" => "x", "tX" => "t", "tDX" => "h", "dX" => Scratch, "tResult" => "out _", _ => name,
        }),
        ("reverse over reverse", CompanionKind.Gradient, CompanionKind.Vjp, (name, again) => name switch
        {
            "x" => "x", "dX" => again ? "h" : Scratch, "dDX" => "(double[])t.Clone()", "cResult" => "0", _ => name,
        }),
        ("reverse over forward", CompanionKind.Jvp, CompanionKind.Vjp, (name, again) => name switch
        {
            "x" => "x", "tX" => "t", "tResult" => "out _", "cResult" => "0", "cTResult" => "1", "dX" => "h", "dTX" => Scratch, _ => name,
        }),
        ("forward over forward", CompanionKind.Jvp, CompanionKind.Jvp, (name, again) => name switch
        {
            "x" => "x", "tX" => again ? "unit" : "t", "tTX" => Scratch, "tResult" => "out _", "tTResult" => "out h[i]", _ => name,
        }),
    ];

    public static TheoryData<string, string> Methods() => new()
    {
        { "backward and tangent methods with a body", """
            [Differentiable] public static double F(ReadOnlySpan<double> x) => Cube(x[0] * x[1]) * x[2];
            [CustomVjp(nameof(CubeBackward)), CustomJvp(nameof(CubeTangent))] public static double Cube(double x) => x * x * x;
            private static double CubeBackward(double x, double c) => 3 * x * x * c;
            private static (double, double) CubeTangent(double x, double t) => (x * x * x, 3 * x * x * t);
            """ },
        { "a backward method alone", """
            [Differentiable] public static double F(ReadOnlySpan<double> x) => Cube(x[0] * x[1]) * x[2];
            [CustomVjp(nameof(CubeBackward))] public static double Cube(double x) => x * x * x;
            private static double CubeBackward(double x, double c) => 3 * x * x * c;
            """ },
        { "a tangent method alone", """
            [Differentiable] public static double F(ReadOnlySpan<double> x) => Energy(x) * x[0];
            [CustomJvp(nameof(EnergyTangent))] public static double Energy(ReadOnlySpan<double> x) { double s = 0; foreach (double v in x) s += v * v * v; return s; }
            private static (double, double) EnergyTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> t)
            {
                double s = 0, d = 0;
                for (int i = 0; i < x.Length; i++) { s += x[i] * x[i] * x[i]; d += 3 * x[i] * x[i] * t[i]; }
                return (s, d);
            }
            """ },
        { "a residual that is a number, several gradients, a loop", """
            [Differentiable] public static double F(ReadOnlySpan<double> x)
            {
                double s = x[0];
                for (int i = 0; i < 3; i++) s = Product(s, x[i]) + x[1];
                return s;
            }
            [CustomVjp(nameof(ProductForward), nameof(ProductBackward))] public static double Product(double a, double b) => Math.Exp(a * b);
            private static (double, double) ProductForward(double a, double b) { double e = Math.Exp(a * b); return (e, e); }
            private static (double, double) ProductBackward(double e, double a, double b, double c) => (e * b * c, e * a * c);
            """ },
        { "residuals that are tuples, one with the arguments beside it", """
            [Differentiable] public static double F(ReadOnlySpan<double> x)
            {
                double s = x[0];
                for (int i = 0; i < 3; i++) s = Ratio(s, x[i]) + Power(x[1] + 2, s);
                return s;
            }
            [CustomVjp(nameof(RatioForward), nameof(RatioBackward))] public static double Ratio(double x, double y) => x / (1 + y * y);
            private static (double, (double X, (double Y, int Two))) RatioForward(double x, double y) => (x / (1 + y * y), (x, (y, 2)));
            private static (double, double) RatioBackward((double X, (double Y, int Two) Others) r, double c)
            {
                double y = r.Others.Y, d = 1 + y * y;
                return (c / d, -r.Others.Two * c * r.X * y / (d * d));
            }
            [CustomVjp(nameof(PowerForward), nameof(PowerBackward))] public static double Power(double x, double y) => Math.Pow(x, y);
            private static (double, (double, double)) PowerForward(double x, double y) { double p = Math.Pow(x, y); return (p, (p, Math.Log(x))); }
            private static (double, double) PowerBackward((double Power, double Log) r, double x, double y, double c) => (c * y * r.Power / x, c * r.Power * r.Log);
            """ },
        { "a residual that is a tuple, of a rule that writes a span", """
            [Differentiable] public static double F(ReadOnlySpan<double> x)
            {
                Span<double> y = stackalloc double[x.Length];
                Scale(x, x[0] * x[1], y);
                double s = 0;
                for (int i = 0; i < y.Length; i++) s += y[i] * y[i] * x[i];
                return s;
            }
            [CustomVjp(nameof(ScaleForward), nameof(ScaleBackward))] [CustomJvp(nameof(ScaleTangent))]
            public static void Scale(ReadOnlySpan<double> x, double by, Span<double> y) { for (int i = 0; i < x.Length; i++) y[i] = by * by * x[i]; }
            private static (double By, double Square) ScaleForward(ReadOnlySpan<double> x, double by, Span<double> y) { Scale(x, by, y); return (by, by * by); }
            private static double ScaleBackward((double By, double Square) r, ReadOnlySpan<double> x, double by, ReadOnlySpan<double> y, ReadOnlySpan<double> c, Span<double> dX)
            {
                double sum = 0;
                for (int i = 0; i < x.Length; i++) { dX[i] += r.Square * c[i]; sum += 2 * r.By * x[i] * c[i]; }
                return sum;
            }
            private static void ScaleTangent(ReadOnlySpan<double> x, double by, Span<double> y, ReadOnlySpan<double> tX, double tBy, Span<double> tY)
            {
                for (int i = 0; i < x.Length; i++) tY[i] = by * by * tX[i] + 2 * by * tBy * x[i];
                Scale(x, by, y);
            }
            """ },
        { "straight-through estimators of one number and of several", """
            [Differentiable] public static double F(ReadOnlySpan<double> x)
            {
                Span<double> y = stackalloc double[x.Length], z = stackalloc double[x.Length];
                for (int i = 0; i < x.Length; i++) z[i] = Math.Sin(x[i]);
                Diff.StraightThrough(z, z, y);
                double s = Diff.StraightThrough(x[0] * x[1], x[0] * x[1]);
                for (int i = 0; i < y.Length; i++) s += y[i] * y[i] * Math.Exp(s * x[i]);
                return s;
            }
            """ },
        { "a backward method that adds to its gradients", """
            [Differentiable] public static double F(ReadOnlySpan<double> x) => Energy(x) * Energy(x[1..]);
            [CustomVjp(nameof(EnergyBackward))] public static double Energy(ReadOnlySpan<double> x) { double s = 0; foreach (double v in x) s += v * v * v; return s; }
            private static void EnergyBackward(ReadOnlySpan<double> x, double c, Span<double> dX) { for (int i = 0; i < x.Length; i++) dX[i] += 3 * x[i] * x[i] * c; }
            """ },
        { "rules of rules that cannot be lowered", """
            [Differentiable] public static double F(ReadOnlySpan<double> x) => Cube(x[0] * x[1]) * x[2];
            [CustomVjp(nameof(CubeBackward))] public static double Cube(double x) => x * x * x;
            [CustomVjp(nameof(CubeBackwardBackward)), CustomJvp(nameof(CubeBackwardTangent))]
            private static double CubeBackward(double x, double c) { lock (typeof(C)) return 3 * x * x * c; }
            private static (double, double) CubeBackwardBackward(double x, double c, double g) { lock (typeof(C)) return (6 * x * c * g, 3 * x * x * g); }
            private static (double, double) CubeBackwardTangent(double x, double c, double tX, double tC) => (3 * x * x * c, 6 * x * c * tX + 3 * x * x * tC);
            """ },
        { "rules by DerivativeOf", """
            [Differentiable] public static double F(ReadOnlySpan<double> x) => Other.Cube(x[0] * x[1]) * x[2];
            [DerivativeOf(typeof(Other), nameof(Other.Cube))] public static double CubeBackward(double x, double c) { lock (typeof(C)) return 3 * x * x * c; }
            [DerivativeOf(typeof(C), nameof(CubeBackward))] public static (double, double) Nested(double x, double c, double g) => (6 * x * c * g, 3 * x * x * g);
            public static class Other { public static double Cube(double x) { lock (typeof(C)) return x * x * x; } }
            """ },
        { "an operator with a number", "[Differentiable] public static double F(ReadOnlySpan<double> x) => Soft.Relu(x[0] * x[1], 0.5) * x[2] + Soft.Greater(x[0], x[2], 0.7);" },
        { "an operator with arrays", """
            [Differentiable] public static double F(ReadOnlySpan<double> x)
            {
                Span<double> y = stackalloc double[x.Length];
                Soft.Sort(x, y, 0.6);
                double s = 0;
                for (int i = 0; i < y.Length; i++) s += y[i] * y[i] * x[i] * (i + 1);
                return s * Soft.Max(y, 0.4);
            }
            """ },
        { "tensor primitives", """
            [Differentiable] public static double F(ReadOnlySpan<double> x)
            {
                Span<double> y = stackalloc double[x.Length], z = stackalloc double[x.Length];
                TensorPrimitives.Exp<double>(x, y);
                TensorPrimitives.Multiply<double>(x, y, z);
                TensorPrimitives.Add<double>(z, x[0], z);
                TensorPrimitives.Tanh<double>(z, y);
                return TensorPrimitives.Dot<double>(y, x) * TensorPrimitives.Norm<double>(z) + TensorPrimitives.Distance<double>(x, z) * TensorPrimitives.SumOfSquares<double>(x);
            }
            """ },
        { "the exponentials of the library", """
            [Differentiable] public static double F(ReadOnlySpan<double> x)
            {
                Span<double> y = stackalloc double[x.Length], z = stackalloc double[x.Length];
                Soft.Softmax(x, y);
                Soft.Sigmoid(y, z);
                return Soft.LogSumExp(z) * Soft.LogSumExp(x) + Soft.SoftmaxCrossEntropy(x, 1) * y[0];
            }
            """ },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Second_derivatives_go_through_rules(string name, string methods)
    {
        double[] x = [0.6, -0.8, 1.1], t = [0.3, 0.7, -0.5];
        foreach (var (composition, first, second, argument) in Compositions)
        {
            var type = Load(methods, first, second, argument);
            var gradient = type.GetMethod("Gradient")!.CreateDelegate<Action<double[], double[]>>();
            double[] Gradient(double step)
            {
                var result = new double[x.Length];
                gradient([.. x.Select((v, i) => v + (step * t[i]))], result);
                return result;
            }

            double[] Difference(double h) => [.. Gradient(h).Zip(Gradient(-h), (a, b) => (a - b) / (2 * h))];
            var (fine, coarse) = (Difference(1e-3), Difference(2e-3));
            var exact = new double[x.Length];
            type.GetMethod("Second")!.CreateDelegate<Action<double[], double[], double[]>>()(x, t, exact);
            for (var i = 0; i < x.Length; i++)
            {
                var expected = ((4 * fine[i]) - coarse[i]) / 3;
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{composition} {i}: {exact[i]:R} {expected:R}"));
                Assert.True(Math.Abs(exact[i] - expected) <= 1e-7 * Math.Max(1, Math.Abs(expected)), $"{name}, {composition}, {i}: {exact[i]:R}, not {expected:R}");
            }
        }
    }

    [Theory]
    [InlineData(
        """
        [Differentiable] public static double F(ReadOnlySpan<double> x) => Cube(x[0]);
        [CustomVjp(nameof(CubeBackward))] public static double Cube(double x) => x * x * x;
        private static double CubeBackward(double x, double c) { lock (typeof(C)) return 3 * x * x * c; }
        """,
        "CubeBackward: give CubeBackward [CustomVjp] and [CustomJvp]")]
    [InlineData(
        """
        [Differentiable] public static double F(ReadOnlySpan<double> x) => Cube(x[0]);
        [CustomVjp(nameof(CubeForward), nameof(CubeBackward))] public static double Cube(double x) => x * x * x;
        private static (double, Version) CubeForward(double x) => (x * x * x, new Version(3, 1));
        private static double CubeBackward(Version r, double x, double c) => r.Major * x * x * c;
        """,
        "its residual is a global::System.Version; make it a number or a tuple of numbers")]
    public void A_rule_that_is_missing_is_named(string methods, string words)
    {
        var error = Assert.Throws<MissingRuleException>(() => Load(methods, CompanionKind.Gradient, CompanionKind.Vjp, Compositions[1].Argument));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static Type Load(string methods, CompanionKind first, CompanionKind second, Func<string, bool, string> argument)
    {
        var run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, Head + methods + "\n}\n");
        var method = (IMethodSymbol)run.Input.GetTypeByMetadataName("C")!.GetMembers("F").Single();
        var lowered = CheckedLowering.Lower(method, run.Input, order: 2, CancellationToken.None);
        Assert.NotNull(lowered.Module);
        var options = TransformOptions.Default with { Verify = true };
        var nested = Companions.Generate(lowered.Module, [((Derivation)first).Then(second)], options, CancellationToken.None);
        var (file, shared) = CompanionFiles.Assemble("second derivatives", lowered.Declaration, nested);
        var texts = shared.Select(s => FileWriter.Write(CompanionFiles.Assemble(s))).Prepend(FileWriter.Write(file)).ToList();
        texts.Add(Call(texts[0], argument));
        return run.Load([.. texts.Select((text, i) => new SourceFile($"Nested{i}.cs", text))]).GetType("C")!;
    }

    /// <summary>A method that calls the second derivative once for each unit vector.</summary>
    private static string Call(string text, Func<string, bool, string> argument)
    {
        var declaration = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First();
        var arguments = declaration.ParameterList.Parameters.Select(p => p.Identifier.Text).Select(n => argument(n.Split('_')[0], n.Contains('_')));
        return $$"""
            public static partial class C
            {
                public static void Second(double[] x, double[] t, double[] h)
                {
                    for (int i = 0; i < x.Length; i++)
                    {
                        double[] unit = new double[x.Length];
                        unit[i] = 1;
                        {{declaration.Identifier.Text}}({{string.Join(", ", arguments)}});
                    }
                }
            }
            """;
    }
}
