namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The adjoints of operations that move numbers to and from arrays: they move cotangents the other way.</summary>
internal sealed class MovementAdjoints(ReverseSweep sweep)
{
    public void Reverse(Op op, Frame frame)
    {
        switch (op)
        {
            case Load load when sweep.Take(load.Result, frame) is { } bar:
                if (!sweep.IsActive(load.Array)) break;
                frame.Code.Add(new Accumulate(sweep.Shadow(load.Array, frame), sweep.Need(load.Index, frame), bar));
                break;
            case Store store when sweep.IsActive(store.Array):
            {
                var (shadow, index) = (sweep.Shadow(store.Array, frame), sweep.Need(store.Index, frame));
                if (sweep.IsActive(store.Value))
                {
                    var bar = frame.Code.Load(shadow, index);
                    sweep.Names.Suggest(bar, ((Value)store.Value).Name is { Length: > 0 } name ? name + "Bar" : "elementBar");
                    sweep.Contribute(store.Value, bar, frame);
                }

                frame.Code.Add(new Store(shadow, index, ArrayCode.Zero(shadow)));
                break;
            }

            case Accumulate accumulate when sweep.IsActive(accumulate.Array) && sweep.IsActive(accumulate.Value):
                var sum = frame.Code.Load(sweep.Shadow(accumulate.Array, frame), sweep.Need(accumulate.Index, frame));
                sweep.Contribute(accumulate.Value, sum, frame);
                break;
            case Fill fill when sweep.IsActive(fill.Array):
            {
                var shadow = sweep.Shadow(fill.Array, frame);
                if (sweep.IsActive(fill.Value)) sweep.Contribute(fill.Value, Sum(shadow, frame.Code), frame);
                frame.Code.Add(new Fill(shadow, ArrayCode.Zero(shadow)));
                break;
            }

            case Copy copy when sweep.IsActive(copy.Destination):
                ReverseCopy(copy, frame);
                break;
            case MakeArray made when sweep.IsActive(made.Result):
                ReverseResult(made, frame);
                break;
        }
    }

    /// <summary>The destination's cotangent moves to the source. Through a temporary, since both may be views of one array.</summary>
    private void ReverseCopy(Copy copy, Frame frame)
    {
        var code = frame.Code;
        var shadow = sweep.Shadow(copy.Destination, frame);
        var length = code.Length(sweep.Need(copy.Source, frame));
        var moved = sweep.Values.Fresh(shadow.Type, "moved");
        var part = sweep.Values.Fresh(shadow.Type, "part");
        code.Add(new View(part, shadow, ArrayCode.Int(0), length));
        if (!sweep.IsActive(copy.Source))
        {
            code.Add(new Fill(part, ArrayCode.Zero(shadow)));
            return;
        }

        code.Add(new Allocate(moved, length, Cleared: false));
        code.Add(new Copy(part, moved));
        code.Add(new Fill(part, ArrayCode.Zero(shadow)));
        var index = sweep.Values.Fresh(ScalarType.Int32, "i");
        var body = new BlockBuilder(sweep.Values);
        body.Add(new Accumulate(sweep.Shadow(copy.Source, frame), index, body.Load(moved, index)));
        code.Add(new For(index, ArrayCode.Int(0), length, 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }

    /// <summary>The cotangents of an array that the function gives back, which the caller passes, are added to those of its elements.</summary>
    private void ReverseResult(MakeArray made, Frame frame)
    {
        var (given, shadow) = (sweep.Shadow(made.Result, frame), sweep.Shadow(made.Elements!, frame));
        var elements = frame.Code.Elements(given);
        ArrayCode.ForEach(elements, frame.Code, (body, i) => body.Add(new Accumulate(shadow, i, body.Load(elements, i))));
    }

    private Operand Sum(Operand array, BlockBuilder code)
    {
        var element = ((ArrayType)array.Type).Element;
        var length = code.Length(array);
        var index = sweep.Values.Fresh(ScalarType.Int32, "i");
        var (total, result) = (sweep.Values.Fresh(element, "sum"), sweep.Values.Fresh(element, "sum"));
        var body = new BlockBuilder(sweep.Values);
        var next = body.Compute(element, Opcode.Add, total, body.Load(array, index));
        var carried = ImmutableArray.Create(new Carried(total, new NumberConstant(element, 0), result));
        code.Add(new For(index, ArrayCode.Int(0), length, 1, false, carried, body.Build(next)));
        return result;
    }
}
