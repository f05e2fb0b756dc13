namespace SoftDiff.Tests;

/// <summary>Derivatives of numbers that may be null are null where the numbers are.</summary>
public static partial class Optionals
{
    [Differentiable]
    public static double Scaled(double x, double? scale) => x * x * (scale ?? 3);

    [Differentiable]
    public static double? Root(double x) => x > 0 ? Math.Sqrt(x) : null;

    [Differentiable]
    public static double Distance((double? Near, double Far) p) => p.Near * p.Near ?? p.Far;
}

public class OptionalTests
{
    [Fact]
    public void TheGradientIsNullWhereTheParameterIs()
    {
        Assert.Equal(18, Optionals.ScaledGrad(3, 2, out var dX, out var dScale));
        Assert.Equal((12, 9.0), (dX, dScale));
        Assert.Equal(27, Optionals.ScaledGrad(3, null, out dX, out dScale));
        Assert.Equal(18, dX);
        Assert.Null(dScale);
    }

    [Fact]
    public void TheTangentIsNullWhereTheResultIs()
    {
        Assert.Equal(2.0, Optionals.RootJvp(4, 1, out var tResult));
        Assert.Equal(0.25, tResult);
        Assert.Null(Optionals.RootJvp(-4, 1, out tResult));
        Assert.Null(tResult);
    }

    [Fact]
    public void ACotangentOfNullCountsAsZero()
    {
        Assert.Equal(2.0, Optionals.RootVjp(4, null, out var dX));
        Assert.Equal(0, dX);
        Assert.Equal(2.0, Optionals.RootVjp(4, 8, out dX));
        Assert.Equal(2, dX);
    }

    [Fact]
    public void ATangentOfNullHasNoEffect()
    {
        Assert.Equal(27, Optionals.ScaledJvp(3, null, 0, 5, out var tResult));
        Assert.Equal(0, tResult);
    }

    [Fact]
    public void AMemberOfTheGradientIsNullWhereTheMemberIs()
    {
        Assert.Equal(4, Optionals.DistanceGrad((2, 5), out var dP));
        Assert.Equal((4.0, 0.0), dP);
        Assert.Equal(5, Optionals.DistanceGrad((null, 5), out dP));
        Assert.Equal((null, 1.0), dP);
    }
}
