namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>The straight-through estimator of any expression, through generated derivatives.</summary>
public static partial class Estimators
{
    [Differentiable]
    public static double RoundedSquare(double x) => Diff.StraightThrough(Math.Round(x) * x, x * x);

    [Differentiable]
    public static float RoundedSquare(float x) => Diff.StraightThrough(MathF.Round(x) * x, x * x);

    [Differentiable]
    public static void Signs(ReadOnlySpan<double> x, Span<double> destination)
    {
        Span<double> signs = stackalloc double[2];
        Span<double> tripled = stackalloc double[2];
        for (var i = 0; i < 2; i++)
        {
            signs[i] = x[i] > 0 ? 1 : -1;
            tripled[i] = 3 * x[i];
        }

        Diff.StraightThrough(signs, tripled, destination);
    }
}

public class DiffStraightThroughTests
{
    [Fact]
    public void ANumberHasTheDerivativeOfTheSurrogate()
    {
        Assert.Equal(7.5, Estimators.RoundedSquareGrad(2.5 + 1.25, out var gradient) / 2);
        Assert.Equal(7.5, gradient);
        Assert.Equal(15f, Estimators.RoundedSquareJvp(3.75f, 2, out var tangent));
        Assert.Equal(15f, tangent);
    }

    [Fact]
    public void ARowHasTheDerivativeOfTheSurrogate()
    {
        var (y, tY, dX) = (new double[2], new double[2], new double[2]);
        Estimators.SignsJvp([2, -5], y, [1, 10], tY);
        Assert.Equal([1, -1], y);
        Assert.Equal([3, 30], tY);
        double[] cY = [1, 10];
        Estimators.SignsVjp([2, -5], y, dX, cY);
        Assert.Equal([1, -1], y);
        Assert.Equal([3, 30], dX);
    }

    [Fact]
    public void LengthsMustAgree()
    {
        Assert.Equal("surrogate", Assert.Throws<ArgumentException>(() => Diff.StraightThrough([1.0, 2], [1], new double[2])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Diff.StraightThrough([1f, 2], [1, 2], new float[3])).ParamName);
    }
}
