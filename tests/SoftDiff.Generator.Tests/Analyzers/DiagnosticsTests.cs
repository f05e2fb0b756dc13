using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Analyzers;

/// <summary>Where each diagnostic stands: <c>[|</c> and <c>|]</c> enclose the piece of code it points at.</summary>
public class DiagnosticsTests
{
    public static TheoryData<string, string> Members => new()
    {
        { "SD0002", "[Differentiable(Wrt = [\"y\"])] public static double [|F|](double x) => x;" },
        { "SD0002", "[Differentiable(Wrt = [\"n\"])] public static double [|F|](double x, int n) => x * n;" },
        { "SD0003", "[Differentiable] public static double [|F|](int n) => n;" },
        { "SD0003", "[Differentiable] public static int [|F|](double x) => (int)x;" },
        { "SD0005", "[Differentiable] public static double G(double x) => x; [Differentiable] public static double F(double x) => [|GGrad(x, out _)|];" },
        { "SD0007", "[Differentiable] public static double F(double x) => x; static double [|FGrad|](double x, out double d) => d = x;" },
        { "SD0007", "[Differentiable] public static double F(ReadOnlySpan<double> x, int n) => x[n]; static void [|FVjp|](ReadOnlySpan<double> a, int b, double c, Span<double> d) { }" },
        { "SD0007", "[Differentiable] public static double F(double x) => x; static double [|FJvp|] => 1;" },
        { "SD0002", "[Differentiable] public static double F(double x) => x * x; [Gradient(nameof(F), Wrt = [\"y\"])] public static partial void [|G|](double x, out double dX);" },
        { "SD0006", "[Differentiable] public static double F(double x) => x * x; [Gradient(nameof(F))] public static partial void [|G|](double x);" },
        { "SD0006", "[Differentiable] public static double F(double x) => x * x; [Derivative(nameof(F))] public static partial void [|G|](double x);" },
        { "SD0006", "[Differentiable] public static double F(ReadOnlySpan<double> x) => x[0] * x[0]; [Hessian(nameof(F))] public static partial double [|G|](ReadOnlySpan<double> x, Span<float> h);" },
        { "SD0006", "[Differentiable] public static double F(ReadOnlySpan<double> x) => x[0] * x[0]; [Jacobian(nameof(F))] public static partial float [|G|](ReadOnlySpan<double> x, Span<double> h);" },
        { "SD0006", "[Differentiable] public static double F(double x) => x * x; [Gradient(nameof(F))] public static partial void [|G|](double x); [Differentiable] public static double H(double x) { G(x); return x; }" },
        { "SD0008", "[Differentiable] public static double F(double x) => x * x; [Derivative(nameof(F))] public static double [|G|](double x) => x;" },
        { "SD0008", "[Differentiable] public static double F(double x) => x * x; [Derivative(nameof(F)), Gradient(nameof(F))] public static partial double [|G|](double x);" },
        { "SD0008", "[Differentiable] public static double F(double x) => x * x; [Derivative(nameof(F)), Differentiable] public static partial double [|G|](double x);" },
        { "SD0008", "[Differentiable] public static double F(double x) => x * x; [Derivative(nameof(F))] public static partial double [|G|](double x); public static partial double G(double x) => x;" },
        { "SD0006", "[Differentiable] public static void F(ReadOnlySpan<double> x, Span<double> y) { y[0] = x[0]; } [Jacobian(nameof(F), Sparse = true)] public static partial void [|G|](ReadOnlySpan<double> x, Span<double> y);" },
        { "SD0006", "[Differentiable] public static void F(ReadOnlySpan<double> x, Span<double> y) { y[0] = x[0]; } [Jacobian(nameof(F), Sparse = true)] public static partial SparseMatrix<float> [|G|](ReadOnlySpan<double> x, Span<double> y);" },
        { "SD0008", "[Differentiable] public static void F(ReadOnlySpan<double> x, Span<double> y) { y[0] = x[0]; } [Vmap(nameof(F))] public static partial void G([Shared] int [|n|], ReadOnlySpan<double> x, Span<double> y);" },
        { "SD0008", "[Differentiable] public static double F(double x) => x * x; [Vmap(nameof(F))] public static partial void G(int n, ReadOnlySpan<double> x, [Shared] Span<double> [|v|]);" },
        { "SD0009", "[Derivative(\"F\")] public static partial double [|G|](double x);" },
        { "SD0009", "[Differentiable] public static double F(double x) => x * x; [Derivative(\"FGrad\")] public static partial double [|G|](double x, out double dX);" },
        { "SD0009", "[Differentiable] public static double F(double x) => x * x; [Derivative(typeof(Math), nameof(F))] public static partial double [|G|](double x);" },
        { "SD0010", "[Differentiable] public static double F(double x) => x * x; [Differentiable] public static float F(float x) => x; [Derivative(nameof(F))] public static partial double [|G|](int x);" },
        { "SD0010", "[Differentiable] public static double F(double x) => x * x; [Differentiable] public static double F(double x, double y) => x; [Jvp(nameof(F))] public static partial double [|G|](int x);" },
        { "SD0011", "public static double F(double x) => x; [Derivative(nameof(F))] public static partial double [|G|](double x);" },
        { "SD0012", "[Differentiable] public static double F(double x) => x * x; [Derivative(nameof(F), [|Order = 0|])] public static partial double G(double x);" },
        { "SD0012", "[Differentiable] public static float F(float x) => x * x; [Derivative(nameof(F), [|Order = 35|])] public static partial float G(float x);" },
        { "SD0013", "public static double F([[|Shared|]] double x) => x;" },
        { "SD0013", "[Differentiable] public static double F(double x) => x * x; [Gradient(nameof(F))] public static partial void G([[|Shared|]] double x, out double dX);" },
        { "SD0014", "[Differentiable] public static double F(double x) => G(x); [Derivative(nameof(F))] public static partial double [|G|](double x);" },
        { "SD0014", "[Differentiable] public static double F(double x) => x * H(x); static double H(double x) => x > 0 ? G(x) : 1; [Derivative(nameof(F))] public static partial double [|G|](double x);" },
        { "SD0015", "[Differentiable] public static double F(double x, double y) => x * y; [Derivative(nameof(F))] public static partial double [|G|](double x, double y);" },
        { "SD0015", "[Differentiable] public static double F(ReadOnlySpan<double> x) => x[0] * x[0]; [Derivative(nameof(F))] public static partial double [|G|](ReadOnlySpan<double> x);" },
        { "SD0015", "[Differentiable] public static void F(ReadOnlySpan<double> x, Span<double> y) { y[0] = x[0]; } [Hessian(nameof(F))] public static partial void [|G|](ReadOnlySpan<double> x, Span<double> y, Span<double> h);" },
        { "SD0015", "[Differentiable] public static void F(ReadOnlySpan<double> x, Span<double> y) { y[0] = x[0]; } [Vmap(nameof(F))] public static partial void [|G|](int n, ReadOnlySpan<double> x, [Shared] Span<double> y);" },
        { "SD0015", "[Differentiable] public static double[] F(double x) => [x, x * x]; [Jacobian(nameof(F))] public static partial double[] [|G|](double x, Span<double> jacobian);" },
        { "SD1002", "[Differentiable] public static double[] F(double x) => [x, x * x]; [Vjp(nameof(F))] public static partial double[] G(double x, ReadOnlySpan<double> c, out double dX); [Differentiable] public static double H(double x) { double d = 0; [|G(x, [1, 2], out d)|]; return d; }" },
        { "SD1002", "[Differentiable] public static double[] F(double x) => [x, x * x]; [Jvp(nameof(F))] public static partial void G(double x, double t, out double[] y); [Differentiable] public static double H(double x) { [|G(x, 1, out _)|]; return x; }" },
        { "SD0006", "[Differentiable] public static double[,] F(double[,] x) => (double[,])x.Clone(); [Vjp(nameof(F))] public static partial double[,] [|G|](double[,] x, double[,] c);" },
        { "SD0015", "[Differentiable] public static double F(double x, out double[] y) { y = [x]; return x * x; } [Derivative(nameof(F))] public static partial double [|G|](double x, out double[] y);" },
        { "SD0015", "[Differentiable] public static double F(double? x, double y) => (x ?? 1) * y; [Gradient(nameof(F))] public static partial double [|G|](double? x, double y, out double? dX, out double dY);" },
        { "SD1005", "[Differentiable] public static double F(ref double? [|x|], double y) => x ?? y;" },
        { "SD1002", "[Differentiable] public static double[] F(double[] x, double a) => [|x[0] > a ? [a] : x|];" },
        { "SD1002", "[Differentiable] public static double[]? F(double x) { if (x > 0) return [|null|]; return [x]; }" },
        { "SD1002", "[Differentiable] public static void F(double[] x, out double[] [|y|]) => y = x;" },
        { "SD1002", "[Differentiable] public static double[] F(double x, out double[] y) { y = [x]; return [|y|]; }" },
        { "SD1002", "static readonly double[] A = [1, 2]; [Differentiable] public static double[] F(double x) => [|x > 0 ? [x] : A|];" },
        { "SD0016", "[[|Checkpoint|]] public static double F(double x) => x;" },
        { "SD0016", "[Differentiable, [|Checkpoint(Slots = 0)|]] public static double F(double x) => x;" },
        { "SD0016", "[Differentiable, [|Checkpoint|], CustomVjp(nameof(B))] public static double F(double x) => x * x; static double B(double x, double c) => 2 * x * c;" },
        { "SD1003", "[Differentiable] public static double F(ReadOnlySpan<double> x, [NonDifferentiable] double q) => x[0] * q; static double R(ReadOnlySpan<double> x, double q) => Soft.Quantile(x, q); [Differentiable(Wrt = [\"x\"])] public static double H(ReadOnlySpan<double> x, double q) => R(x, [|q|]); [Gradient(nameof(H), Wrt = [\"q\"])] public static partial void G(ReadOnlySpan<double> x, double q, out double dQ);" },
        { "SD2004", "[CustomVjp(nameof(B))] public static double S(double x) => x * x; static double B(double x, double c) => c * BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(2 * x)); [Differentiable] public static double F(double x) => x * [|S(x)|]; [Derivative(nameof(F), Order = 2)] public static partial double G(double x);" },
        { "SD0015", "[Differentiable] public static double F((double, double) p) => p.Item1 * p.Item2; [Vmap(nameof(F))] public static partial void [|G|](int n, [Shared] (double, double) p, Span<double> values);" },
        { "SD0015", "[Differentiable] public static double F((double, double) p) => p.Item1 * p.Item2; [Jacobian(nameof(F), Sparse = true)] public static partial SparseMatrix<double> [|G|]((double, double) p);" },
        { "SD0015", "[Differentiable] public static double F(ReadOnlySpan<double> x) => x[0]; [Jacobian(nameof(F), Sparse = true)] public static partial SparseMatrix<double> G(ReadOnlySpan<double> x); [Jvp(nameof(G))] public static partial void [|H|](ReadOnlySpan<double> x, ReadOnlySpan<double> t);" },
        { "SD0017", "[Differentiable] public static double F(ReadOnlySpan<double> x) { double[] a = [|new double[(int)x[0]]|]; return a[0] * x[0]; } [Jacobian(nameof(F), Sparse = true)] public static partial SparseMatrix<double> G(ReadOnlySpan<double> x);" },
        { "SD0017", "[Differentiable] public static double F(ReadOnlySpan<double> x) => [|x.Slice((int)x[0])|][0]; [Jacobian(nameof(F), Sparse = true)] public static partial SparseMatrix<double> G(ReadOnlySpan<double> x);" },
        { "SD0017", "static double R(double x) => x < 1 ? x : R(x / 2); [Differentiable] public static double F(double x) => [|R(x)|]; [Jacobian(nameof(F), Sparse = true)] public static partial SparseMatrix<double> G(double x);" },
        { "SD1002", "[Differentiable] public static double F(ReadOnlySpan<double> x) => x[0]; [Jacobian(nameof(F), Sparse = true)] public static partial SparseMatrix<double> G(ReadOnlySpan<double> x); [Differentiable] public static double H(ReadOnlySpan<double> x) { _ = [|G(x)|]; return x[0]; }" },
        { "SD1001", "[Differentiable] public static double F(double x) { [|lock (typeof(C)) { x *= 2; }|] return x; }" },
        { "SD1001", "[Differentiable] public static double F(double x) { [|try { x *= 2; } catch (Exception) { x = 1; }|] return x; }" },
        { "SD1002", "[Differentiable] public static double F(double x) { return x * [|\"abc\"[..2]|].Length; }" },
        { "SD1002", "[Differentiable] public static double F(double x) => x + (double)[|(decimal)x|];" },
        { "SD1003", "[Differentiable] public static double F(double x) => [|BitConverter.DoubleToInt64Bits(x)|] * x;" },
        { "SD1003", "private interface IM { double At(double t); } private readonly IM m = null!; [Differentiable] public double F(double x) => [|m.At(x)|];" },
        { "SD1003", "protected virtual double G(double x) => x; [Differentiable] public double F(double x) => [|G(x)|];" },
        { "SD1003", "[Differentiable] public static double F(ReadOnlySpan<double> x, double q) => Soft.Quantile(x, [|q * q|]);" },
        { "SD1003", "static double G(ReadOnlySpan<double> x, double q) => Soft.Quantile(x, q); [Differentiable] public static double F(ReadOnlySpan<double> x) => G(x, 0.5) + G(x, [|x[0]|]);" },
        { "SD1003", "static double G(ReadOnlySpan<double> x, double q, int n) => n == 0 ? Soft.Quantile(x, q) : G(x, q, n - 1); [Differentiable] public static double F(ReadOnlySpan<double> x, double q) => G(x, [|q|], 3);" },
        { "SD1003", "[Differentiable] public static double F(double x, double e) { var t = e; for (int i = 0; i < 3; i++) t *= 0.5; return Soft.Equal(x, 1.0, 0.1, epsilon: [|t|]); }" },
        { "SD1003", "static double G([NonDifferentiable] ReadOnlySpan<double> w, double x) => w[0] * x; [Differentiable] public static double F(ReadOnlySpan<double> w, double x) => G([|w|], x);" },
        { "SD1003", "[Differentiable, GradReplace] public static double F(ReadOnlySpan<double> x, [|double q|], bool forward) => Soft.Quantile(x, q);" },
        { "SD1004", "static double s = 1; [Differentiable] public static double F(double x) => x * [|s|];" },
        { "SD1004", "static double S { get; set; } [Differentiable] public static double F(double x) => x * [|S|];" },
        { "SD1004", "static readonly double[] T = [1, 2]; [Differentiable] public static double F(double x) { [|T[0]|] = x; return T[1] * x; }" },
        { "SD1004", "static readonly double[] T = [1]; static void W(Span<double> t, double x) => t[0] = x; [Differentiable] public static double F(double x) { W([|T|], x); return x; }" },
        { "SD1002", "static void B(ref double a, ref double b) => a += b; [Differentiable] public static double F(double x) { B(ref x, ref [|x|]); return x; }" },
        { "SD1002", "static double G(double x, double[]? w) => w == null ? x : w[0] * x; [Differentiable] public static double F(double x) => G(x, [|null|]);" },
        { "SD1002", "[Differentiable] public static double F(double x) { void Twice(ref double v) { v *= 2; x += v; } Twice(ref [|x|]); return x; }" },
        { "SD1001", "[Differentiable] public static double F(double x) { ref double [|y = ref x|]; y *= 2; return x; }" },
        { "SD1005", "[Differentiable] public static double F(double x, ref string [|s|]) => x;" },
        { "SD1005", "[Differentiable] public static double F(ref System.Numerics.Tensors.TensorSpan<double> [|x|]) => x[0];" },
        { "SD1005", "[Differentiable] public static double F(System.Numerics.Tensors.Tensor<double> [|x|], double y) => x[0] * y;" },
        { "SD1005", "public record struct Deal(double Price, bool IsCall); [Differentiable] public static double F(double x, Deal[] [|deals|]) => x * deals[0].Price;" },
        { "SD1005", "public record struct Deal(double Price, bool IsCall); [Differentiable(Wrt = [\"x\"])] public static double F(double x, ReadOnlySpan<Deal> [|deals|]) => x * deals[0].Price;" },
        { "SD1005", "[Differentiable] public static decimal [|F|](double x) => 0;" },
        { "SD1005", "[Differentiable, GradReplace] public static double F(double[][] [|a|], bool forward) => forward ? a[0][0] : 1;" },
        { "SD1002", "[Differentiable] public static double F(double[][] a) { [|a[0]|] = a[1]; return a[0][0]; }" },
        { "SD1002", "[Differentiable] public static double F(double[] x) { var a = new double[1][]; [|a[0]|] = x; return a[0][0]; }" },
        { "SD1002", "[Differentiable] public static double F(double[] x) { var a = [|new double[1][]|]; x[0] = 2; a[0] = new double[(int)x[0]]; return x[0] * a[0].Length; }" },
        { "SD1005", "[CustomVjp(nameof(H), nameof(B))] static double G(double[,] [|a|]) => a[0, 0]; static (double, double) H(double[,] a) => (a[0, 0], 1); static void B(double r, double c, double[,] dA) => dA[0, 0] = c;" },
        { "SD1005", "[Differentiable] public static double F(double x) { decimal [|d = 0|]; return x; }" },
        { "SD1006", "[Differentiable] public static double F(double[] x) { double[] a = []; for (int i = 0; i < 3; i++) { x[0] += i; [|a|] = new double[(int)x[i]]; } return a.Length * x[0] + a[0]; }" },
        { "SD1006", "static double[] G(double[] x) { [|for|] (int i = 0; i < 3; i++) { x[0] += i; if (x[i] > i) return new double[(int)x[i] + i]; } return []; } [Differentiable] public static double F(double[] x) { var y = G(x); return y.Length * x[0] + y[0]; }" },
        { "SD1007", "[Differentiable] public static double F(double x) => x * [|x.CompareTo(0.5)|];" },
        { "SD1004", "private readonly double[] w = [1]; [Differentiable] public double F(double x) { [|w[0]|] = x; return w[0]; }" },
        { "SD1002", "private double s; [Differentiable] public double F(double x) { [|s|] = x; return s; }" },
        { "SD1010", "private class D { private double k = 1; public double G(double x) => x * [|k|]; } private readonly D d = new(); [Differentiable] public double F(double x) => d.G(x);" },
        { "SD0015", "[Differentiable] public double F(double x) => x; [Derivative(nameof(F))] public static partial double [|G|](double x);" },
        { "SD1008", "[Differentiable] public static double F(double x, Func<double, double> [|f|]) => f(x);" },
        { "SD1008", "static Func<double, double> f = t => t; [Differentiable] public static double F(double x) => [|f|](x);" },
        { "SD1008", "private readonly Func<double, double> f = t => t; [Differentiable] public double F(double x) => [|f|](x);" },
        { "SD1008", "static readonly Func<double, double> f = t => t; static C() => f = t => 2 * t; [Differentiable] public static double F(double x) => [|f|](x);" },
        { "SD1008", "[Differentiable] public static double F(double x) { Func<double, double> f = t => t; if (x > 1) f = Math.Sin; return [|f|](x); }" },
        { "SD1008", "static double G(Func<double, double> f, double x) => f(x); [Differentiable] public static double F(double x) => G([|x > 1 ? Math.Sin : Math.Cos|], x);" },
        { "SD1008", "[Differentiable] public static double F(double x) { Func<double, double> f = t => t; for (int i = 0; i < 3; i++) { x = [|f|](x); f = Math.Sin; } return x; }" },
        { "SD1008", "[Differentiable] public static double F(double x) { Func<double> f = null; for (int i = 0; i < 3; i++) { double a = x * i; Func<double> g = () => a; [|f|] ??= g; x += f(); } return x; }" },
        { "SD1008", "[Differentiable] public static double F(double x) { Func<double, double> f = null; for (int i = 0; i < 3; i++) { if ([|f|] != null) x += f(i); f = t => t * x; } return x; }" },
        { "SD1008", "[Differentiable] public static double F(double x) { double s = 0; System.Threading.Tasks.Parallel.For(0, 3, [|i => s += x * i|]); return s; }" },
        { "SD1008", "static double G(double x, Func<double, double> f) => x > 9 ? f(x) : [|G(x + 1, t => f(t) * x)|]; [Differentiable] public static double F(double x) => G(x, t => t);" },
        { "SD1008", "[Differentiable] public static double F(double x) { double[] a = [x]; Action f = [|() => a = [x, x]|]; f(); return a[0]; }" },
        { "SD1008", "[Differentiable] public static double F(double x) { Func<double, System.Threading.Tasks.Task> f = [|async t => await System.Threading.Tasks.Task.Yield()|]; return x; }" },
        { "SD1008", "class D { public double G(double x) => x; } [Differentiable] public static double F(double x) { Func<double, double> f = [|new D().G|]; return f(x); }" },
        { "SD1008", "static Func<int, double> G(double x, int n) => k => k == 0 ? x : [|G(x * 2, n - 1)|](k - 1); [Differentiable] public static double F(double x) => G(x, 3)(2);" },
        { "SD1002", "[Differentiable] public static double F(double[] x) => [|x.OrderBy(v => v)|].Sum();" },
        { "SD1002", "[Differentiable] public static double F(double[] x) => [|x.GroupBy(v => v > 0)|].Count() * x[0];" },
        { "SD1002", "[Differentiable] public static double F(double[] x) => [|x.Where(v => v > 0).Zip(x, (a, b) => a * b)|].Sum();" },
        { "SD1002", "[Differentiable] public static double F(double[] x) { var s = x.Where(v => v > 0); if (x[0] > 1) s = x; return [|s|].Sum(); }" },
        { "SD1002", "[Differentiable] public static double F(double[] x) => [|x.SelectMany(v => x).ToArray()|].Length * x[0];" },
        { "SD1002", "class D { public double V; } [Differentiable] public static double F(double x) { D a = null; for (int i = 0; i < 3; i++) { if (i > 0) x += [|a|].V; a = new D { V = x }; } return x; }" },
        { "SD1002", "struct P { public double A, B; } static double G(ref double a, Func<double> f) { a *= 2; return f(); } [Differentiable] public static double F(double x) { var p = new P { A = x, B = x }; return [|G(ref p.A, () => p.A * p.B)|]; }" },
        { "SD1002", "struct P { public double A; public double G(Func<double> f) { A *= 2; return f(); } } [Differentiable] public static double F(double x) { var p = new P { A = x }; return [|p.G(() => p.A)|]; }" },
        { "SD1002", "static double[] G(ref double a, Func<double> f) { a *= 2; return [f()]; } [Differentiable] public static double F(double x) { double v = x; return [|G(ref v, () => v)|][0]; }" },
        { "SD1002", "static double G(in double a, Func<double> f) => f() * a; [Differentiable] public static double F(double x) { double v = x; return [|G(in v, () => v *= 2)|]; }" },
        { "SD1002", "struct P { public double A, B; } [Differentiable] public static double F(double x) { var p = new P { A = x, B = x }; return G(ref [|p.A|]); double G(ref double a) { a *= 2; return p.A * p.B; } }" },
        { "SD1001", "static IEnumerable<double> G(double x) { [|yield return x;|] } [Differentiable] public static double F(double x) => G(x).Sum();" },
        { "SD1001", "[Differentiable] public static double F(double x) { again: x *= 2; if (x < 1) [|goto again;|] return x; }" },
        { "SD1002", "static double[] G(double x, int n) => n == 0 ? [x] : [|G(x * x, n - 1)|]; [Differentiable] public static double F(double x) => G(x, 3)[0];" },
        { "SD1009", "[Differentiable] public virtual double [|F|](double x) => x;" },
        { "SD1009", "[CustomVjp(nameof(B))] public double [|F|](double x) => x; private static double B(double x, double c) => c;" },
        { "SD1009", "[Differentiable] public static async System.Threading.Tasks.Task<double> [|F|](double x) { await System.Threading.Tasks.Task.Yield(); return x; }" },
        { "SD1009", "[Differentiable] public static C operator [|+|](C a, C b) => a;" },
        { "SD1009", "[Differentiable] public static explicit operator [|double|](C a) => 0;" },
        { "SD1009", "static double P { [Differentiable] [|get|] => 1; }" },
        { "SD1009", "public static double F(double x) { return G(x); [Differentiable] static double [|G|](double x) => x; }" },
        { "SD1009", "public static double F(double x) { var f = [|[Differentiable] (double y) => y * y|]; return f(x); }" },
        { "SD1010", "static partial class D { private static readonly double[] k = [2]; public static double G(double x) => x * [|k|][0]; } [Differentiable] public static double F(double x) => D.G(x);" },
        { "SD2001", "[CustomVjp(\"Missing\", \"Missing2\")] public static double [|F|](double x) => x;" },
        { "SD2001", "[CustomJvp(nameof(T))] public static double F(double x) => x; private static double [|T|](double x) => x;" },
        { "SD2002", "[CustomJvp(nameof(T))] public static double [|F|](ref double x) => x; private static double T(double x) => x;" },
        { "SD2002", "[CustomVjp(nameof(B))] public static void [|F|](double x, Span<double> y) => y.Fill(x); private static double B(double x, ReadOnlySpan<double> y, ReadOnlySpan<double> cY) => cY[0];" },
        { "SD2003", "[Differentiable, StraightThrough] public static double [|F|](double x, int mode) => x;" },
        { "SD2003", "[Differentiable, GradReplace] public static double [|F|](double x, int forward) => x;" },
        { "SD2003", "[GradReplace] public static double G(double x) => x; [Differentiable] public static double F(double x) => [|G(x)|];" },
        { "SD1002", "[Differentiable] public static double F(double x) { var l = new System.Collections.Generic.List<double> { x, 1 }; [|l.Sort()|]; return l[0]; }" },
        { "SD1002", "[Differentiable] public static double F(double x) { var l = new System.Collections.Generic.List<double> { x }; foreach (var v in l) [|l.Add(v)|]; return l[0]; }" },
        { "SD1002", "[Differentiable] public static double F(double[] x) { var l = [|new System.Collections.Generic.List<double>()|]; for (int i = 0; i < x.Length; i++) { x[i] *= 2; if (x[i] > 1) l.Add(x[i]); } return l.Count * x[0]; }" },
        { "SD1012", "static readonly System.Collections.Generic.HashSet<object> S = []; [Differentiable] public static double F(double x) { var l = new System.Collections.Generic.List<double> { x }; [|S.Add(l)|]; return l[0]; }" },
        { "SD1011", "[Differentiable] public static double F(System.Collections.Generic.List<double> l, double x) { [|l.Add(x)|]; return l[0] * x; }" },
        { "SD1011", "public class B { public double V; } [Differentiable] public static double F(B b, double x) { [|b.V|] = x; return b.V; }" },
        { "SD1011", "public class B { public double V; public void Put(double v) => [|V|] = v; } [Differentiable] public static double F(B b, double x) { b.Put(2 * x); return b.V; }" },
        { "SD1011", "[Differentiable] public static double F(System.Collections.Generic.Dictionary<string, double> d, double x) { [|d[\"a\"]|] = x; return d[\"a\"]; }" },
        { "SD1011", "[Differentiable] public static double F(double x) { object o = [|x|]; return (double)o; }" },
        { "SD1012", "public class B { public double V; } [Differentiable] public static double F(System.Collections.Generic.List<B> l, double x) { var b = new B { V = x }; [|l.Add(b)|]; return b.V; }" },
        { "SD1002", "class M { public double A; } [Differentiable(Wrt = [\"m\"])] public static double F(M m, M other) => [|m == other|] ? m.A : 2 * m.A;" },
        { "SD1005", "class L { public double V; } class M { public double A; public System.Collections.Generic.IReadOnlyList<L> Layers = null!; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) => m.A * m.Layers[0].V;" },
        { "SD1005", "class L { public double V; } class B { public L[] Layers = []; } class M { public B[] Blocks = []; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) => m.Blocks[0].Layers[0].V;" },
        { "SD1005", "class L { public double[][] V = []; } class M { public L[] Layers = []; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) => m.Layers[0].V[0][0];" },
        { "SD1013", "class L { public double V; } class M { public L[] Layers = []; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) { [|m.Layers[0].V|] = 2; return m.Layers[0].V; }" },
        { "SD1013", "class L { public double[] V = []; } class M { public L[] Layers = []; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) { [|m.Layers[0].V[0]|] = 2; return m.Layers[0].V[0]; }" },
        { "SD1012", "class L { public double V; } class M { public L[] Layers = []; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) { [|m.Layers[0]|] = new L(); return m.Layers[0].V; }" },
        { "SD1012", "class L { public double V; } class M { public L[] Layers = []; } static L[]? Kept; [Differentiable(Wrt = [\"m\"])] public static double F(M m, System.Collections.Generic.List<object> l) { [|l.Add(m.Layers)|]; return m.Layers[0].V; }" },
        { "SD1005", "abstract class L { } sealed class K : L { public double V; } class M { public double A; public L Head = null!; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) => m.A;" },
        { "SD1013", "class M(double a) { public double B; public double Sum() => [|a|] += B; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) => m.B * m.Sum();" },
        { "SD1002", "class B { public double V; } [Differentiable] public static double F(double p, int n) { var x = new B { V = p }; double Grow() { if (n > 2) x = new B { V = 2 * p }; return 1; } x.V += Grow(); return [|x|].V; }" },
        { "SD1002", "class B { public double V; public void Bump(double k) => V += k; } class H { public B B; public H(double v) => B = new B { V = v }; } [Differentiable] public static double F(double p, bool c) { var h = new H(p); h.B.Bump(c ? (h.B = new B { V = 3 * p }).V : 1); return [|h.B|].V; }" },
        { "SD1002", "class B { public double V; public void Bump(double k) => V += k; } static double Twice(B b, double k) { b.Bump(k); return b.V; } [Differentiable] public static double F(double p, bool c) { var x = new B { V = p }; double y = Twice(x, c ? (x = new B { V = 7 }).V : 1); return y * [|x|].V; }" },
        { "SD1002", "class B { public double V; public double Mul(double k) => V * k; } [Differentiable] public static double F(double p, bool c) { var x = new B { V = p }; return x.Mul([|(c ? x = new B { V = 3 } : x).V|]); }" },
        { "SD1013", "public sealed class M { public double A; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|], M other) { other.A = 5; return m.A * m.A; }" },
        { "SD1002", "[System.Runtime.CompilerServices.InlineArray(4)] public struct B { private double _e; } [Differentiable] public static double F(B p, double x) { Span<double> s = [|p|]; s[0] = x; return p[0]; }" },
        { "SD1002", "[System.Runtime.CompilerServices.InlineArray(4)] public struct B { private double _e; } [Differentiable] public static double F(B p, double x) { p[0] = x; ReadOnlySpan<double> s = [|p|]; p[1] = x; return s[1]; }" },
        { "SD1002", "[System.Runtime.CompilerServices.InlineArray(4)] public struct B { private double _e; } [Differentiable] public static double F(B p, double x) { var s = [|p[1..3]|]; return s[1] * x; }" },
        { "SD1002", "[System.Runtime.CompilerServices.InlineArray(4)] public struct B { private double _e; } [Differentiable] public static double F(B p) { foreach (ref var v in [|p|]) v = 2; return p[0]; }" },
        { "SD1002", "public struct V { public double X; } [System.Runtime.CompilerServices.InlineArray(4)] public struct B { private V _e; } [Differentiable] public static double F(B p, int i) => [|p[i]|].X;" },
        { "SD1002", "[System.Runtime.CompilerServices.InlineArray(4)] public struct B { private double _e; } public interface I { double Get(B b); } [Differentiable(Wrt = [\"x\"])] public static double F(I i, B b, double x) => i.Get([|b|]) * x;" },
        { "SD1013", "public struct S { public double[] W; public double B; } [Differentiable] public static double F(S p, double x) { [|p.B|] = x; return p.B * p.W[0]; }" },
        { "SD1013", "public struct S { public double[] W; public double B; } [Differentiable] public static double F(S p, double x) { var q = p; [|q.B|] *= x; return q.B * p.B; }" },
        { "SD1013", "public struct S { public double[] W; public double B; } [Differentiable] public static double F(S p, double x) { [|p.W[0]|] = x; return p.W[0]; }" },
        { "SD1013", "public struct S { public double[] W; public double B; } static void Set(ref S p) => [|p.B|] = 1; [Differentiable] public static double F(S p, double x) { Set(ref p); return p.W[0] * x; }" },
        { "SD1013", "public partial struct S { public double[] W; public double B; [Differentiable] public double [|F|](double x) { B = x; return B * W[0]; } }" },
        { "SD1005", "public struct S { public double[] W; public double B; } [Differentiable] public static double F(ref S [|p|], double x) => p.B * p.W[0] * x;" },
        { "SD1005", "public struct S { public double[] W; public double B; } [Differentiable] public static S [|F|](S p, double x) => p;" },
        { "SD1005", "public struct S { public double[] W; public double B; } [Differentiable] public static double F(S[] [|p|], double x) => p[0].B * x;" },
        { "SD1005", "public struct S { public double[] W; } public class L { public S P; } public class M { public L[] Layers = []; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) => m.Layers[0].P.W[0];" },
        { "SD1005", "public record R(double V); public struct S { public double[] W; public R P; } [Differentiable] public static double F(S [|p|]) => p.W[0] * p.P.V;" },
        { "SD1002", "public record struct S(double[] W, double B); [Differentiable] public static double F(S p, S q, double x) => [|p == q|] ? x : p.B;" },
        { "SD0006", "public struct S { public double[] W; } [Differentiable] public static double F(S p) => p.W[0]; [Gradient(nameof(F))] public static partial double [|G|](S p, out S dP);" },
        { "SD0015", "public struct S { public double[] W; } [Differentiable] public static double F(S p) => p.W[0]; [Hessian(nameof(F))] public static partial double [|G|](S p, Span<double> h);" },
        { "SD1013", "public sealed class M { public double A; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) { [|m.A|] *= 2; return m.A; }" },
        { "SD1013", "public sealed class M { public double[] A = [1]; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) { [|m.A[0]|] = 2; return m.A[0]; }" },
        { "SD1013", "public sealed class M { public double[,] A = new double[1, 1]; void Set() => [|A[0, 0]|] = 1; public double F() { Set(); return A[0, 0]; } } [Differentiable(Wrt = [\"m\"])] public static double G(M m) => m.F();" },
        { "SD1013", "public sealed class M { public double[] A = [1]; } static void Set(double[] a) => a[0] = 1; [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) { Set(m.A); return m.A[0]; }" },
        { "SD0006", "public sealed class M { public double A; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) => m.A * m.A; [Gradient(nameof(F))] public static partial double [|G|](M m, out M dM);" },
        { "SD0006", "public record M(double A); [Differentiable(Wrt = [\"m\"])] public static double F(M m) => m.A * m.A; [Vjp(nameof(F))] public static partial double [|G|](M m, double c, M dM);" },
        { "SD0015", "public sealed class M { public double A; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) => m.A * m.A; [Gradient(nameof(F))] public static partial double G(M m, M dM); [Jvp(nameof(G))] public static partial double [|H|](M m, M dM, M tM, M tD);" },
        { "SD0015", "public sealed class M { public double A; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) => m.A * m.A; [Hessian(nameof(F))] public static partial double [|G|](M m, Span<double> h);" },
        { "SD1005", "public sealed class N { public double A; public N Next; } [Differentiable(Wrt = [\"n\"])] public static double F(N [|n|]) => n.A;" },
        { "SD1005", "public struct L { public double A; } public sealed class M { public L[] Layers = []; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) => m.Layers[0].A;" },
        { "SD1005", "public sealed class M { public double? A; public double B; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) => m.B;" },
        { "SD1005", "class L { public double A; public System.Numerics.Complex V; } class M { public L[] Layers = []; } [Differentiable(Wrt = [\"m\"])] public static double F(M [|m|]) => m.Layers[0].A * m.Layers[0].V.Real;" },
        { "SD0002", "public sealed class M { public int A; } [Differentiable(Wrt = [\"m\"])] public static double [|F|](M m, double x) => m.A * x;" },
        { "SD1007", "public class M { public double A; public virtual double Get() => A; } [Differentiable(Wrt = [\"m\"])] public static double F(M m) => [|m.Get()|];" },
        { "SD1012", "public class M { public double A; } [Differentiable(Wrt = [\"m\"])] public static double F(M m, System.Collections.Generic.List<M> l) { [|l.Add(m)|]; return m.A; }" },
        { "SD1002", "public record R(double A); [Differentiable] public static double F(double x) { var a = new R(x); var b = new R(x); return [|a == b|] ? a.A : 2 * x; }" },
        { "SD1002", "public record R { public double A; public R(double a) => A = a; public R(R of) => A = 2 * of.A; } [Differentiable] public static double F(double x) { var b = [|new R(x) with { }|]; return b.A; }" },
        { "SD0015", "[Differentiable] public static double F(System.Random r, ReadOnlySpan<double> x) => x[0] * x[0] * r.NextDouble(); [Hessian(nameof(F))] public static partial void [|G|](System.Random r, ReadOnlySpan<double> x, Span<double> h);" },
        { "SD0016", "[Differentiable, Checkpoint] public static double [|G|](System.Random r, double x) => x * r.NextDouble(); [Differentiable] public static double F(System.Random r, double x) => G(r, x) * x;" },
        { "SD0017", "[Differentiable] public static double F(System.Collections.Generic.List<double> l, ReadOnlySpan<double> x) => x[0] * l[0]; [Jacobian(nameof(F), Sparse = true)] public static partial SparseMatrix<double> [|G|](System.Collections.Generic.List<double> l, ReadOnlySpan<double> x);" },
        { "SD3001", "[Differentiable] public static double F(double x, double [|edge|]) => x > edge ? x : 0;" },
        { "SD2005", "[[|ImplicitFunction(\"Missing\")|]] public static double F(double a) => a;" },
        { "SD2005", "[[|ImplicitFunction(nameof(R))|]] public static double F(double a) => a; static double R(double x, float a) => x - a;" },
        { "SD2005", "[[|ImplicitFunction(nameof(R))|]] public static double F(double a) => a; static double R(double x, double b) => x - b;" },
        { "SD2005", "[[|ImplicitFunction(nameof(R))|]] public static double F(double a) => a; static void R(ReadOnlySpan<double> x, double a, Span<double> r) => r[0] = x[0] - a;" },
        { "SD2005", "[[|ImplicitFunction(nameof(R))|]] public static void F(double a, Span<double> x, Span<double> y) { } static double R(double x, double a) => x - a;" },
        { "SD2005", "[[|ImplicitFunction(nameof(R))|]] public static double F(double a) => a; static double R(double x, double a) => x - F(a);" },
        { "SD2005", "[[|ImplicitFunction(nameof(R), LinearSolver = nameof(L))|]] public static void F(double a, Span<double> x) => x.Fill(a); static void R(ReadOnlySpan<double> x, double a, Span<double> r) => r[0] = x[0] - a; static void L(Span<double> a) { }" },
        { "SD2005", "[[|ImplicitFunction(\"Missing\")|]] static double G(double a) => a; [Differentiable] public static double F(double a) => G(a) + 1;" },
        { "SD1002", "[ImplicitFunction(nameof(R))] public static double F(double a) => a; static double R(double x, double a) => x - a * [|\"abc\"[..2]|].Length;" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_gets_its_diagnostic(string id, string member) => AssertAt(id, $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using SoftDiff;

        public partial class C
        {
            {{member}}
        }
        """);

    [Theory]
    [InlineData("static double FGrad(double x, out double d) => d = x;")]
    [InlineData("class FJvp { } delegate void FVjp();")]
    public void A_member_in_the_place_of_a_companion_breaks_nothing_else(string member)
    {
        using GeneratorRun run = GeneratorHarness.RunUnchecked(
            CompilationSettings.Default, $$"""using SoftDiff; public partial class C { [Differentiable] public static double F(double x) => x * x; {{member}} }""");

        run.AssertClean();
        Assert.All(GeneratorHarness.Analyze(run.Output), found => Assert.Equal("SD0007", found.Id));
    }

    [Theory]
    [InlineData("static double FGrad(double x) => 2 * x;")]
    [InlineData("static double FGrad(double x, double y) => 2 * x;")]
    [InlineData("static double FVjp<T>(double x, double c, out double d) => d = x;")]
    public void A_member_that_only_shares_a_companions_name_is_fine(string member) => Assert.Empty(GeneratorHarness.Analyze(
        $$"""using SoftDiff; public partial class C { [Differentiable] public static double F(double x) => x * x; {{member}} }"""));

    [Theory]
    [InlineData("SD0001", "class C { [Differentiable] public static double [|F|](double x) => x; }")]
    [InlineData("SD0001", "class C { partial class D { [Differentiable] public static double [|F|](double x) => x; } }")]
    [InlineData("SD1009", "partial interface I { [Differentiable] double [|F|](double x) => x; }")]
    [InlineData("SD0004", "file partial class C { [Differentiable] public static double [|F|](double x) => x; }")]
    public void A_type_gets_its_diagnostic(string id, string type) => AssertAt(id, "using SoftDiff;\n" + type);

    [Theory]
    [InlineData("[Differentiable] public static double F(ReadOnlySpan<double> x) => Soft.Quantile(x, 0.5);")]
    [InlineData("static double G([NonDifferentiable] ReadOnlySpan<double> w, double x) => w[0] * x; [Differentiable(Wrt = [\"x\"])] public static double F(ReadOnlySpan<double> w, double x) => G(w, x);")]
    [InlineData("static double G([NonDifferentiable] Span<double> w, double x) { w[0] = x; return w[0]; } [Differentiable] public static double F(double x) { Span<double> w = [x]; return G(w, x); }")]
    [InlineData("[Differentiable] public static double F(ReadOnlySpan<double> x, double q) => Soft.Quantile(x, Diff.StopGradient(q * q));")]
    [InlineData("[Differentiable(Wrt = [\"x\"])] public static double F(ReadOnlySpan<double> x, double q) => Soft.Quantile(x, q);")]
    [InlineData("[Differentiable] public static double F(ReadOnlySpan<double> x, [NonDifferentiable] double q) => Soft.Quantile(x, q);")]
    [InlineData("[Differentiable] public static double F(ReadOnlySpan<double> x) { double t = 0; for (int i = 0; i < 3; i++) t += Soft.Quantile(x, 0.25 * i); return t; }")]
    [InlineData("static double G(ReadOnlySpan<double> x, double y, double q, int n) => n == 0 ? y * Soft.Quantile(x, q) : G(x, y, q, n - 1); [Differentiable] public static double F(ReadOnlySpan<double> x, double y) => G(x, y, 0.5, 3);")]
    public void Arguments_that_must_be_constant_may_be(string member) =>
        Assert.Empty(GeneratorHarness.Analyze($$"""using System; using SoftDiff; public partial class C { {{member}} }"""));

    /// <summary>A declaration in error gets a body that throws, so the compiler adds no error of its own.</summary>
    [Theory]
    [InlineData("[Gradient(\"F\")] public static partial void G(double x, out double dX);")]
    [InlineData("[Differentiable] public static double F(double x) => x; [Differentiable] public static double F(float x) => x; [Gradient(nameof(F))] public static partial void G(int x, out double dX);")]
    [InlineData("public static double F(double x) => x; [Gradient(nameof(F))] public static partial void G(double x, out double dX);")]
    [InlineData("[Differentiable] public static double F(double x) => x; [Gradient(nameof(F))] public static partial void G(double x);")]
    [InlineData("[Differentiable] public static double F(double x) => x; [Derivative(nameof(F), Order = 0)] public static partial double G(double x);")]
    [InlineData("[Differentiable] public static double F(double x) => x; [Gradient(nameof(F))] public static partial void G([Shared] double x, out double dX);")]
    [InlineData("[Differentiable] public static double F(double x) => x; [Vmap(nameof(F))] public static partial void G(int n, ReadOnlySpan<double> x, [Shared] Span<double> v);")]
    [InlineData("[Derivative(nameof(H))] public static partial double G(double x); [Derivative(nameof(G))] public static partial double H(double x);")]
    [InlineData("[Differentiable] public static double F(double x) => x; [Derivative(nameof(F))] public static double G(double x) => x;")]
    [InlineData("[Differentiable] public static double F(double x) => x; [Differentiable] public static double G(double x) => FGrad(x, out _);")]
    [InlineData("[Differentiable] public double F(double x) => x; [Differentiable] public double G(double x) => this.FGrad(x, out _);")]
    public void A_fault_of_a_declaration_is_one_error(string member)
    {
        using GeneratorRun run = GeneratorHarness.RunUnchecked(
            CompilationSettings.Default, $$"""using System; using SoftDiff; public partial class C { {{member}} }""");

        Assert.Single(run.Output.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Concat(GeneratorHarness.Analyze(run.Output)));
    }

    [Fact]
    public void Every_diagnostic_has_a_test()
    {
        var tested = Members.Select(row => (string)row[0]).Concat(["SD0001", "SD0004"]).ToHashSet();

        Assert.Empty(Descriptors.All.Select(descriptor => descriptor.Id).Where(id => id != "SD9000").Except(tested));
    }

    [Fact]
    public void A_rule_that_is_missing_carries_its_declaration()
    {
        Diagnostic found = Assert.Single(GeneratorHarness.Analyze(
            "using SoftDiff; partial class C { [CustomVjp(\"Forward\", \"B\")] public static double F(double x, float y) => x * y; }"));

        Assert.Equal("Forward", found.Properties["name"]);
        Assert.Contains("(double Value, double Residual) ", found.Properties["signature"]);
        Assert.Contains("(double x, float y)", found.Properties["signature"]);
        Assert.Contains(found.Properties["signature"]!, found.GetMessage());
    }

    [Fact]
    public void A_message_spells_types_as_CSharp_does()
    {
        Diagnostic found = Assert.Single(GeneratorHarness.Analyze(
            "using SoftDiff; partial class C { [Differentiable] public static double F(double[,,,] a, double x) => x; }"));

        Assert.Contains("'double[,,,]'", found.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static void AssertAt(string id, string markup)
    {
        int start = markup.IndexOf("[|", StringComparison.Ordinal);
        int end = markup.IndexOf("|]", StringComparison.Ordinal);
        string source = markup.Replace("[|", "").Replace("|]", "");

        var found = GeneratorHarness.Analyze(source);

        Diagnostic one = Assert.Single(found);
        Assert.Equal(id, one.Id);
        string piece = markup[(start + 2)..end];
        Assert.Equal(piece, source.Substring(one.Location.SourceSpan.Start, one.Location.SourceSpan.Length));
        Assert.Equal(start, one.Location.SourceSpan.Start);
    }
}
