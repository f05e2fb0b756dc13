namespace SoftDiff;

/// <summary>
/// The top k of one row of the caller: values and soft indices, each if its span is not empty. If both spans are empty, values are
/// requested.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="k">How many.</param>
/// <param name="gatedGrad">Whether the values differentiate the soft permutation too.</param>
/// <param name="log">Whether the indices are logarithms.</param>
internal readonly struct TopKForm<T>(SortOptions<T> options, int k, bool gatedGrad, LogOptions<T> log)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TopKRow<T> _values = new(options, k, gatedGrad);
    private readonly LogOptions<double> _log = log.Checked();

    // Made on demand, because not every method has indices.
    private TopKIndexRow<T> Indices => new(options, k, log);

    public void Map(ReadOnlySpan<T> x, Span<T> values, Span<T> indices)
    {
        CheckOutputs(x, values, indices, nameof(values), nameof(indices));
        if (!values.IsEmpty) _values.Value(x, values);
        if (!indices.IsEmpty) Indices.Value(x, indices);
    }

    public T MapVjp(ReadOnlySpan<T> x, Span<T> values, Span<T> indices, ReadOnlySpan<T> cValues, ReadOnlySpan<T> cIndices, Span<T> dX)
    {
        CheckOutputs(x, cValues, cIndices, nameof(cValues), nameof(cIndices));
        if (!values.IsEmpty || !indices.IsEmpty) CheckOutputs(x, values, indices, nameof(values), nameof(indices));
        RowForm.Gradient(dX, x, cValues);
        Shape.Disjoint(dX, nameof(dX), values, nameof(values));
        Shape.Disjoint(dX, nameof(dX), indices, nameof(indices));

        using var gradients = Scratch.Rent<T>(2 * x.Length);
        var ofValues = gradients.Span[..x.Length];
        var ofIndices = gradients.Span[x.Length..];
        var dSoftness = ValuesVjp(x, values, cValues, ofValues);
        if (!cIndices.IsEmpty)
        {
            dSoftness += Indices.Vjp(x, indices, cIndices, ofIndices);
            Lanewise.Map(ofValues, ofIndices, ofValues, default(Plus<T>));
        }
        else if (!indices.IsEmpty)
        {
            Indices.Value(x, indices);
        }

        ofValues.CopyTo(dX);
        return dSoftness;
    }

    public void MapJvp(
        ReadOnlySpan<T> x, Span<T> values, Span<T> indices, ReadOnlySpan<T> tX, Span<T> tValues, Span<T> tIndices, T tSoftness)
    {
        CheckOutputs(x, values, indices, nameof(values), nameof(indices));
        CheckOutputs(x, tValues, tIndices, nameof(tValues), nameof(tIndices));
        Shape.SameLength(tX.Length, x.Length, nameof(tX), nameof(x));
        Shape.SameLength(tValues.Length, values.Length, nameof(tValues), nameof(values));
        Shape.SameLength(tIndices.Length, indices.Length, nameof(tIndices), nameof(indices));
        Shape.Disjoint(values, nameof(values), tValues, nameof(tValues));
        Shape.Disjoint(indices, nameof(indices), tIndices, nameof(tIndices));
        if (!values.IsEmpty) _values.Jvp(x, tX, tSoftness, values, tValues);
        if (!indices.IsEmpty) Indices.Jvp(x, tX, tSoftness, indices, tIndices);
    }

    private T ValuesVjp(ReadOnlySpan<T> x, Span<T> values, ReadOnlySpan<T> cValues, Span<T> dX)
    {
        if (!cValues.IsEmpty) return _values.Vjp(x, values, cValues, dX);
        if (!values.IsEmpty) _values.Value(x, values);
        dX.Clear();
        return T.Zero;
    }

    private void CheckOutputs(ReadOnlySpan<T> x, ReadOnlySpan<T> values, ReadOnlySpan<T> indices, string valuesName, string indicesName)
    {
        if (!values.IsEmpty || indices.IsEmpty) RowForm.Check(_values, x, values, valuesName);
        Shape.Disjoint(values, valuesName, x, nameof(x));
        if (indices.IsEmpty) return;
        RowForm.Check(Indices, x, indices, indicesName);
        Shape.Disjoint(indices, indicesName, x, nameof(x));
        Shape.Disjoint(indices, indicesName, values, valuesName);
    }
}
