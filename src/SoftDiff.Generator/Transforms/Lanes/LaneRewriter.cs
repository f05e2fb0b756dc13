using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Gives the numbers and arrays that vary a lane type. The operations stay the same, but for those that read or write elements of different iterations.
/// Where a number meets lanes, C# converts it.
/// </summary>
internal sealed class LaneRewriter : Rebuilder
{
    private readonly Variation _variation;
    private readonly ScalarType _lane;
    private readonly ValueSource _values;

    public LaneRewriter(Variation variation, ScalarType lane, ValueSource values) => (_variation, _lane, _values) = (variation, lane, values);

    public override Operand Map(Operand operand) => operand is Value value ? Define(value) : operand;

    public override Value Define(Value value)
    {
        if (!_variation.Varies(value)) return value;
        if (value.Type is not ArrayType array) return value with { Type = _lane };

        // A part of an array is moved to memory of its own.
        return value with { Type = array with { Element = _lane, Form = _variation.IsPart(value) ? ArrayForm.Span : array.Form } };
    }

    public override Block Map(Block block)
    {
        var into = new BlockBuilder(_values);
        foreach (var op in block.Ops) Rewrite(op, into);
        return new Block(into.Ops, Map(block.Yields));
    }

    private void Rewrite(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Load load when _variation.IsIndex(load.Index):
                into.Add(new LaneLoad(Define(load.Result), load.Array, load.Index, _variation.StrideOf(load.Index)) { Line = op.Line });
                break;
            case Store store when _variation.IsIndex(store.Index) && _variation.IsPrivate(store.Array):
                into.Add(new LaneDiagonal(Map(store.Array), store.Index, store.Value) { Line = op.Line });
                break;
            case Store store when _variation.IsIndex(store.Index):
                into.Add(new LaneStore(store.Array, store.Index, Map(store.Value), _lane, _variation.StrideOf(store.Index)) { Line = op.Line });
                break;
            case Accumulate sum when _variation.IsSum(sum.Array):
                into.Add(new LaneSum(sum.Array, sum.Index, Map(sum.Value), _lane) { Line = op.Line });
                break;
            case Copy copy when _variation.Varies(copy.Destination) && !_variation.Varies(copy.Source):
                ArrayCode.ForEach(copy.Source, into, (body, i) => body.Add(new Store(Map(copy.Destination), i, body.Load(copy.Source, i))));
                break;
            default:
                into.Add(op.Rebuild(this));
                break;
        }
    }
}
