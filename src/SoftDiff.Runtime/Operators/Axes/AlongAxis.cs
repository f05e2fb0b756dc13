using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// Applies row operators to tensors of any rank and any strides: to each row along an axis, or to all elements in row-major order as one
/// row. Rows that are contiguous in memory are used in place, others pass through rented memory. Outputs may lie in the memory of inputs,
/// in any way.
/// </summary>
internal static class AlongAxis
{
    public static void Value<T, TOperator>(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in AxisOptions options, TOperator @operator, OutputNames names)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IRowOperator<T>
    {
        var layout = Layout(x, options, @operator);
        RequireResult(x, y, layout, names.Value);
        Run(x, default, default, y, default, default, layout, new ValueJob<T, TOperator>(@operator), names.Value, "");
    }

    /// <summary>Overwrites <paramref name="dX"/>, and <paramref name="y"/> unless it is empty.</summary>
    /// <returns>The cotangent of the softness.</returns>
    public static T Vjp<T, TOperator>(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dX, in AxisOptions options,
        TOperator @operator,
        OutputNames names)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IRowOperator<T>
    {
        var layout = Layout(x, options, @operator);
        if (!y.IsEmpty) RequireResult(x, y, layout, names.Value);
        RequireResult(x, cY, layout, names.Cotangent);
        AxisShape.Same(dX.Lengths, x.Lengths, nameof(dX), nameof(x), x.Lengths);
        return Run(x, cY, layout.Result, y, dX, layout.Input, layout, new VjpJob<T, TOperator>(@operator), names.Value, nameof(dX));
    }

    public static void Jvp<T, TOperator>(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX, in TensorSpan<T> tY, T tSoftness,
        in AxisOptions options,
        TOperator @operator, OutputNames names)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IRowOperator<T>
    {
        var layout = Layout(x, options, @operator);
        RequireResult(x, y, layout, names.Value);
        RequireResult(x, tY, layout, names.Tangent);
        AxisShape.Same(tX.Lengths, x.Lengths, nameof(tX), nameof(x), x.Lengths);
        Run(x, tX, layout.Input, y, tY, layout.Result, layout, new JvpJob<T, TOperator>(@operator, tSoftness), names.Value, names.Tangent);
    }

    /// <summary>Throws unless a tensor has the shape of the result.</summary>
    public static void CheckResult<T, TOperator>(
        in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y, in AxisOptions options, TOperator @operator, string parameter)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IRowOperator<T> => RequireResult(x, y, Layout(x, options, @operator), parameter);

    private static AxisLayout Layout<T, TOperator>(in ReadOnlyTensorSpan<T> x, in AxisOptions options, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IRowOperator<T>
    {
        int? axis = options.Axis is { } given ? AxisShape.Resolve(given, x.Rank) : null;
        var length = axis is { } a ? x.Lengths[a] : x.FlattenedLength;
        if (length == 0) AxisShape.ThrowEmpty(x.Lengths, axis, nameof(x));
        return new AxisLayout(axis, @operator.Shape(checked((int)length)), checked((int)(x.FlattenedLength / length)), options);
    }

    private static void RequireResult<T>(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y, in AxisLayout layout, string parameter)
    {
        var expected = AxisShape.Result(x.Lengths, layout.Axis, layout.Row, layout.Options.KeepDims, stackalloc nint[x.Rank + 2]);
        AxisShape.Same(y.Lengths, expected, parameter, nameof(x), x.Lengths);
    }

    private static T Run<T, TJob>(
        in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> more, RowRole moreRole, in TensorSpan<T> y, in TensorSpan<T> derivative,
        RowRole derivativeRole, in AxisLayout layout, TJob job, string yName, string derivativeName)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TJob : struct, IRowJob<T>
    {
        var xMemory = TensorMemory.Of(x, nameof(x));
        var moreMemory = TensorMemory.Of(more, nameof(more));
        var yMemory = TensorMemory.Of(y, yName);
        var derivativeMemory = TensorMemory.Of(derivative, derivativeName);
        Outputs.RequireApart(y, yName, derivative, derivativeName);

        using var xs = new InputView<T>(x, xMemory, layout.Input);
        using var mores = new InputView<T>(more, moreMemory, moreRole);
        using var ys = new OutputView<T>(y, yMemory, layout.Result, yMemory.Overlaps(xMemory) || yMemory.Overlaps(moreMemory));
        using var derivatives = new OutputView<T>(
            derivative, derivativeMemory, derivativeRole, derivativeMemory.Overlaps(xMemory) || derivativeMemory.Overlaps(moreMemory));

        var result = RowLoop.Run(
            xs.Rows(stackalloc int[xs.Storage]),
            mores.Rows(stackalloc int[mores.Storage]),
            ys.Rows(stackalloc int[ys.Storage]),
            derivatives.Rows(stackalloc int[derivatives.Storage]),
            layout.Rows,
            job,
            layout.Options.Parallel);
        ys.Commit();
        derivatives.Commit();
        return result;
    }
}
