using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// An input for the loop over rows: unchanged, or flattened to one row. It is copied if its elements are not in order in memory.
/// </summary>
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

    /// <summary>How much memory <see cref="Rows"/> needs.</summary>
    public readonly int Storage => 2 * _tensor.Rank;

    /// <summary>The rows; none if there is no such input. An axis of length 1 is repeated if <paramref name="lengths"/> say so.</summary>
    public readonly RowSource<T> Rows(Span<int> storage, scoped ReadOnlySpan<nint> lengths = default) =>
        _memory.IsEmpty ? default : new RowSource<T>(_memory, new RowMap(_tensor.Lengths, _tensor.Strides, _role, lengths, storage));

    public void Dispose() => _copy.Dispose();
}

/// <summary>
/// An output for the loop over rows: unchanged, or flattened to one row. If it overlaps inputs, it stays in memory of its own until
/// <see cref="Commit"/>, so that all inputs are read before they are overwritten.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal ref struct OutputView<T>
{
    /// <summary>Where to write.</summary>
    public readonly TensorSpan<T> Tensor;

    /// <summary>The memory of <see cref="Tensor"/>.</summary>
    public readonly Span<T> Memory;

    private readonly TensorSpan<T> _target;
    private readonly RowRole _role;
    private readonly bool _isCopy;
    private Rented<T> _copy;

    public OutputView(in TensorSpan<T> target, Span<T> memory, RowRole role, bool isShared)
    {
        _target = target;
        Tensor = target;
        Memory = memory;
        _role = role;
        _isCopy = isShared || (role.Flattens && !target.IsDense);
        if (_isCopy)
        {
            _copy = Scratch.Rent<T>((long)target.FlattenedLength);
            Memory = _copy.Span;
            Tensor = new TensorSpan<T>(Memory, target.Lengths);
        }

        if (role.Flattens) Tensor = new TensorSpan<T>(Memory);
    }

    /// <summary>How much memory <see cref="Rows"/> needs.</summary>
    public readonly int Storage => 2 * Tensor.Rank;

    /// <summary>The rows; none if there is no such output. An axis of length 1 is repeated if <paramref name="lengths"/> say so.</summary>
    public readonly RowTarget<T> Rows(Span<int> storage, scoped ReadOnlySpan<nint> lengths = default) =>
        Memory.IsEmpty ? default : new RowTarget<T>(Memory, new RowMap(Tensor.Lengths, Tensor.Strides, _role, lengths, storage));

    public readonly void Clear() => Tensor.Clear();

    public readonly void Commit()
    {
        if (_isCopy) new ReadOnlyTensorSpan<T>(_copy.Span, _target.Lengths).CopyTo(_target);
    }

    public void Dispose() => _copy.Dispose();
}
