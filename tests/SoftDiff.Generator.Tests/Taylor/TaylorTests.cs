using System.Globalization;
using System.Numerics;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Taylor;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>Derivatives of compiled methods against exact values, and against series in high precision.</summary>
public sealed class TaylorTests
{
    private static readonly TaylorMethods Methods = new("""
        [Differentiable] public static double Cubic(double x) => x * x * x + 2 * x * x - 3 * x + 1;
        [Differentiable] public static double ExpSin(double x) => Math.Exp(Math.Sin(x));
        [Differentiable] public static double Log(double x) => Math.Log(x);
        [Differentiable] public static double Reciprocal(double x) => 1 / x;
        [Differentiable] public static double Root(double x) => Math.Sqrt(x);
        [Differentiable] public static double Sine(double x) => Math.Sin(2 * x);
        [Differentiable] public static double Arctangent(double x) => Math.Atan(x);
        [Differentiable] public static double Power(double x) => Math.Pow(x, 2.5);
        [Differentiable] public static float Single(float x) => x * MathF.Sqrt(x);
        [Differentiable] public static double Constant(double x) => Math.Floor(x) + 2;
        """);

    [Fact]
    public void A_polynomial_is_exact()
    {
        double[] expected = [4, 10, 6, 0];
        foreach (var style in TaylorHarness.Styles)
        {
            for (var order = 1; order <= 4; order++) Assert.Equal(expected[order - 1], Run("Cubic", order, 1.0, style));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(-2.25)]
    public void Exp_of_sin_to_order_12(double x)
    {
        for (var order = 1; order <= 12; order++) TaylorHarness.AssertClose(ExpSin(x, order), Run("ExpSin", order, x), 1e-12, $"order {order} at {x}");
    }

    /// <summary>
    /// The integers of the series of exp(sin x) at 0 (sequence A002017 of the On-Line Encyclopedia of Integer Sequences).
    /// </summary>
    [Fact]
    public void Exp_of_sin_at_zero()
    {
        int[] expected = [1, 1, 0, -3, -8, -3, 56, 217, 64, -2951, -12672, 5973];
        for (var order = 1; order <= 12; order++) TaylorHarness.AssertClose(expected[order - 1], Run("ExpSin", order, 0.0), 1e-12, $"order {order}");
    }

    public static TheoryData<string, double> ClosedForms() => new()
    {
        { "Log", 1.3 }, { "Reciprocal", -0.8 }, { "Root", 2.1 }, { "Sine", 0.4 }, { "Arctangent", 0.9 }, { "Power", 1.7 },
    };

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void Order_12_and_beyond_in_closed_form(string method, double x)
    {
        foreach (var order in new[] { 5, 12, 20 })
        {
            TaylorHarness.AssertClose(Closed(method, x, order), Run(method, order, x), 1e-12, $"{method}, order {order}");
        }
    }

    [Fact]
    public void Single_precision() => TaylorHarness.AssertClose(-0.375 * Math.Pow(2, -1.5), Run("Single", 3, 2f), 1e-6, "order 3 of x^1.5");

    [Fact]
    public void What_does_not_depend_on_the_variable_is_zero() => Assert.Equal(0, Run("Constant", 3, 1.5));

    [Fact]
    public void The_order_is_at_least_1_and_its_factorial_finite()
    {
        var (module, _) = Methods.Lower("Cubic", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => TaylorHarness.Derive(module, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TaylorHarness.Derive(module, 171));
        var (single, _) = Methods.Lower("Single", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => TaylorHarness.Derive(single, 35));
    }

    [Fact]
    public void The_derivative_of_a_gradient()
    {
        var methods = new TaylorMethods("[Differentiable] public static double F(double x, int n) { double s = x; for (int i = 0; i < n; i++) s = Math.Sin(s * x); return s; }");
        for (var order = 1; order <= 6; order++)
        {
            var expected = (double)methods.Load("F", order + 1).Invoke(null, [0.8, 5])!;
            object?[] args = [0.8, 5, null];
            methods.Load("F", order, first: CompanionKind.Gradient, result: 1).Invoke(null, args);
            TaylorHarness.AssertClose(expected, (double)args[2]!, 1e-11, $"order {order} of the gradient");
        }
    }

    private static double Run(string method, int order, object x, SeriesStyle? style = null) =>
        Convert.ToDouble(Methods.Load(method, order, style).Invoke(null, [x]), CultureInfo.InvariantCulture);

    private static double Closed(string method, double x, int n)
    {
        // p·(p - 1)···(p - n + 1)
        double Falling(double p) => Enumerable.Range(0, n).Aggregate(1.0, (product, k) => product * (p - k));
        return method switch
        {
            "Log" => Falling(-1) / -n * Math.Pow(x, -n),
            "Reciprocal" => Falling(-1) * Math.Pow(x, -1 - n),
            "Root" => Falling(0.5) * Math.Pow(x, 0.5 - n),
            "Power" => Falling(2.5) * Math.Pow(x, 2.5 - n),
            "Sine" => Math.Pow(2, n) * Math.Sin((2 * x) + (n * Math.PI / 2)),
            // The imaginary part of log(1 + ix).
            "Arctangent" => (Falling(-1) / -n * Complex.Pow(Complex.ImaginaryOne, n) / Complex.Pow(new Complex(1, x), n)).Imaginary,
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };
    }

    /// <summary>
    /// The derivative of exp(sin x) in decimal arithmetic, with 28 digits, by another method than Taylor mode's: D^(n+1) e^s = Σ C(n,
    /// k)·D^(n-k) e^s·D^(k+1) s.
    /// </summary>
    private static double ExpSin(double at, int order)
    {
        var x = (decimal)at;
        var (sine, cosine) = (Series(x, 1, -1), Series(x, 0, -1));
        decimal[] cycle = [sine, cosine, -sine, -cosine];
        var derivatives = new List<decimal> { Exp(sine) };
        for (var n = 0; n < order; n++)
        {
            decimal sum = 0, binomial = 1;
            for (var k = 0; k <= n; k++)
            {
                sum += binomial * derivatives[n - k] * cycle[(k + 1) % 4];
                binomial = binomial * (n - k) / (k + 1);
            }

            derivatives.Add(sum);
        }

        return (double)derivatives[order];

        // Σ sign^i·x^(first + 2i)/(first + 2i)!
        static decimal Series(decimal x, int first, int sign)
        {
            decimal term = first == 0 ? 1 : x, sum = term;
            for (var n = first + 2; n < 60; n += 2) sum += term *= sign * x * x / (n * (n - 1));
            return sum;
        }

        static decimal Exp(decimal x) => Series(x, 0, 1) + Series(x, 1, 1);
    }
}
