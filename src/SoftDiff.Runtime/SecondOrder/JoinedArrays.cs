using System.Buffers;
using System.Numerics.Tensors;
using Dual = SoftDiff.SecondOrder.Dual;

namespace SoftDiff;

/// <summary>
/// Copies the arrays of a rule's call to arrays of dual numbers. Their memory is rented and returned all at once. Tensors are in row-major
/// order here, without gaps. Do not copy it.
/// </summary>
internal ref struct JoinedArrays
{
    private Arrays _rented;
    private int _count;

    /// <summary>An input.</summary>
    public Span<Dual> Of<T>(
        scoped ReadOnlySpan<T> values, scoped ReadOnlySpan<T> tangents,
        [CallerArgumentExpression(nameof(values))] string input = "", [CallerArgumentExpression(nameof(tangents))] string tangent = "")
        where T : IBinaryFloatingPointIeee754<T>
    {
        Shape.SameLength(tangents.Length, values.Length, tangent, input);
        var duals = Rent(values.Length);
        for (var i = 0; i < duals.Length; i++) duals[i] = Joined.Of(values[i], tangents[i]);
        return duals;
    }

    /// <inheritdoc cref="Of{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, string, string)"/>
    public TensorSpan<Dual> Of<T>(
        scoped in ReadOnlyTensorSpan<T> values, scoped in ReadOnlyTensorSpan<T> tangents,
        [CallerArgumentExpression(nameof(values))] string input = "", [CallerArgumentExpression(nameof(tangents))] string tangent = "")
        where T : IBinaryFloatingPointIeee754<T>
    {
        // An argument that is left out has no shape.
        if (!values.IsEmpty || !tangents.IsEmpty) Shape.Same(tangents.Lengths, values.Lengths, tangent, input);
        using var elements = new ReadOnlyElements<T>(values, input);
        using var moved = new ReadOnlyElements<T>(tangents, tangent);
        return Shaped(Of(elements.Span, moved.Span), values.Lengths);
    }

    /// <summary>An input whose tangents are 0 if there are none.</summary>
    public Span<Dual> OfWanted<T>(
        scoped ReadOnlySpan<T> values, scoped ReadOnlySpan<T> tangents,
        [CallerArgumentExpression(nameof(values))] string input = "", [CallerArgumentExpression(nameof(tangents))] string tangent = "")
        where T : IBinaryFloatingPointIeee754<T> => tangents.IsEmpty ? Constant(values) : Of(values, tangents, input, tangent);

    /// <inheritdoc cref="OfWanted{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, string, string)"/>
    public TensorSpan<Dual> OfWanted<T>(
        scoped in ReadOnlyTensorSpan<T> values, scoped in ReadOnlyTensorSpan<T> tangents,
        [CallerArgumentExpression(nameof(values))] string input = "", [CallerArgumentExpression(nameof(tangents))] string tangent = "")
        where T : IBinaryFloatingPointIeee754<T> => tangents.IsEmpty ? Constant(values, input) : Of(values, tangents, input, tangent);

    /// <summary>An input that does not move.</summary>
    public Span<Dual> Constant<T>(scoped ReadOnlySpan<T> values)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var duals = Rent(values.Length);
        for (var i = 0; i < duals.Length; i++) duals[i] = Joined.Of(values[i], T.Zero);
        return duals;
    }

    /// <inheritdoc cref="Constant{T}(ReadOnlySpan{T})"/>
    public TensorSpan<Dual> Constant<T>(scoped in ReadOnlyTensorSpan<T> values, [CallerArgumentExpression(nameof(values))] string input = "")
        where T : IBinaryFloatingPointIeee754<T>
    {
        using var elements = new ReadOnlyElements<T>(values, input);
        return Shaped(Constant(elements.Span), values.Lengths);
    }

    /// <summary>An output as long as another span.</summary>
    public Span<Dual> Like<T>(scoped ReadOnlySpan<T> values) => Rent(values.Length);

    /// <summary>An output with the shape of an input.</summary>
    public TensorSpan<Dual> Like<T>(scoped in ReadOnlyTensorSpan<T> values) => Shaped(Rent(checked((int)values.FlattenedLength)), values.Lengths);

    /// <summary>An output. Throws if its elements cannot be written one by one.</summary>
    public TensorSpan<Dual> Like<T>(scoped in TensorSpan<T> values, [CallerArgumentExpression(nameof(values))] string output = "")
    {
        TensorMemory.Of(values, output);
        return Like<T>((ReadOnlyTensorSpan<T>)values);
    }

    public readonly void Dispose()
    {
        foreach (var array in _rented[.._count]) ArrayPool<Dual>.Shared.Return(array);
    }

    // A tensor that has axes lies over an element at least, even if it has none.
    private TensorSpan<Dual> Shaped(Span<Dual> duals, scoped ReadOnlySpan<nint> lengths) =>
        lengths.IsEmpty ? default : new TensorSpan<Dual>(duals.IsEmpty ? Rent(1) : duals, lengths);

    private Span<Dual> Rent(int length)
    {
        if (length == 0) return default;
        var array = ArrayPool<Dual>.Shared.Rent(length);
        _rented[_count++] = array;
        return array.AsSpan(0, length);
    }

    /// <summary>As many as a rule has at most: one of three inputs, and their gradients.</summary>
    [InlineArray(8)]
    private struct Arrays
    {
        private Dual[] _first;
    }
}
