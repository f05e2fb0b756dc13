namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>
/// Branches, loops, arrays, calls and what else a body may contain, in both forms, against nested forward mode. The interpreter runs them.
/// </summary>
public sealed class TaylorProgramTests
{
    private static readonly TaylorMethods Methods = new("""
        [Differentiable] public static double Branch(double x) => x > 1 ? Math.Log(x) : x * Math.Exp(-x);
        [Differentiable] public static double ConstantBranch(double x) { double s = x; if (x < 5) s = 3; return s * x * x; }
        [Differentiable] public static double Carried(double x, int n) { double a = x, b = 1; for (int i = 0; i < n; i++) (a, b) = (Math.Sin(a) + b, a * x); return a / b; }
        [Differentiable] public static double Rotated(double x, int n) { double a = x, b = x * x, c = 1; for (int i = 0; i < n; i++) (a, b, c) = (b, c, a); return a * Math.Exp(b); }
        [Differentiable] public static double Early(double x, int n) { double s = 1; for (int i = 0; i < n; i++) { s *= x; if (s > 4) return Math.Log(s); } return s; }
        [Differentiable] public static double Until(double x) { double s = x; while (s < 20) s = s * s + 0.5; return Math.Sqrt(s); }
        [Differentiable] public static double Newton(double x) { double y = x; while (Math.Abs(y * y - x) > 1e-13) y = 0.5 * (y + x / y); return y; }
        [Differentiable] public static double Stored(double x, int n)
        {
            double[] a = new double[n];
            for (int i = 0; i < n; i++) a[i] = Math.Exp(x * i / n);
            for (int i = 1; i < n; i++) a[i] += a[i - 1] * a[i];
            double s = 0;
            for (int i = 0; i < n; i++) { a[i] = s; s += a[n - 1 - i]; }
            return s;
        }
        [Differentiable] public static double Filled(double x, int n)
        {
            double[] a = new double[n], b = new double[2 * n];
            Array.Fill(a, x * x);
            a.AsSpan().CopyTo(b.AsSpan(1));
            b.AsSpan(0, 1).Fill(3);
            double s = 0;
            foreach (double v in b.AsSpan(0, n)) s = s * x + v;
            return s;
        }
        [Differentiable(Wrt = ["x"])] public static double Buffer(double x, [NonDifferentiable] Span<double> work)
        {
            for (int i = 0; i < work.Length; i++) work[i] = work[i] + x * (i + 1);
            double s = 1;
            for (int i = 0; i < work.Length; i++) s *= work[i];
            return s;
        }
        [Differentiable] public static double Power(double x, int n) => n == 0 ? 1 : x * Power(x, n - 1) + Math.Sin(x);
        [Differentiable(Wrt = ["x"])] public static double Recursive(double x, ReadOnlySpan<double> w) => w.Length == 1 ? w[0] * x : Recursive(x * x, w[1..]) + w[0] * Math.Cos(x);
        private static void Scale(Span<double> a, double x) { for (int i = 0; i < a.Length; i++) a[i] = a[i] * x + i; if (a.Length > 1) Scale(a[1..], x); }
        [Differentiable] public static double InPlace(double x, int n) { double[] a = new double[n]; a[0] = x; Scale(a, x); double s = 0; foreach (double v in a) s += v * v; return s; }
        private static double Twice(double x, out double square) { square = x * x; return x <= 0 ? 1 : Twice(x - 1, out double rest) + rest * square; }
        [Differentiable] public static double Out(double x) => Twice(x, out double s) * s;
        [Differentiable] public static double Stopped(double x) => Diff.StopGradient(Math.Sin(x)) * x * x;
        [StraightThrough] private static double Step(double x, SoftMode mode) => mode == SoftMode.Hard ? (x > 0 ? 1 : 0) : Math.Tanh(x);
        [Differentiable] public static double Straight(double x) => Step(x, SoftMode.Smooth) * x;
        [Differentiable] public static double Kinks(double x) => Math.Max(x, 1 - x) * Math.Abs(x - 2) + Math.Clamp(x * x, 0, 3) - Math.Floor(x) * x;
        [Differentiable] public static double Mixed(double x) { float f = (float)(x * 0.5); return (double)f * x; }
        """);

    public static TheoryData<string, object[]> Cases() => new()
    {
        { "Branch", [0.3] }, { "Branch", [1.7] }, { "ConstantBranch", [0.3] }, { "ConstantBranch", [7.5] },
        { "Carried", [0.6, 0] }, { "Carried", [0.6, 5] }, { "Rotated", [0.7, 4] }, { "Early", [1.5, 10] }, { "Early", [0.9, 4] },
        { "Until", [1.1] }, { "Newton", [3.0] }, { "Stored", [0.4, 4] }, { "Filled", [1.2, 3] }, { "Buffer", [0.5, new[] { 1.0, 2, -1 }] },
        { "Power", [0.8, 4] }, { "Recursive", [0.8, new[] { 1.0, 2, -1 }] }, { "InPlace", [0.9, 4] }, { "Out", [2.3] },
        { "Stopped", [0.7] }, { "Straight", [0.7] }, { "Kinks", [0.4] }, { "Kinks", [2.6] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_nested_forward_mode(string method, object[] args)
    {
        var (module, _) = Methods.Lower(method, 4);
        var nested = new NestedDerivatives(module, 4).At(args);
        for (var order = 1; order <= 4; order++)
        {
            foreach (var style in TaylorHarness.Styles)
            {
                TaylorHarness.AssertClose(nested[order - 1], TaylorHarness.Taylor(module, order, style, args), 1e-10, $"{method}, order {order}, {style}");
            }
        }
    }

    [Fact]
    public void Single_precision_inside()
    {
        var (module, _) = Methods.Lower("Mixed", 2);
        foreach (var style in TaylorHarness.Styles) Assert.Equal(1, TaylorHarness.Taylor(module, 2, style, 0.7), 1e-6);
    }

    [Fact]
    public void A_recursive_function_is_called_with_its_series()
    {
        var (module, _) = Methods.Lower("Power", 2);
        var derived = TaylorHarness.Derive(module, 2);
        Assert.Contains(derived.Callees, f => f.Name.StartsWith("PowerCoefficients2", StringComparison.Ordinal));
    }

    /// <summary>With every number taken for active and nothing simplified, the results are the same.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_switches_off(string method, object[] args)
    {
        var (module, _) = Methods.Lower(method, 3);
        foreach (var style in TaylorHarness.Styles)
        {
            var plain = TaylorHarness.TaylorUnoptimized(module, 3, style, args);
            TaylorHarness.AssertClose(TaylorHarness.Taylor(module, 3, style, args), plain, 1e-12, $"{method}, {style}");
        }
    }
}
