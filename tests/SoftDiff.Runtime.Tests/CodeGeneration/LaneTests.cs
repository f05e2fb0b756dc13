using System.Runtime.Intrinsics;

namespace SoftDiff.Runtime.Tests.CodeGeneration;

/// <summary>The lane types: every lane of every width computes what one number would.</summary>
public sealed class LaneTests
{
    [Fact]
    public void Single_lanes() => CheckBoth<SingleLane<double>, SingleLane<float>>(1, 1);

    [Fact]
    public void Lanes_of_128_bits() => CheckBoth<Lane128<double>, Lane128<float>>(2, 4);

    [Fact]
    public void Lanes_of_256_bits() => CheckBoth<Lane256<double>, Lane256<float>>(4, 8);

    [Fact]
    public void Lanes_of_512_bits() => CheckBoth<Lane512<double>, Lane512<float>>(8, 16);

    [Fact]
    public void A_vector_is_filled_by_as_many_iterations_as_it_has_lanes()
    {
        Assert.False(LaneLoop.Fills128<double>(1) || LaneLoop.Fills256<double>(3) || LaneLoop.Fills512<double>(7));
        Assert.Equal(Vector128.IsHardwareAccelerated, LaneLoop.Fills128<double>(2));
        Assert.Equal(Vector256.IsHardwareAccelerated, LaneLoop.Fills256<float>(8));
        Assert.Equal(Vector512.IsHardwareAccelerated, LaneLoop.Fills512<float>(16));
    }

    private static void CheckBoth<TDouble, TSingle>(int doubles, int singles)
        where TDouble : unmanaged, ILane<TDouble, double>
        where TSingle : unmanaged, ILane<TSingle, float>
    {
        Assert.Equal((doubles, singles), (TDouble.Count, TSingle.Count));
        Check<TDouble, double>(i => (i * 0.37) - 1.1);
        Check<TSingle, float>(i => (i * 0.37f) - 1.1f);
    }

    private static void Check<TLane, T>(Func<int, T> number)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var count = TLane.Count;
        var numbers = Enumerable.Range(0, (2 * count) + 1).Select(number).ToArray();
        TLane a = TLane.Load(numbers, 1), b = TLane.Load(numbers, count + 1);
        AssertLanes(a + b, i => numbers[1 + i] + numbers[count + 1 + i]);
        AssertLanes(a - b, i => numbers[1 + i] - numbers[count + 1 + i]);
        AssertLanes(a * b, i => numbers[1 + i] * numbers[count + 1 + i]);
        AssertLanes(a / b, i => numbers[1 + i] / numbers[count + 1 + i]);
        AssertLanes(-a, i => -numbers[1 + i]);
        AssertLanes(a * numbers[0], i => numbers[1 + i] * numbers[0]);
        AssertLanes(numbers[0], _ => numbers[0]);

        Assert.Throws<IndexOutOfRangeException>(() => TLane.Load(numbers, count + 2));
        Assert.Throws<IndexOutOfRangeException>(() => TLane.Load(numbers, -1));
        Assert.Throws<IndexOutOfRangeException>(() => TLane.Store(a, numbers, int.MaxValue));

        var strided = new T[(3 * count) + 1];
        LaneLoop.Store(a, strided.AsSpan(), 2, 3);
        for (var i = 0; i < strided.Length; i++) Assert.Equal(i % 3 == 2 ? numbers[1 + (i / 3)] : T.Zero, strided[i]);
        AssertLanes(LaneLoop.Load<TLane, T>(strided, 2, 3), i => numbers[1 + i]);
        AssertLanes(LaneLoop.Load<TLane, T>(numbers, count, -1), i => numbers[count - i]);
        Assert.Throws<IndexOutOfRangeException>(() => LaneLoop.Load<TLane, T>(strided, 4, 3));
        Assert.Throws<IndexOutOfRangeException>(() => LaneLoop.Store(a, strided.AsSpan(), 4, 3));

        // Two rows from the second column on, one number longer than the lanes.
        var matrix = new T[2 * (count + 1)];
        var column = new LaneColumn<TLane, T>(matrix, 1, count + 1, 2);
        column[1] = a;
        column[1] += b;
        AssertLanes(column[0], _ => T.Zero);
        AssertLanes(column[1], i => numbers[1 + i] + numbers[count + 1 + i]);
        Assert.Equal(numbers[1] + numbers[count + 1], matrix[count + 2]);
        Assert.Throws<IndexOutOfRangeException>(() => new LaneColumn<TLane, T>(matrix, 1, count + 1, 2)[2]);
        Assert.Throws<IndexOutOfRangeException>(() => new LaneColumn<TLane, T>(matrix, 1, count + 1, -1)[0]);
        Assert.Throws<IndexOutOfRangeException>(() => _ = new LaneColumn<TLane, T>(matrix, 2, count + 1, 2)[0]);
        Assert.Throws<IndexOutOfRangeException>(() => _ = new LaneColumn<TLane, T>(matrix, -1, count + 1, 2)[0]);
        Assert.Throws<IndexOutOfRangeException>(() => _ = new LaneColumn<TLane, T>(matrix, 1, int.MaxValue, int.MaxValue)[0]);

        var diagonal = new TLane[count + 2];
        Array.Fill(diagonal, a);
        LaneLoop.Clear<TLane>(diagonal);
        LaneLoop.SetDiagonal(diagonal.AsSpan(), 1, numbers[0]);
        for (var row = 0; row < diagonal.Length; row++) AssertLanes(diagonal[row], i => i == row - 1 ? numbers[0] : T.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => LaneLoop.SetDiagonal(diagonal.AsSpan(), 3, numbers[0]));

        void AssertLanes(TLane lanes, Func<int, T> expected)
        {
            var stored = new T[count + 2];
            TLane.Store(lanes, stored, 1);
            Assert.Equal([T.Zero, .. Enumerable.Range(0, count).Select(expected), T.Zero], stored);
        }
    }
}
