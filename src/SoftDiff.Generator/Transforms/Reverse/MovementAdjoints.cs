namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The adjoints of operations that move numbers to and from arrays: they move cotangents the other way.</summary>
internal sealed class MovementAdjoints
{
    private readonly ReverseSweep _sweep;

    public MovementAdjoints(ReverseSweep sweep) => _sweep = sweep;

    public void Reverse(Op op, Frame frame)
    {
        switch (op)
        {
            case Load load when _sweep.Take(load.Result, frame) is { } bar:
                if (!_sweep.IsActive(load.Array)) break;
                frame.Code.Add(new Accumulate(_sweep.Shadow(load.Array, frame), _sweep.Need(load.Index, frame), bar));
                break;
            case Store store when _sweep.IsActive(store.Array):
            {
                var (shadow, index) = (_sweep.Shadow(store.Array, frame), _sweep.Need(store.Index, frame));
                if (_sweep.IsActive(store.Value))
                {
                    var bar = frame.Code.Load(shadow, index);
                    _sweep.Names.Suggest(bar, ((Value)store.Value).Name is { Length: > 0 } name ? name + "Bar" : "elementBar");
                    _sweep.Contribute(store.Value, bar, frame);
                }

                frame.Code.Add(new Store(shadow, index, ArrayCode.Zero(shadow)));
                break;
            }

            case Accumulate accumulate when _sweep.IsActive(accumulate.Array) && _sweep.IsActive(accumulate.Value):
                var sum = frame.Code.Load(_sweep.Shadow(accumulate.Array, frame), _sweep.Need(accumulate.Index, frame));
                _sweep.Contribute(accumulate.Value, sum, frame);
                break;
            case Fill fill when _sweep.IsActive(fill.Array):
            {
                var shadow = _sweep.Shadow(fill.Array, frame);
                if (_sweep.IsActive(fill.Value)) _sweep.Contribute(fill.Value, Sum(shadow, frame.Code), frame);
                frame.Code.Add(new Fill(shadow, ArrayCode.Zero(shadow)));
                break;
            }

            case Copy copy when _sweep.IsActive(copy.Destination):
                ReverseCopy(copy, frame);
                break;
        }
    }

    /// <summary>The destination's cotangent moves to the source. Through a temporary, since both may be views of one array.</summary>
    private void ReverseCopy(Copy copy, Frame frame)
    {
        var code = frame.Code;
        var shadow = _sweep.Shadow(copy.Destination, frame);
        var length = code.Length(_sweep.Need(copy.Source, frame));
        var moved = _sweep.Values.Fresh(shadow.Type, "moved");
        var part = _sweep.Values.Fresh(shadow.Type, "part");
        code.Add(new View(part, shadow, ArrayCode.Int(0), length));
        if (!_sweep.IsActive(copy.Source))
        {
            code.Add(new Fill(part, ArrayCode.Zero(shadow)));
            return;
        }

        code.Add(new Allocate(moved, length, Cleared: false));
        code.Add(new Copy(part, moved));
        code.Add(new Fill(part, ArrayCode.Zero(shadow)));
        var index = _sweep.Values.Fresh(ScalarType.Int32, "i");
        var body = new BlockBuilder(_sweep.Values);
        body.Add(new Accumulate(_sweep.Shadow(copy.Source, frame), index, body.Load(moved, index)));
        code.Add(new For(index, ArrayCode.Int(0), length, 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }

    private Operand Sum(Operand array, BlockBuilder code)
    {
        var element = ((ArrayType)array.Type).Element;
        var length = code.Length(array);
        var index = _sweep.Values.Fresh(ScalarType.Int32, "i");
        var (total, result) = (_sweep.Values.Fresh(element, "sum"), _sweep.Values.Fresh(element, "sum"));
        var body = new BlockBuilder(_sweep.Values);
        var next = body.Compute(element, Opcode.Add, total, body.Load(array, index));
        var carried = ImmutableArray.Create(new Carried(total, new NumberConstant(element, 0), result));
        code.Add(new For(index, ArrayCode.Int(0), length, 1, false, carried, body.Build(next)));
        return result;
    }
}
