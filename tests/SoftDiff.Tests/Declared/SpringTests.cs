namespace SoftDiff.Tests.Declared;

/// <summary>Derivatives that are declared in a struct, at stiffness k = 3 and x = 2. The energy is k²x³.</summary>
public sealed class SpringTests
{
    private static readonly Spring At = new(3);

    [Fact]
    public void The_receiver_is_the_first_input()
    {
        Assert.Equal(72, At.EnergyGradient(2, out var dThis, out var dX));
        Assert.Equal((new Spring(48), 108), (dThis, dX));
        Assert.Equal(108, At.EnergyCurvature(2));
        Assert.Equal(72, At.EnergyProduct(2, new Spring(1), 10, out var hThis, out var hX));
        Assert.Equal((new Spring(16 + 720), 72 + 1080), (hThis, hX));
    }

    [Fact]
    public void Matrices_have_a_column_for_the_receiver()
    {
        var (hessian, jacobian) = (new double[4], new double[2]);
        Assert.Equal(72, At.EnergyHessian(2, hessian));
        Assert.Equal([16, 72, 72, 108], hessian);
        Assert.Equal(72, At.EnergyJacobian(2, jacobian));
        Assert.Equal([48, 108], jacobian);
    }

    [Fact]
    public void A_receiver_that_is_changed_is_in_out()
    {
        var (spring, dThis) = (At, new Spring(5));
        Assert.Equal(12, spring.StretchPullback(2, 1, ref dThis, out var dX));
        Assert.Equal(new Spring(6), spring);

        // The result kx² and the new stiffness kx, with cotangents 1 and 5.
        Assert.Equal((new Spring(4 + 10), 12 + 15), (dThis, dX));
    }

    [Fact]
    public void A_body_that_calls_a_declaration_is_differentiated()
    {
        // 2kx³ · 3k²x² = 6k³x⁵
        Assert.Equal(6 * 27 * 32, At.SlopesGradient(2, out var dThis, out var dX));
        Assert.Equal((new Spring(18 * 9 * 32), 30 * 27 * 16), (dThis, dX));
    }
}
