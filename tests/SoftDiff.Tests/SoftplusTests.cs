namespace SoftDiff.Tests;

/// <summary>
/// log(1 + exp(x)), written naively. Its derivative, exp(x) / (1 + exp(x)), overflows in single precision although the true one is 1;
/// a rule of one's own repairs that.
/// </summary>
public sealed partial class SoftplusTests
{
    [Differentiable]
    public static float Automatic(float x) => MathF.Log(1 + MathF.Exp(x));

    [Differentiable]
    public static float Repaired(float x) => Softplus(x);

    [CustomVjp(nameof(SoftplusForward), nameof(SoftplusBackward))]
    public static float Softplus(float x) => MathF.Log(1 + MathF.Exp(x));

    private static (float Value, float Residual) SoftplusForward(float x) => (MathF.Log(1 + MathF.Exp(x)), x);

    private static float SoftplusBackward(float residual, float cotangent) => cotangent / (1 + MathF.Exp(-residual));

    [Theory]
    [InlineData(-10, 4.5397868e-05f)]
    [InlineData(0, 0.5f)]
    [InlineData(10, 0.9999546f)]
    [InlineData(80, 1f)]
    [InlineData(100, 1f)]
    public void TheRuleIsUsed(float x, float slope)
    {
        float value = RepairedGrad(x, out float dX);
        Assert.Equal(Repaired(x), value);
        Assert.Equal(slope, dX, slope * 1e-6f);

        // The method with the rule has companions of its own.
        Assert.Equal(value, SoftplusGrad(x, out float direct));
        Assert.Equal(dX, direct);
        SoftplusVjp(x, 3, out float tripled);
        Assert.Equal(3 * dX, tripled, 1e-6f);
    }

    [Theory]
    [InlineData(-10, 4.5397868e-05f)]
    [InlineData(0, 0.5f)]
    [InlineData(10, 0.9999546f)]
    [InlineData(80, 1f)]
    public void TheAutomaticGradientIsRightWhereItIsFinite(float x, float slope)
    {
        Assert.Equal(Automatic(x), AutomaticGrad(x, out float dX));
        Assert.Equal(slope, dX, slope * 1e-6f);
    }

    [Fact]
    public void TheAutomaticGradientIsThatOfTheProgramAsWritten()
    {
        Assert.Equal(float.PositiveInfinity, AutomaticGrad(100, out float dX));
        Assert.True(float.IsNaN(dX), "exp(100) overflows, so the chain rule gives inf / inf");
    }
}
