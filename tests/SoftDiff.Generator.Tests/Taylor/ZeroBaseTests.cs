using SoftDiff.Generator.Transforms.Taylor;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>Powers whose base is zero, where the recurrence would divide by zero.</summary>
public sealed class ZeroBaseTests
{
    private static readonly TaylorMethods Methods = new("""
        [Differentiable] public static double Whole(double x, int n) => Math.Pow(Math.Sin(x), n);
        [Differentiable] public static double WholePlain(double x, int n) { double s = Math.Sin(x), y = 1; for (int i = 0; i < n; i++) y *= s; return y; }
        [Differentiable] public static double Written(double x) => Math.Pow(Math.Sin(x), 2.5);
        [Differentiable] public static double Varying(double x) => Math.Pow(x, x + 2);
        """);

    [Theory]
    [InlineData("Values")]
    [InlineData("Formulas")]
    [InlineData("Loops")]
    public void A_whole_exponent_gives_a_product(string style)
    {
        for (var order = 1; order <= 5; order++)
        {
            for (var n = 0; n <= 8; n++)
            {
                var expected = (double)Methods.Load("WholePlain", order, Style(style)).Invoke(null, [0.0, n])!;
                TaylorHarness.AssertClose(expected, (double)Methods.Load("Whole", order, Style(style)).Invoke(null, [0.0, n])!, 1e-13, $"exponent {n}, order {order}");
            }
        }
    }

    [Theory]
    [InlineData("Values")]
    [InlineData("Formulas")]
    [InlineData("Loops")]
    public void Beyond_another_exponent_there_is_an_infinity(string style)
    {
        double[] expected = [0, 0, double.PositiveInfinity, double.NegativeInfinity];
        for (var order = 1; order <= 4; order++) Assert.Equal(expected[order - 1], Methods.Load("Written", order, Style(style)).Invoke(null, [0.0]));
    }

    /// <summary>x^(x+2) = x²·x^x: zero, 2, and then the derivative of the logarithm at 0.</summary>
    [Theory]
    [InlineData("Values")]
    [InlineData("Formulas")]
    [InlineData("Loops")]
    public void A_varying_exponent_has_derivatives_up_to_its_order(string style)
    {
        double[] expected = [0, 2, double.NaN];
        for (var order = 1; order <= 3; order++) Assert.Equal(expected[order - 1], Methods.Load("Varying", order, Style(style)).Invoke(null, [0.0]));
    }

    private static SeriesStyle Style(string name) => Enum.Parse<SeriesStyle>(name);
}
