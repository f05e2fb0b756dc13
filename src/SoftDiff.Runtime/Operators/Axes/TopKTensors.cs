using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>The top k of each row of a tensor: values, and soft indices where a tensor is given for them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="k">How many.</param>
/// <param name="gatedGrad">Whether the values differentiate the soft permutation too.</param>
/// <param name="log">Whether the indices are logarithms.</param>
/// <param name="axis">The axis, and how to work along it.</param>
internal readonly struct TopKTensors<T>(SortOptions<T> options, int k, bool gatedGrad, LogOptions<T> log, AxisOptions axis)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TopKRow<T> _values = new(options, k, gatedGrad);
    private readonly LogOptions<double> _log = log.Checked();

    // Made on demand, because not every method has indices.
    private TopKIndexRow<T> Indices => new(options, k, log);

    public void Value(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> values, in TensorSpan<T> indices)
    {
        CheckIndices(x, indices, OutputNames.Indices.Value);
        Apart(x, nameof(x), values, OutputNames.Values.Value);
        Apart(values, OutputNames.Values.Value, indices, OutputNames.Indices.Value);
        if (!values.IsEmpty || indices.IsEmpty) AlongAxis.Value(x, values, axis, _values, OutputNames.Values);
        if (!indices.IsEmpty) AlongAxis.Value(x, indices, axis, Indices, OutputNames.Indices);
    }

    public T Vjp(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> values, in TensorSpan<T> indices, in ReadOnlyTensorSpan<T> cValues,
        in ReadOnlyTensorSpan<T> cIndices, in TensorSpan<T> dX)
    {
        CheckIndices(x, indices, OutputNames.Indices.Value);
        CheckIndices(x, cIndices, OutputNames.Indices.Cotangent);
        Apart(x, nameof(x), values, OutputNames.Values.Value);
        Apart(values, OutputNames.Values.Value, indices, OutputNames.Indices.Value);
        Apart(cIndices, OutputNames.Indices.Cotangent, values, OutputNames.Values.Value);
        AxisShape.Same(dX.Lengths, x.Lengths, nameof(dX), nameof(x), x.Lengths);

        using var memory = Scratch.Rent<T>(2 * (long)dX.FlattenedLength);
        var ofValues = memory.Span[..(int)dX.FlattenedLength];
        var ofIndices = memory.Span[ofValues.Length..];
        var dSoftness = ValuesVjp(x, values, cValues, new TensorSpan<T>(ofValues, dX.Lengths));
        if (!cIndices.IsEmpty)
        {
            dSoftness += AlongAxis.Vjp(x, indices, cIndices, new TensorSpan<T>(ofIndices, dX.Lengths), axis, Indices, OutputNames.Indices);
            Lanewise.Map(ofValues, ofIndices, ofValues, default(Plus<T>));
        }
        else if (!indices.IsEmpty)
        {
            AlongAxis.Value(x, indices, axis, Indices, OutputNames.Indices);
        }

        new ReadOnlyTensorSpan<T>(ofValues, dX.Lengths).CopyTo(dX);
        return dSoftness;
    }

    public void Jvp(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> values, in TensorSpan<T> indices, in ReadOnlyTensorSpan<T> tX,
        in TensorSpan<T> tValues,
        in TensorSpan<T> tIndices, T tSoftness)
    {
        CheckIndices(x, indices, OutputNames.Indices.Value);
        SameIfAny(values, tValues, OutputNames.Values);
        SameIfAny(indices, tIndices, OutputNames.Indices);
        AxisShape.Same(tX.Lengths, x.Lengths, nameof(tX), nameof(x), x.Lengths);
        Apart(x, nameof(x), values, OutputNames.Values.Value);
        Apart(x, nameof(x), tValues, OutputNames.Values.Tangent);
        Apart(tX, nameof(tX), values, OutputNames.Values.Value);
        Apart(tX, nameof(tX), tValues, OutputNames.Values.Tangent);
        Apart(values, OutputNames.Values.Value, indices, OutputNames.Indices.Value);
        Apart(x, nameof(x), tIndices, OutputNames.Indices.Tangent);
        Apart(tX, nameof(tX), indices, OutputNames.Indices.Value);
        if (!values.IsEmpty || indices.IsEmpty) AlongAxis.Jvp(x, values, tX, tValues, tSoftness, axis, _values, OutputNames.Values);
        if (!indices.IsEmpty) AlongAxis.Jvp(x, indices, tX, tIndices, tSoftness, axis, Indices, OutputNames.Indices);
    }

    private T ValuesVjp(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> values, in ReadOnlyTensorSpan<T> cValues, in TensorSpan<T> dX)
    {
        if (!cValues.IsEmpty) return AlongAxis.Vjp(x, values, cValues, dX, axis, _values, OutputNames.Values);
        if (!values.IsEmpty) AlongAxis.Value(x, values, axis, _values, OutputNames.Values);
        dX.Clear();
        return T.Zero;
    }

    // Before anything is written, also of the values.
    private void CheckIndices(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> indices, string name)
    {
        if (indices.IsEmpty) return;
        AlongAxis.CheckResult(x, indices, axis, Indices, name);
        Apart(x, nameof(x), indices, name);
    }

    private static void SameIfAny(in ReadOnlyTensorSpan<T> value, in ReadOnlyTensorSpan<T> tangent, in OutputNames names)
    {
        if (!value.IsEmpty || !tangent.IsEmpty) AxisShape.Same(tangent.Lengths, value.Lengths, names.Tangent, names.Value, value.Lengths);
    }

    private static void Apart(in ReadOnlyTensorSpan<T> first, string firstName, in ReadOnlyTensorSpan<T> second, string secondName) =>
        Shape.Disjoint(TensorMemory.Of(first, firstName), firstName, TensorMemory.Of(second, secondName), secondName);
}
