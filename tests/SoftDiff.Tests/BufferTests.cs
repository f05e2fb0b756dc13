namespace SoftDiff.Tests;

public sealed class BufferTests
{
    private readonly double[] _x = [1, 2, 3];
    private readonly double[] _y = [4, 5, 6];

    [Theory]
    [InlineData(2, 3, "dX", 2)]
    [InlineData(4, 3, "dX", 4)]
    [InlineData(3, 2, "dY", 2)]
    [InlineData(3, 0, "dY", 0)]
    public void AWrongLengthIsNamedBeforeAnythingIsWritten(int lengthX, int lengthY, string name, int length)
    {
        double[] dX = Filled(lengthX);
        double[] dY = Filled(lengthY);
        AssertNames(Assert.Throws<ArgumentException>(() => Examples.DotGrad(_x, _y, dX, dY)), name, length, 3);
        AssertNames(Assert.Throws<ArgumentException>(() => Examples.DotVjp(_x, _y, 1, dX, dY)), name, length, 3);
        AssertNames(
            Assert.Throws<ArgumentException>(() => Examples.DotJvp(_x, _y, dX, dY, out _)),
            name.Replace('d', 't'),
            length,
            3);
        Assert.All(dX, value => Assert.Equal(7, value));
        Assert.All(dY, value => Assert.Equal(7, value));
    }

    [Fact]
    public void AWrongLengthOfAnInOutBufferIsNamedBeforeAnythingIsWritten()
    {
        double[] residuals = Filled(3);
        double[] dTheta = Filled(2);
        double[] dT = Filled(3);
        double[] dResiduals = Filled(4);
        AssertNames(
            Assert.Throws<ArgumentException>(() => Examples.ResidualsVjp([2, 0.5], [0, 1, 2], residuals, dTheta, dT, dResiduals)),
            "dResiduals",
            4,
            3);
        Assert.All([.. residuals, .. dTheta, .. dT, .. dResiduals], value => Assert.Equal(7, value));
    }

    [Fact]
    public void AGradientMustNotOverlapAnInput()
    {
        double[] memory = [1, 2, 3, 4];
        Assert.Throws<ArgumentException>(() => Examples.DotGrad(memory.AsSpan(0, 3), _y, memory.AsSpan(1, 3), new double[3]));
        Assert.Throws<ArgumentException>(() => Examples.DotGrad(memory.AsSpan(0, 3), _y, memory.AsSpan(0, 3), new double[3]));
        Assert.Equal([1.0, 2, 3, 4], memory);
    }

    [Fact]
    public void GradientsMustNotOverlapEachOther()
    {
        double[] memory = [7, 7, 7, 7];
        Assert.Throws<ArgumentException>(() => Examples.DotGrad(_x, _y, memory.AsSpan(0, 3), memory.AsSpan(1, 3)));
        Assert.Equal([7.0, 7, 7, 7], memory);
    }

    [Fact]
    public void NeighboursInOneArrayAreFine()
    {
        double[] memory = [1, 2, 3, 4, 0, 0, 0, 0];
        Examples.DotGrad(memory.AsSpan(0, 2), memory.AsSpan(2, 2), memory.AsSpan(4, 2), memory.AsSpan(6, 2));
        Assert.Equal([1.0, 2, 3, 4, 3, 4, 1, 2], memory);
    }

    [Fact]
    public void EmptyBuffersAreFine() => Assert.Equal(0, Examples.DotGrad([], [], [], []));

    private static double[] Filled(int length)
    {
        double[] filled = new double[length];
        Array.Fill(filled, 7);
        return filled;
    }

    private static void AssertNames(ArgumentException exception, string parameter, int actual, int expected)
    {
        Assert.Equal(typeof(ArgumentException), exception.GetType());
        Assert.Contains(parameter, exception.Message);
        Assert.Contains(actual.ToString(), exception.Message);
        Assert.Contains(expected.ToString(), exception.Message);
    }
}
