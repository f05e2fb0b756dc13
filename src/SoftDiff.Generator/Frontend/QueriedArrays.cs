using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

// Arrays of the elements of sequences.
internal sealed partial class FunctionLowering
{
    private Operand ToArray(IOperation at, Sequence sequence)
    {
        if (Types.Jagged(at.Type) is { } rows) return ToRows(at, sequence, rows);
        if (StructArrays.Map(at.Type, Types) is { } structs)
        {
            return ToArray(
                at, sequence, count => Structs(structs, count, Array.Empty<Operand>()),
                (all, index, value) => Element((StructArray)all, index).Write(this, value), (all, count) => Part((StructArray)all, Constants.Int(0), count));
        }

        if (Types.Array(at.Type!) is not { } array) return Unsupported(at, Queries);
        return ToArray(
            at, sequence, count => _arrays.Allocate(array.Element, count), (all, index, value) => _point.Block.Add(new Store(all, index, value)),
            (all, count) => _arrays.View(all, Constants.Int(0), count));
    }

    private Operand ToArray(
        IOperation at, Sequence sequence, Func<Operand, Operand> allocate, Action<Operand, Operand, Operand> store, Func<Operand, Operand, Operand> part)
    {
        if (MostOf(sequence) is null) sequence = Counted(sequence);
        if (IsIndexed(sequence))
        {
            var all = allocate(CountOf(sequence));
            CountTo(CountOf(sequence), 0, Enumerating.For(at), index => store(all, index, ElementAt(sequence, index, at)));
            return all;
        }

        if (MostOf(sequence) is not { } most)
        {
            return Unsupported(at, "count the elements first, and fill an array of that length in a loop");
        }

        var array = allocate(most);
        var count = Keep(Constants.Int(0), "count");
        Enumerate(sequence, Enumerating.For(at), value =>
        {
            store(array, _point.Env.Get(count)!, value);
            Add(count, Constants.Int(1), isChecked: false);
        });
        return part(array, _point.Env.Get(count)!);
    }

    /// <summary>A new array of arrays: each row is one that a function has made for it.</summary>
    private Operand ToRows(IOperation at, Sequence sequence, JaggedType type)
    {
        if (!IsIndexed(sequence)) return Unsupported(at, "count the rows first, and fill an array of that length in a loop");
        var count = CountOf(sequence);
        var rows = NewRows(at, type, count);
        CountTo(count, 0, Enumerating.For(at), index => new RowPlace(rows, index, at).Write(this, ElementAt(sequence, index, at)));
        return rows;
    }

    /// <summary>How many elements there are at most; null if that is not known before they are.</summary>
    private Operand? MostOf(Sequence sequence) =>
        IsIndexed(sequence) ? CountOf(sequence)
        : sequence.Kind is SequenceKind.SelectMany or SequenceKind.Objects ? null
        : MostOf(sequence.Source);
}
