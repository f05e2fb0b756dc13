namespace SoftDiff.Runtime.Tests.Checking;

public sealed class MatrixCheckTests
{
    private static readonly double[] X = [0.5, -1.25];

    [Fact]
    public void Right_matrices_pass()
    {
        Assert.Equal(4, GradientCheck.Verify(Gradient, (x, h) => Hessian(x, h), X).Entries.Count);
        Assert.Equal(6, GradientCheck.Verify(Map, Jacobian, X, outputLength: 3).Entries.Count);
        Assert.True(GradientCheck.Check(Gradient, (x, h) => Hessian(x, h), []).Passed);
    }

    [Theory]
    [InlineData(0, "hessian[0, 0]")]
    [InlineData(1, "hessian[0, 1]")]
    [InlineData(2, "hessian[1, 0]")]
    public void A_wrong_element_of_a_hessian_is_named(int element, string name)
    {
        void Wrong(ReadOnlySpan<double> x, Span<double> h)
        {
            Hessian(x, h);
            h[element] += 1e-6;
        }

        Assert.Equal(name, GradientCheck.Check(Gradient, Wrong, X).Worst.Name);
        Assert.Contains(name, Assert.Throws<GradientCheckException>(() => GradientCheck.Verify(Gradient, Wrong, X)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_of_a_jacobian_that_is_not_written_is_named()
    {
        void Wrong(ReadOnlySpan<double> x, Span<double> j)
        {
            double kept = j[3];
            Jacobian(x, j);
            j[3] = kept;
        }

        var thrown = Assert.Throws<GradientCheckException>(() => GradientCheck.Verify(Map, Wrong, X, outputLength: 3));
        Assert.Contains("jacobian[1, 1]", thrown.Message, StringComparison.Ordinal);
    }

    private static double Gradient(ReadOnlySpan<double> x, Span<double> dX)
    {
        if (x.IsEmpty) return 0;
        dX[0] = 3 * x[0] * x[0] * x[1];
        dX[1] = (x[0] * x[0] * x[0]) + Math.Cos(x[1]);
        return (x[0] * x[0] * x[0] * x[1]) + Math.Sin(x[1]);
    }

    private static void Hessian(ReadOnlySpan<double> x, Span<double> h)
    {
        if (x.IsEmpty) return;
        h[0] = 6 * x[0] * x[1];
        h[1] = h[2] = 3 * x[0] * x[0];
        h[3] = -Math.Sin(x[1]);
    }

    private static void Map(ReadOnlySpan<double> x, Span<double> y)
    {
        y[0] = x[0] * x[1];
        y[1] = Math.Exp(x[1]);
        y[2] = x[0] - x[1];
    }

    private static void Jacobian(ReadOnlySpan<double> x, Span<double> j)
    {
        j[0] = x[1];
        j[1] = x[0];
        j[2] = 0;
        j[3] = Math.Exp(x[1]);
        j[4] = 1;
        j[5] = -1;
    }
}
