using System.Reflection;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Rules;

/// <summary>
/// Points where a partial is infinite and nothing selects the value: docs/kinks.md says that the gradient is NaN there and the tangent is that of the
/// program. A change of either must change the page.
/// </summary>
public sealed class UnselectedPointsTests : IDisposable
{
    private readonly GeneratorRun _run = GeneratorHarness.Run("""
        using System;
        using SoftDiff;

        public static partial class C
        {
            [Differentiable] public static double UnderMax(double x) => Math.Max(Math.Sqrt(x), 1) + 2 * x;

            [Differentiable] public static double SelectedLater(double x)
            {
                double s = Math.Sqrt(x);
                double t = x > 0.5 ? s : 3 * x;
                return x > 1 ? s * t : t;
            }

            [Differentiable] public static double Quotient(double x) => Math.Min(1 / x, 5) + 2 * x;

            [Differentiable] public static double Guarded(double x) => Math.Max(x > 0 ? Math.Sqrt(x) : 0, 1) + 2 * x;

            [Differentiable] public static double Selected(double x, double y) => Math.Sqrt(x) + y;
        }
        """);

    [Theory]
    [InlineData("UnderMax", 2)]
    [InlineData("SelectedLater", 3)]
    [InlineData("Quotient", 2)]
    public void The_gradient_is_NaN_and_the_tangent_is_not(string method, double tangent)
    {
        Assert.Equal(double.NaN, Gradient(method));
        Assert.Equal(tangent, Tangent(method, 1));
    }

    [Fact]
    public void A_guard_in_the_primal_makes_both_right()
    {
        Assert.Equal(2, Gradient("Guarded"));
        Assert.Equal(2, Tangent("Guarded", 1));
    }

    /// <summary>The other way round: an input that does not vary, and a value that is selected.</summary>
    [Fact]
    public void A_zero_tangent_at_a_selected_point_is_NaN()
    {
        object[] gradient = [0.0, 1.0, null!, null!];
        Call("SelectedGrad", gradient);
        object[] tangent = [0.0, 1.0, 0.0, 1.0, null!];
        Call("SelectedJvp", tangent);

        Assert.Equal(double.PositiveInfinity, gradient[2]);
        Assert.Equal(1.0, gradient[3]);
        Assert.Equal(double.NaN, tangent[4]);
    }

    public void Dispose() => _run.Dispose();

    private double Gradient(string method)
    {
        object[] arguments = [0.0, null!];
        Call(method + "Grad", arguments);
        return (double)arguments[1];
    }

    private double Tangent(string method, double direction)
    {
        object[] arguments = [0.0, direction, null!];
        Call(method + "Jvp", arguments);
        return (double)arguments[2];
    }

    private void Call(string method, object[] arguments)
    {
        MethodInfo companion = GeneratorRun.Method(_run.Load(), "C", method);
        companion.Invoke(null, arguments);
    }
}
