using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Operators.Axes;

public class AlongAxisTests
{
    private const double Softness = 0.75;

    private static readonly int[][] Shapes = [[5], [1], [3, 4], [4, 3], [2, 3, 4], [3, 1, 2], [2, 2, 3, 2], [1, 5], [5, 1],
        [2, 1, 3, 1, 2]];

    public static TheoryData<int[], int?, MemoryLayout, MemoryLayout> Cases()
    {
        var data = new TheoryData<int[], int?, MemoryLayout, MemoryLayout>();
        foreach (var shape in Shapes)
        {
            foreach (var layout in Enum.GetValues<MemoryLayout>())
            {
                for (var axis = -shape.Length; axis < shape.Length; axis++) data.Add(shape, axis, layout,
                    (MemoryLayout)(((int)layout + axis + 10) % 3));
                data.Add(shape, null, layout, MemoryLayout.Dense);
                data.Add(shape, null, layout, MemoryLayout.Sliced);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryRowIsItsOwn(int[] shape, int? axis, MemoryLayout from, MemoryLayout to)
    {
        foreach (var parallel in new[] { false, true })
        {
            Check(new ToyRows.Scale<double>(Softness), shape, axis, false, parallel, from, to);
            Check(new ToyRows.Index<double>(Softness, 2, reduces: false), shape, axis, false, parallel, from, to);
            foreach (var keepDims in new[] { false, true })
            {
                Check(new ToyRows.Reduce<double>(Softness), shape, axis, keepDims, parallel, from, to);
                Check(new ToyRows.Index<double>(Softness, 1, reduces: true), shape, axis, keepDims, parallel, from, to);
            }
        }
    }

    [Fact]
    public void ParallelIsSequentialToTheLastBit()
    {
        int[] shape = [37, 50, 41];
        var options = new AxisOptions(1, false, false);
        var x = StridedTensor.Of(shape, MemoryLayout.Sliced, i => Math.Sin(i));
        var c = StridedTensor.Of(shape, MemoryLayout.Transposed, i => Math.Cos(3 * i));
        StridedTensor[] y = [new(shape, MemoryLayout.Dense), new(shape, MemoryLayout.Dense)],
            dX = [new(shape, MemoryLayout.Dense), new(shape, MemoryLayout.Dense)];
        var op = new ToyRows.Scale<double>(Softness);
        var dSoftness = AlongAxis.Vjp(x.Span, y[0].Span, c.Span, dX[0].Span, options, op, OutputNames.Destination);
        var again = AlongAxis.Vjp(x.Span, y[1].Span, c.Span, dX[1].Span, options with { Parallel = true }, op, OutputNames.Destination);
        Assert.Equal(dSoftness, again);
        Assert.Equal(y[0].Elements, y[1].Elements);
        Assert.Equal(dX[0].Elements, dX[1].Elements);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void InPlaceIsAsInOtherMemory(int axis)
    {
        var options = new AxisOptions(axis, false, false);
        var op = new ToyRows.Scale<double>(Softness);
        var (x, c, inPlace) = (Filled([3, 4], 0), Filled([3, 4], 1), Filled([3, 4], 0));
        var (y, dX) = (new double[12], new double[12]);
        AlongAxis.Vjp(Read(x), Write(y), Read(c), Write(dX), options, op, OutputNames.Destination);

        AlongAxis.Value(Read(inPlace), Write(inPlace), options, op, OutputNames.Destination);
        Assert.Equal(y, inPlace);
        Filled([3, 4], 0).CopyTo(inPlace, 0);
        AlongAxis.Vjp(Read(inPlace), default, Read(c), Write(inPlace), options, op, OutputNames.Destination);
        Assert.Equal(dX, inPlace);
        AlongAxis.Vjp(Read(x), default, Read(c), Write(c), options, op, OutputNames.Destination);
        Assert.Equal(dX, c);

        // Shifted by a row: what is overwritten has been read.
        double[] shifted = [.. x, 0, 0, 0, 0];
        AlongAxis.Value(
            new ReadOnlyTensorSpan<double>(shifted, 0, [3, 4], default), new TensorSpan<double>(shifted, 4, [3, 4], default), options, op,
            OutputNames.Destination);
        Assert.Equal(y, shifted[4..]);

        static ReadOnlyTensorSpan<double> Read(double[] data) => new(data, [3, 4], default);
        static TensorSpan<double> Write(double[] data) => new(data, [3, 4], default);
    }

    [Fact]
    public void NoRowsNeedNothing()
    {
        var options = new AxisOptions(1, false, false);
        var none = new TensorSpan<double>(new double[3], [0, 3], default);
        AlongAxis.Value(none, none, options, new ToyRows.Scale<double>(1), OutputNames.Destination);
        Assert.Equal(0, AlongAxis.Vjp(none, none, none, none, options, new ToyRows.Scale<double>(1), OutputNames.Destination));
    }

    [Fact]
    public void RepeatedRowsCanBeRead()
    {
        var x = new ReadOnlyTensorSpan<double>([1.0, 2, 3], [2, 3], [0, 1]);
        var y = new double[6];
        AlongAxis.Value(x, new TensorSpan<double>(y, [2, 3], default), new AxisOptions(1, false, false), new ToyRows.Scale<double>(1),
            OutputNames.Destination);
        Assert.Equal([6.0, 12, 18, 6, 12, 18], y);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        var op = new ToyRows.Reduce<double>(1);
        var x = StridedTensor.Of([2, 3], MemoryLayout.Dense, i => i);
        void Value(int? axis, bool keepDims, params int[] shape)
        {
            var y = new StridedTensor(shape, MemoryLayout.Dense);
            try
            {
                AlongAxis.Value(x.Span, y.Span, new AxisOptions(axis, keepDims, false), op, OutputNames.Destination);
            }
            catch
            {
                Assert.Equal(y.Length, y.NaNs);
                throw;
            }
        }

        var e = Assert.Throws<ArgumentException>("destination", () => Value(1, false, 3));
        Assert.Contains("[3]", e.Message, StringComparison.Ordinal);
        Assert.Contains("[2]", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("destination", () => Value(1, true, 2));
        Assert.Throws<ArgumentException>("destination", () => Value(0, false, 2));
        Assert.Throws<ArgumentException>("destination", () => Value(null, true, 1));
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => Value(2, false, 2));
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => Value(-3, false, 2));
        Value(-1, false, 2);
        Value(null, false, 1);
        Value(null, true, 1, 1);

        static ReadOnlyTensorSpan<double> None() => new(new double[2], [2, 0], default);
        var two = new StridedTensor([2], MemoryLayout.Dense);
        Assert.Throws<ArgumentException>("x", () =>
            AlongAxis.Value(None(), two.Span, new AxisOptions(1, false, false), op, OutputNames.Destination));
        Assert.Throws<ArgumentException>("x", () =>
            AlongAxis.Value(None(), two.Span, new AxisOptions(null, false, false), op, OutputNames.Destination));
        Assert.Throws<ArgumentException>("x", () =>
            AlongAxis.Value(default, two.Span, new AxisOptions(null, false, false), op, OutputNames.Destination));

        var scale = new ToyRows.Scale<double>(1);
        var by = new AxisOptions(1, false, false);
        var wrong = new StridedTensor([3, 2], MemoryLayout.Dense);
        Assert.Throws<ArgumentException>("dX", () =>
            AlongAxis.Vjp(x.Span, default, x.Span, wrong.Span, by, scale, OutputNames.Destination));
        Assert.Throws<ArgumentException>("cDestination", () =>
            AlongAxis.Vjp(x.Span, default, wrong.Span, x.Span, by, scale, OutputNames.Destination));
        Assert.Throws<ArgumentException>("tX", () =>
            AlongAxis.Jvp(x.Span, x.Span, wrong.Span, x.Span, 0, by, scale, OutputNames.Destination));
        Assert.Throws<ArgumentException>("tDestination", () =>
            AlongAxis.Jvp(x.Span, x.Span, x.Span, wrong.Span, 0, by, scale, OutputNames.Destination));
        Assert.Throws<ArgumentException>("destination", () =>
            AlongAxis.Vjp(x.Span, two.Span, x.Span, x.Span, by, scale, OutputNames.Destination));
        Assert.Throws<ArgumentException>("destination", () =>
            AlongAxis.Vjp(x.Span, x.Span, x.Span, x.Span, by, scale, OutputNames.Destination));
        var shared = new double[9];
        Assert.Throws<ArgumentException>("destination", () => AlongAxis.Vjp(
            x.Span, new TensorSpan<double>(shared.AsSpan(0, 6), [2, 3]), x.Span, new TensorSpan<double>(shared.AsSpan(3, 6), [2, 3]), by, scale, OutputNames.Destination));
        Assert.Throws<ArgumentException>("destination", () => AlongAxis.Value(
            x.Span, new TensorSpan<double>(new double[3], [2, 3], [0, 1]), by, scale, OutputNames.Destination));
    }

    [Fact]
    public void AllocatesNothing()
    {
        var op = new ToyRows.Scale<double>(1);
        var (x, y) = (StridedTensor.Of([4, 5, 6], MemoryLayout.Sliced, i => i), new StridedTensor([4, 5, 6], MemoryLayout.Transposed));
        var (c, dX) = (StridedTensor.Of([4, 5, 6], MemoryLayout.Dense, i => i), new StridedTensor([4, 5, 6], MemoryLayout.Dense));
        var flat = new StridedTensor([120], MemoryLayout.Sliced);
        Allocations.AssertNone(() =>
            AlongAxis.Vjp(x.Span, y.Span, c.Span, dX.Span, new AxisOptions(1, false, false), op, OutputNames.Destination));
        Allocations.AssertNone(() => AlongAxis.Value(x.Span, flat.Span, new AxisOptions(null, false, false), op, OutputNames.Destination));
    }

    private static void Check<TOperator>(
        TOperator op, int[] shape, int? axis, bool keepDims, bool parallel, MemoryLayout from, MemoryLayout to)
        where TOperator : struct, IRowOperator<double>
    {
        var options = new AxisOptions(axis, keepDims, parallel);
        var x = StridedTensor.Of(shape, from, i => Math.Sin(i + 1));
        var tX = StridedTensor.Of(shape, to, i => Math.Cos(2 * i));
        var rows = new ReferenceRows(shape, axis);
        var result = rows.ResultShape(op.Shape(rows.Length), keepDims);
        var c = StridedTensor.Of(result, from, i => Math.Cos((3 * i) + 1));
        StridedTensor y = new(result, to), yOfVjp = new(result, to), yOfJvp = new(result, from), tY = new(result, to), dX = new(shape, to);
        var gaps = (y.NaNs - y.Length, dX.NaNs - dX.Length);

        AlongAxis.Value(x.Span, y.Span, options, op, OutputNames.Destination);
        var dSoftness = AlongAxis.Vjp(x.Span, yOfVjp.Span, c.Span, dX.Span, options, op, OutputNames.Destination);
        AlongAxis.Jvp(x.Span, yOfJvp.Span, tX.Span, tY.Span, 0.5, options, op, OutputNames.Destination);

        Assert.Equal(rows.Value(op, x.Elements), y.Elements);
        Assert.Equal(y.Elements, yOfVjp.Elements);
        Assert.Equal(y.Elements, yOfJvp.Elements);
        Assert.Equal(rows.Tangent(op, x.Elements, tX.Elements, 0.5), tY.Elements);
        Assert.Equal(rows.Cotangent(op, x.Elements, c.Elements, out var expected), dX.Elements);
        Assert.Equal(expected, dSoftness, 1e-12 * Math.Max(1, Math.Abs(expected)));
        Assert.Equal(gaps, (y.NaNs, dX.NaNs));
    }

    private static double[] Filled(int[] shape, int seed) => StridedTensor.Of(
        shape, MemoryLayout.Dense, i => Math.Sin(i + (10 * seed))).Elements;
}
