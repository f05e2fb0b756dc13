namespace SoftDiff.Tests;

/// <summary>
/// After a first call, which may fill pools, companions allocate nothing: scratch is on the stack or pooled. Alone, since other tests
/// would take what lies in the pools.
/// </summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private readonly double[] _x = [.. Enumerable.Range(0, 64).Select(i => 0.01 * (i + 1))];
    private readonly double[] _y = [.. Enumerable.Range(0, 64).Select(i => 0.5 - (0.02 * i))];
    private readonly double[] _dX = new double[64];
    private readonly double[] _dY = new double[64];
    private readonly double[] _features = [.. Enumerable.Range(0, 64 * 16).Select(i => Math.Sin(i))];
    private readonly double[] _labels = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? 1.0 : -1.0)];
    private double _sink;

    [Fact]
    public void StraightLine() => AssertNothing(() => _sink += Examples.RosenbrockGrad(1.5, 2, out _, out _));

    [Fact]
    public void Reduction() => AssertNothing(() => _sink += Examples.DotGrad(_x, _y, _dX, _dY));

    [Fact]
    public void NestedLoops() => AssertNothing(() => _sink += Examples.LogisticLossGrad(_x, _features, _labels, _dX));

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void CarriedValues(int steps) => AssertNothing(() => _sink += Examples.CarriedGrad(0.9, steps, out _), calls: steps > 1000 ? 5 : 100);

    [Fact]
    public void UnknownTripCount() => AssertNothing(() => _sink += Examples.HalvedGrad(40, out _));

    [Fact]
    public void ScratchArrays() => AssertNothing(() => _sink += Examples.SmoothedGrad(_x, 20, _dX));

    [Fact]
    public void Recursion() => AssertNothing(() => _sink += Examples.TreeGrad(_x, _dX));

    [Fact]
    public void Tensors() => AssertNothing(() =>
    {
        _sink += TensorExamples.BatchLossGrad(new(_x, [4, 16]), _y.AsSpan(0, 16), 0.5, new(_dX, [4, 16]), _dY.AsSpan(0, 16), out _);
        TensorExamples.BatchLossJvp(new(_x, [4, 16]), _y.AsSpan(0, 16), 0.5, new(_y, [4, 16]), _y.AsSpan(16, 16), 1, out _);
        TensorExamples.SquaresOfRanksVjp(new(_x, [4, 8], [16, 2]), new(_y, [4, 8], [1, 4]), new(_dX, [4, 8], [16, 2]), new(_dY, [4, 8]));
        TensorExamples.SquaresOfRanksJvp(new(_x, [4, 8], [16, 2]), new(_y, [4, 8], [1, 4]), new(_dX, [4, 8], [16, 2]), new(_dY, [4, 8]));
    });

    /// <summary>In lanes of every width.</summary>
    [Fact]
    public void Matrices() => AssertNothing(() =>
    {
        Declared.Functions.RosenbrockHessian(_x.AsSpan(0, 15), _features.AsSpan(0, 15 * 15));
        Declared.Jacobians.ResidualsForward(_x.AsSpan(0, 4), 0.3, _dY.AsSpan(0, 6), _features.AsSpan(0, 30));
        Declared.Jacobians.ResidualsReverse(_x.AsSpan(0, 4), 0.3, _dY.AsSpan(0, 6), _features.AsSpan(0, 30));
    });

    [Fact]
    public void OtherModes() => AssertNothing(() =>
    {
        _sink += Examples.DotVjp(_x, _y, 2, _dX, _dY);
        _sink += Examples.DotJvp(_x, _y, _x, _y, out _);
        _sink += Examples.SmoothedVjp(_x, 20, 2, _dX);
        _sink += Examples.SmoothedJvp(_x, 20, _y, out _);
    });

    private static void AssertNothing(Action call, int calls = 100)
    {
        for (int i = 0; i < 3; i++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++)
        {
            call();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
