namespace SoftDiff.Runtime.Tests.Operators.Axes;

/// <summary>Rows along an axis taken out of a row-major array one by one, and their results put together: slow and plain.</summary>
internal sealed class ReferenceRows
{
    private readonly int[] _shape;
    private readonly bool _flattens;
    private readonly int _axis;
    private readonly int _outer;
    private readonly int _inner;

    public ReferenceRows(int[] shape, int? axis)
    {
        _flattens = axis is null;
        _shape = shape;
        _axis = axis is { } a ? (a + shape.Length) % shape.Length : 0;
        Length = _flattens ? Product(shape) : shape[_axis];
        _outer = _flattens ? 1 : Product(shape[.._axis]);
        _inner = _flattens ? 1 : Product(shape[(_axis + 1)..]);
    }

    public int Length { get; }

    public int[] ResultShape(RowShape row, bool keepDims)
    {
        int[] positions = !row.Reduces ? [row.Positions] : keepDims ? [.. Enumerable.Repeat(1, _flattens ? _shape.Length : 1)] : [];
        int[] shape = _flattens ? positions : [.. _shape[.._axis], .. positions, .. _shape[(_axis + 1)..]];
        if (row.HasIndexAxis) shape = [.. shape, row.Entries];
        return shape.Length == 0 ? [1] : shape;
    }

    public double[] Value<TOperator>(TOperator op, double[] x)
        where TOperator : struct, IRowOperator<double> => OfRows(op.Shape(Length), (outer, inner) =>
        {
            var y = new double[op.Shape(Length).Length];
            op.Value(Input(x, outer, inner), y);
            return y;
        });

    public double[] Tangent<TOperator>(TOperator op, double[] x, double[] tX, double tSoftness)
        where TOperator : struct, IRowOperator<double> => OfRows(op.Shape(Length), (outer, inner) =>
        {
            var (y, tY) = (new double[op.Shape(Length).Length], new double[op.Shape(Length).Length]);
            op.Jvp(Input(x, outer, inner), Input(tX, outer, inner), tSoftness, y, tY);
            return tY;
        });

    public double[] Cotangent<TOperator>(TOperator op, double[] x, double[] c, out double dSoftness)
        where TOperator : struct, IRowOperator<double>
    {
        var (dX, total, row) = (new double[x.Length], 0.0, op.Shape(Length));
        for (var outer = 0; outer < _outer; outer++)
        {
            for (var inner = 0; inner < _inner; inner++)
            {
                var (cRow, dRow) = (new double[row.Length], new double[Length]);
                for (var i = 0; i < row.Length; i++) cRow[i] = c[ResultIndex(row, outer, inner, i)];
                total += op.Vjp(Input(x, outer, inner), default, cRow, dRow);
                for (var i = 0; i < Length; i++) dX[InputIndex(outer, inner, i)] = dRow[i];
            }
        }

        dSoftness = total;
        return dX;
    }

    private double[] OfRows(RowShape row, Func<int, int, double[]> result)
    {
        var y = new double[_outer * _inner * row.Length];
        for (var outer = 0; outer < _outer; outer++)
        {
            for (var inner = 0; inner < _inner; inner++)
            {
                var values = result(outer, inner);
                for (var i = 0; i < row.Length; i++) y[ResultIndex(row, outer, inner, i)] = values[i];
            }
        }

        return y;
    }

    private double[] Input(double[] x, int outer, int inner) =>
        [.. Enumerable.Range(0, Length).Select(i => x[InputIndex(outer, inner, i)])];

    private int InputIndex(int outer, int inner, int i) => (((outer * Length) + i) * _inner) + inner;

    private int ResultIndex(RowShape row, int outer, int inner, int i) =>
        (((((outer * row.Positions) + (i / row.Entries)) * _inner) + inner) * row.Entries) + (i % row.Entries);

    private static int Product(int[] shape) => shape.Aggregate(1, (a, b) => a * b);
}
