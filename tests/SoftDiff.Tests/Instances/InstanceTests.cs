namespace SoftDiff.Tests.Instances;

/// <summary>Derivatives of instance methods: the members of the object are constants, and every call reads them anew.</summary>
public sealed class InstanceTests
{
    private static readonly double[] X = [0.7, -0.4];

    public static TheoryData<double[]?> Loads => new(null, [0.75]);

    private static Spring Of(double[]? load) => new([1, 2, 0.5], new Damper(), load);

    [Theory]
    [MemberData(nameof(Loads))]
    public void Companions_agree_with_differences(double[]? load)
    {
        Spring spring = Of(load);
        GradientCheck.Verify(spring.Energy, spring.EnergyGrad, (x, tX, out tResult) => spring.EnergyJvp(x, tX, out tResult), X);
        GradientCheck.Verify(
            spring.Forces, (x, c, dX) => spring.ForcesVjp(x, new double[2], dX, [.. c]), (x, tX, t) => spring.ForcesJvp(x, new double[2], tX, t), X, 2);
        GradientCheck.Verify(spring.Slope, spring.SlopeGrad, X);
    }

    [Fact]
    public void Members_are_read_when_the_companion_is_called()
    {
        Spring spring = Of(null);
        spring.EnergyGrad(X, new double[2]);
        spring.Softness = 2;
        GradientCheck.Verify(spring.Energy, spring.EnergyGrad, X);
    }

    [Theory]
    [MemberData(nameof(Loads))]
    public void Declared_derivatives_agree_with_differences(double[]? load)
    {
        Spring spring = Of(load);
        Assert.Equal(spring.Energy(X), spring.EnergyGradient(X, new double[2]), 1e-15);
        double[] hessian = new double[4], product = new double[2], jacobian = new double[4];
        spring.EnergyHessian(X, hessian);
        spring.EnergyProduct(X, [2, -3], product);
        Assert.Equal((2 * hessian[0]) - (3 * hessian[1]), product[0], 1e-12);
        Assert.Equal((2 * hessian[2]) - (3 * hessian[3]), product[1], 1e-12);
        for (int i = 0; i < 2; i++)
        {
            int row = i;
            GradientCheck.Verify(
                x => { double[] d = new double[2]; spring.EnergyGradient(x, d); return d[row]; },
                (x, dX) => { double[] d = new double[2], h = new double[4]; spring.EnergyHessian(x, h); h.AsSpan(2 * row, 2).CopyTo(dX); return spring.EnergyGradient(x, d) is var _ ? d[row] : 0; },
                X);
        }

        spring.ForcesJacobian(X, new double[2], jacobian);
        double[] dX = new double[2];
        spring.ForcesVjp(X, new double[2], dX, [1, 0]);
        Assert.Equal(jacobian[..2], dX);
        Assert.Equal(24, spring.Fourth(0.3), 1e-12);
    }

    [Fact]
    public void Examples_of_a_batch_share_the_receiver()
    {
        Spring spring = Of([0.75]);
        double[] x = [.. X, 0.1, 0.2, -1, 2], dX = new double[6], values = new double[3], expected = new double[2], inParallel = new double[6];
        spring.EnergyGradients(3, x, dX, values);
        spring.EnergyGradientsInParallel(3, x, inParallel, values);
        Assert.Equal(dX, inParallel);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(spring.EnergyGradient(x.AsSpan(2 * i, 2), expected), values[i]);
            Assert.Equal(expected, dX[(2 * i)..((2 * i) + 2)]);
        }
    }

    [Fact]
    public void What_is_written_may_not_be_an_array_of_the_receiver()
    {
        double[] stiffness = [1, 2];
        Spring spring = new(stiffness, new Damper(), null);
        var thrown = Assert.Throws<ArgumentException>(() => spring.EnergyGrad(X, stiffness));
        Assert.Contains("this._stiffness", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => spring.EnergyGradient(X, stiffness));
    }
}
