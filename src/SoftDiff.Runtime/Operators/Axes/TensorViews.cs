using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>An input as the loop over rows reads it: as it is, or flattened to one row (copied if its elements are not in order in memory).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal ref struct InputView<T>
{
    private readonly ReadOnlyTensorSpan<T> _tensor;
    private readonly ReadOnlySpan<T> _memory;
    private readonly RowRole _role;
    private Rented<T> _copy;

    public InputView(in ReadOnlyTensorSpan<T> tensor, ReadOnlySpan<T> memory, RowRole role)
    {
        _tensor = tensor;
        _memory = memory;
        _role = role;
        if (!role.Flattens) return;
        if (!tensor.IsDense)
        {
            _copy = Scratch.Rent<T>((long)tensor.FlattenedLength);
            tensor.FlattenTo(_copy.Span);
            _memory = _copy.Span;
        }

        _tensor = new ReadOnlyTensorSpan<T>(_memory);
    }

    /// <summary>The rows; none if there is no such input. <paramref name="storage"/> holds at least twice the rank.</summary>
    public readonly RowSource<T> Rows(Span<int> storage) =>
        _memory.IsEmpty ? default : new RowSource<T>(_memory, new RowMap(_tensor.Lengths, _tensor.Strides, _role, default, storage));

    public void Dispose() => _copy.Dispose();
}

/// <summary>
/// An output as the loop over rows writes it: as it is, or flattened to one row; in memory of its own until <see cref="Commit"/> where inputs
/// lie in that of the output, so that they are read before anything is written over them.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal ref struct OutputView<T>
{
    private readonly TensorSpan<T> _target;
    private readonly TensorSpan<T> _tensor;
    private readonly Span<T> _memory;
    private readonly RowRole _role;
    private readonly bool _isCopy;
    private Rented<T> _copy;

    public OutputView(in TensorSpan<T> target, Span<T> memory, RowRole role, bool isShared)
    {
        _target = target;
        _tensor = target;
        _memory = memory;
        _role = role;
        _isCopy = isShared || (role.Flattens && !target.IsDense);
        if (_isCopy)
        {
            _copy = Scratch.Rent<T>((long)target.FlattenedLength);
            _memory = _copy.Span;
            _tensor = new TensorSpan<T>(_memory, target.Lengths);
        }

        if (role.Flattens) _tensor = new TensorSpan<T>(_memory);
    }

    /// <summary>The rows; none if there is no such output. <paramref name="storage"/> holds at least twice the rank.</summary>
    public readonly RowTarget<T> Rows(Span<int> storage) =>
        _memory.IsEmpty ? default : new RowTarget<T>(_memory, new RowMap(_tensor.Lengths, _tensor.Strides, _role, default, storage));

    public readonly void Commit()
    {
        if (_isCopy) new ReadOnlyTensorSpan<T>(_copy.Span, _target.Lengths).CopyTo(_target);
    }

    public void Dispose() => _copy.Dispose();
}
