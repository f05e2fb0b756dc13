using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>Straight-through forms keep the hard value in rented memory: they allocate nothing, and results may be written over inputs.</summary>
public class StraightThroughMemoryTests
{
    private const int Length = 37;

    private static double[] Row => [.. Enumerable.Range(0, Length).Select(i => Math.Sin(i * i))];

    [Fact]
    public void RowsAllocateNothing()
    {
        var (x, y, c, d) = (Row, new double[Length], Row, new double[Length]);
        Allocations.AssertNone(() =>
        {
            Soft.ReluSt(x, y);
            Soft.ReluStVjp(x, y, c, d, out _);
            Soft.ReluStJvp(x, y, c, d, 0);
            Soft.SortSt(x, y);
            Soft.SortStVjp(x, y, c, d, out _);
            Soft.SortStJvp(x, y, c, d, 0);
            Soft.MaxStVjp(x, 1, d, out _);
        });
    }

    [Fact]
    public void TensorsAllocateNothing()
    {
        var (x, y, c, d) = (Row, new double[Length], Row, new double[Length]);
        Allocations.AssertNone(() =>
        {
            ReadOnlySpan<nint> shape = [1, Length];
            var input = new ReadOnlyTensorSpan<double>(x, shape, default);
            var cotangent = new ReadOnlyTensorSpan<double>(c, shape, default);
            var output = new TensorSpan<double>(y, shape, default);
            var gradient = new TensorSpan<double>(d, shape, default);
            Soft.ReluStVjp(input, output, cotangent, gradient, out _);
            Soft.SortStVjp(input, output, cotangent, gradient, out _, axis: 1);
            Soft.SortStVjp(input, default, cotangent, gradient, out _, axis: 1);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void TheValueIsHardAndTheDerivativeSoftWhereverTheyAreWritten(int place)
    {
        var (x, c) = (Row, Row.Reverse().ToArray());
        var (hard, soft) = (new double[Length], new double[Length]);
        Soft.Relu(x, hard, mode: SoftMode.Hard);
        Soft.ReluVjp(x, default, c, soft, out var dSoftness, 0.3);

        var value = place == 1 ? x : new double[Length];
        var gradient = place == 2 ? x : new double[Length];
        Soft.ReluStVjp(x, value, c, gradient, out var again, 0.3);
        Assert.Equal(dSoftness, again);
        Assert.Equal(hard, value);
        Assert.Equal(soft, gradient);
    }

    [Fact]
    public void NothingIsWrittenWhenAnArgumentIsWrong()
    {
        var (x, y, d) = (Row, new double[Length], new double[Length]);
        Assert.Throws<ArgumentException>(() => Soft.ReluStVjp(x, y, new double[Length - 1], d, out _));
        Assert.Throws<ArgumentException>(() => Soft.ReluStVjp(x.AsSpan(1), x.AsSpan(0, Length - 1), y.AsSpan(1), d.AsSpan(1), out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Soft.ReluStVjp(x, y, x, d, out _, softness: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Soft.ReluStVjp(x, y, x, d, out _, mode: (SoftMode)99));
        Assert.All(y.Concat(d), number => Assert.Equal(0, number));
        Assert.Equal(Row, x);
    }
}
