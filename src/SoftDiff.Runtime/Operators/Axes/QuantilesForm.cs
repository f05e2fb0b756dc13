using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Several quantiles of each row of a tensor.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="q">The quantiles times a scale.</param>
/// <param name="scale">1, or 100 for percentiles.</param>
/// <param name="quantileMethod">How to interpolate between two elements.</param>
/// <param name="gatedGrad">Whether the soft permutation is differentiated too, and not only what it averages.</param>
internal readonly ref struct QuantilesForm<T>(
    SortOptions<T> options, ReadOnlySpan<T> q, T scale, QuantileMethod quantileMethod, bool gatedGrad)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _q = q;

    public void Value(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in AxisOptions axis)
    {
        using var stack = Stack();
        AlongAxis.Value(x, y, axis, stack.Operator, OutputNames.Destination);
    }

    public T Vjp(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dX, in AxisOptions axis)
    {
        using var stack = Stack();
        return AlongAxis.Vjp(x, y, cY, dX, axis, stack.Operator, OutputNames.Destination);
    }

    public void Jvp(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX, in TensorSpan<T> tY, T tSoftness, in AxisOptions axis)
    {
        using var stack = Stack();
        AlongAxis.Jvp(x, y, tX, tY, tSoftness, axis, stack.Operator, OutputNames.Destination);
    }

    private RowStack<T, QuantileRow<T>> Stack()
    {
        var stack = new RowStack<T, QuantileRow<T>>(_q.Length, scale == T.One ? "q" : "p");
        for (var i = 0; i < _q.Length; i++) stack.Rows[i] = new QuantileRow<T>(options, _q[i] / scale, quantileMethod, gatedGrad);
        return stack;
    }
}

/// <summary>The soft indices of several quantiles of each row of a tensor.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="q">The quantiles times a scale.</param>
/// <param name="scale">1, or 100 for percentiles.</param>
/// <param name="quantileMethod">How to interpolate between two elements.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
internal readonly ref struct ArgQuantilesForm<T>(
    SortOptions<T> options, ReadOnlySpan<T> q, T scale, QuantileMethod quantileMethod, LogOptions<T> log)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _q = q;

    public void Value(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in AxisOptions axis)
    {
        using var stack = Stack();
        AlongAxis.Value(x, y, axis, stack.Operator, OutputNames.Destination);
    }

    public T Vjp(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dX, in AxisOptions axis)
    {
        using var stack = Stack();
        return AlongAxis.Vjp(x, y, cY, dX, axis, stack.Operator, OutputNames.Destination);
    }

    public void Jvp(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX, in TensorSpan<T> tY, T tSoftness, in AxisOptions axis)
    {
        using var stack = Stack();
        AlongAxis.Jvp(x, y, tX, tY, tSoftness, axis, stack.Operator, OutputNames.Destination);
    }

    private RowStack<T, ArgQuantileRow<T>> Stack()
    {
        var stack = new RowStack<T, ArgQuantileRow<T>>(_q.Length, scale == T.One ? "q" : "p");
        for (var i = 0; i < _q.Length; i++) stack.Rows[i] = new ArgQuantileRow<T>(options, _q[i] / scale, quantileMethod, log);
        return stack;
    }
}
