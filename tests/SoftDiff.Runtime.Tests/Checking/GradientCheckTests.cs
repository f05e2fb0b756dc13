namespace SoftDiff.Runtime.Tests.Checking;

public sealed class GradientCheckTests
{
    private static readonly double[] Point = [0.3, -1.2, 2.5];

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.5)]
    [InlineData(-40.0)]
    [InlineData(12345.678)]
    public void Differences_of_smooth_functions_are_right_to_ten_digits(double x)
    {
        Assert.True(GradientCheck.Verify(x => Math.Sin(x), x => Math.Cos(x), x).RelativeError < 1e-9);
        Assert.True(GradientCheck.Verify(x => x * x * x, x => 3 * x * x, x).RelativeError < 1e-9);
    }

    [Theory]
    [InlineData(1e-5)]
    [InlineData(0.03)]
    [InlineData(700.0)]
    public void Steps_stay_inside_the_domain(double x)
    {
        Assert.True(GradientCheck.Verify(x => Math.Log(x), x => 1 / x, x).RelativeError < 1e-8);
        Assert.True(GradientCheck.Verify(x => Math.Sqrt(x), x => 0.5 / Math.Sqrt(x), x).RelativeError < 1e-8);
    }

    [Fact]
    public void A_kink_nearby_does_no_harm()
    {
        GradientCheck.Verify(x => Math.Abs(x), x => Math.Sign(x), 1e-3);
        GradientCheck.Verify(x => Math.Abs(x), x => Math.Sign(x), -0.03);
        GradientCheck.Verify(x => Math.Max(x, 0) * Math.Exp(x), x => x > 0 ? (1 + x) * Math.Exp(x) : 0, 0.01);
    }

    [Fact]
    public void A_wrong_derivative_is_found()
    {
        var report = GradientCheck.Check(x => Math.Sin(x), x => Math.Cos(x) * (1 + 1e-7), 0.5);
        Assert.False(report.Passed);
        Assert.Equal(0, report.WorstIndex);
        Assert.InRange(report.RelativeError, 0.9e-7, 1.1e-7);
        Assert.Equal(Math.Cos(0.5), report.Numeric, 1e-9);
        Assert.Equal(GradientCheck.DefaultTolerance, report.Tolerance);
        Assert.Throws<GradientCheckException>(() => GradientCheck.Verify(x => Math.Sin(x), x => -Math.Cos(x), 0.5));
        Assert.Throws<GradientCheckException>(() => GradientCheck.Verify(x => Math.Sin(x), x => double.NaN, 0.5));
    }

    [Fact]
    public void A_value_and_derivative_are_both_checked()
    {
        GradientCheck.Verify(x => x * x, Square, 1.5);
        Assert.False(GradientCheck.Check(x => (x * x) + 1e-9, Square, 1.5).Passed);
        Assert.False(GradientCheck.Check(x => x * x, (double x, out double dX) => { dX = x; return x * x; }, 1.5).Passed);

        static double Square(double x, out double dX)
        {
            dX = 2 * x;
            return x * x;
        }
    }

    [Fact]
    public void A_gradient_is_checked_with_lambdas()
    {
        var report = GradientCheck.Verify(x => F(x), (x, dX) => FGrad(x, dX), Point);
        Assert.True(report.Passed);
        Assert.Equal(4, report.Entries.Count);
        Assert.Contains("right in all 4", report.ToString(), StringComparison.Ordinal);
        GradientCheck.Verify(F, FGrad, [1.0, 2.0, 3.0]);
    }

    [Fact]
    public void The_worst_entry_is_named()
    {
        var error = Assert.Throws<GradientCheckException>(() => GradientCheck.Verify(F, Wrong, Point));
        Assert.Equal(1, error.Report.WorstIndex);
        Assert.Equal(0.0, error.Report.Analytic);
        Assert.Equal(2 * -1.2 * 2.5, error.Report.Numeric, 1e-8);
        Assert.Contains("wrong in 2 of 4", error.Message, StringComparison.Ordinal);
        var lines = error.Message.Split('\n');
        Assert.StartsWith("dX[1]", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("dX[0]", lines[3], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);

        static double Wrong(ReadOnlySpan<double> x, Span<double> dX)
        {
            var value = FGrad(x, dX);
            dX[1] = 0;
            dX[0] *= 1 + 1e-6;
            return value;
        }
    }

    [Fact]
    public void An_entry_that_is_not_written_is_found()
    {
        var report = GradientCheck.Check(F, (x, dX) => F(x), Point);
        Assert.Equal(3, report.Entries.Count(entry => !entry.Passed));
        Assert.True(double.IsNaN(report.Analytic));
    }

    [Fact]
    public void Entries_that_are_zero_but_for_rounding_pass()
    {
        GradientCheck.Verify(
            x => Math.Sin(x[0]) + Math.Cos(x[1]),
            (x, dX) => { (dX[0], dX[1]) = (Math.Cos(x[0]), -Math.Sin(x[1])); return Math.Sin(x[0]) + Math.Cos(x[1]); },
            [Math.PI / 2, 0.0]);
    }

    [Fact]
    public void The_two_modes_must_agree_to_rounding()
    {
        GradientCheck.Verify(F, FGrad, FJvp, Point);
        Assert.False(GradientCheck.Check(F, FGrad, WrongTangent, Point).Passed);
        Assert.False(GradientCheck.Check(F, FGrad, WrongValue, Point).Passed);

        static double WrongTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult)
        {
            var value = FJvp(x, tX, out tResult);
            tResult *= 1 + 1e-10;
            return value;
        }

        static double WrongValue(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult) => FJvp(x, tX, out tResult) * (1 + 1e-10);
    }

    [Fact]
    public void A_map_is_checked_in_both_modes()
    {
        GradientCheck.Verify(Map, Pullback, Pushforward, [0.5, 2.0], 3);
        GradientCheck.Verify(Map, Pullback, [0.5, 2.0], 3);
        Assert.False(GradientCheck.Check(Map, (x, c, dX) => { Pullback(x, c, dX); dX[1] += 1e-6; }, [0.5, 2.0], 3).Passed);
        Assert.False(GradientCheck.Check(Map, Pullback, (x, tX, t) => { Pushforward(x, tX, t); t[2] *= -1; }, [0.5, 2.0], 3).Passed);

        static void Map(ReadOnlySpan<double> x, Span<double> y) => (y[0], y[1], y[2]) = (x[0] * x[1], Math.Exp(x[0]), x[1]);

        static void Pullback(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> dX)
        {
            dX[0] = (c[0] * x[1]) + (c[1] * Math.Exp(x[0]));
            dX[1] = (c[0] * x[0]) + c[2];
        }

        static void Pushforward(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, Span<double> t) =>
            (t[0], t[1], t[2]) = ((tX[0] * x[1]) + (x[0] * tX[1]), Math.Exp(x[0]) * tX[0], tX[1]);
    }

    // x₀² sin(x₂) + x₁² x₂
    private static double F(ReadOnlySpan<double> x) => (x[0] * x[0] * Math.Sin(x[2])) + (x[1] * x[1] * x[2]);

    private static double FGrad(ReadOnlySpan<double> x, Span<double> dX)
    {
        dX[0] = 2 * x[0] * Math.Sin(x[2]);
        dX[1] = 2 * x[1] * x[2];
        dX[2] = (x[0] * x[0] * Math.Cos(x[2])) + (x[1] * x[1]);
        return F(x);
    }

    private static double FJvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult)
    {
        Span<double> dX = stackalloc double[3];
        var value = FGrad(x, dX);
        tResult = (dX[0] * tX[0]) + (dX[1] * tX[1]) + (dX[2] * tX[2]);
        return value;
    }
}
