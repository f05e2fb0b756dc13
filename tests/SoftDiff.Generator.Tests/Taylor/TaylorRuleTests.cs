using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Taylor;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>
/// Series through rules of users and of the library: as those of the same function written out, or an error that names the rule that is
/// missing.
/// </summary>
public sealed class TaylorRuleTests
{
    private static readonly TaylorMethods Methods = new("""
        [CustomJvp(nameof(CubeTangent))] public static double Cube(double x) => x * x * x;
        private static (double, double) CubeTangent(double x, double t) => (x * x * x, 3 * x * x * t);
        [Differentiable] public static double Tangent(double x) => Cube(Math.Sin(x)) * x;
        [Differentiable] public static double TangentPlain(double x) { double s = Math.Sin(x); return s * s * s * x; }

        [CustomVjp(nameof(ProductBackward))] public static double Product(double a, double b) => a * b * b;
        private static (double, double) ProductBackward(double a, double b, double c) => (b * b * c, 2 * a * b * c);
        [Differentiable] public static double Backward(double x) { double s = x; for (int i = 0; i < 3; i++) s = Product(s, Math.Cos(x)); return s; }
        [Differentiable] public static double BackwardPlain(double x) { double s = x, c = Math.Cos(x); for (int i = 0; i < 3; i++) s = s * c * c; return s; }

        [CustomVjp(nameof(SquareForward), nameof(SquareBackward))] public static double Square(double x) => x * x;
        private static (double, double) SquareForward(double x) => (x * x, 2 * x);
        private static double SquareBackward(double residual, double c) => residual * c;
        [Differentiable] public static double Residual(double x) => Math.Exp(Square(x));
        [Differentiable] public static double ResidualPlain(double x) => Math.Exp(x * x);

        [CustomJvp(nameof(EnergyTangent))] public static double Energy(ReadOnlySpan<double> x) { double s = 0; foreach (double v in x) s += v * v * v; return s; }
        private static (double, double) EnergyTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> t)
        {
            double s = 0, d = 0;
            for (int i = 0; i < x.Length; i++) { s += x[i] * x[i] * x[i]; d += 3 * x[i] * x[i] * t[i]; }
            return (s, d);
        }
        [Differentiable] public static double Span(double x) { double[] a = [x, Math.Sin(x), 2]; return Energy(a) * x; }
        [Differentiable] public static double SpanPlain(double x) { double s = Math.Sin(x); return (x * x * x + s * s * s + 8) * x; }

        [Differentiable] public static double Destination(double x)
        {
            double[] a = [x, Math.Sin(x)], b = new double[2];
            TensorPrimitives.Exp<double>(a, b);
            return b[0] * b[1];
        }
        [Differentiable] public static double DestinationPlain(double x) => Math.Exp(x) * Math.Exp(Math.Sin(x));

        [Differentiable] public static double Library(double x) { double[] a = [x, Math.Sin(x), 2], b = [1, x * x, x]; return TensorPrimitives.Dot<double>(a, b); }
        [Differentiable] public static double LibraryPlain(double x) => x + Math.Sin(x) * x * x + 2 * x;
        """);

    public static TheoryData<string> Cases() => ["Tangent", "Backward", "Residual", "Span", "Destination", "Library"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_has_the_series_of_what_it_computes(string method)
    {
        (int, SeriesStyle)[] cases =
            [(1, SeriesStyle.Values), (3, SeriesStyle.Values), (2, SeriesStyle.Formulas), (3, SeriesStyle.Loops), (7, SeriesStyle.Formulas)];
        foreach (var (order, style) in cases)
        {
            var expected = (double)Methods.Load(method + "Plain", order, style).Invoke(null, [0.8])!;
            var actual = (double)Methods.Load(method, order, style).Invoke(null, [0.8])!;
            TaylorHarness.AssertClose(expected, actual, 1e-12, $"{method}, order {order}, {style}");
        }
    }

    [Fact]
    public void A_rule_without_a_body_is_named()
    {
        var methods = new TaylorMethods("""
            [CustomJvp(nameof(CubeTangent))] public static double Cube(double x) => x * x * x;
            private static (double, double) CubeTangent(double x, double t) { lock (typeof(C)) return (x * x * x, 3 * x * x * t); }
            [Differentiable] public static double F(double x) => Cube(x);
            """);
        Assert.Equal(12, (double)methods.Load("F", 1).Invoke(null, [2.0])!);
        var error = Assert.Throws<MissingRuleException>(() => methods.Texts("F", 2));
        Assert.Contains("CubeTangent", error.Message, StringComparison.Ordinal);
    }
}
