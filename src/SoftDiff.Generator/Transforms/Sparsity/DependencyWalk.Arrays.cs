namespace SoftDiff.Generator.Transforms.Sparsity;

// Arrays and tapes.
internal sealed partial class DependencyWalk
{
    private void VisitLoad(Load load, BlockBuilder into, bool isUnsure)
    {
        if (!_data.Has(load.Result))
        {
            // In a branch that the function may not take, an index may lie outside.
            if (isUnsure) SetCode.At(load.Result, SetsOf(load.Array), Known(load.Index), into);
            else into.Add(_map.Map(load));
            return;
        }

        if (!HasSets(load.Result)) return;
        var sets = SetsOf(load.Array);
        _numbers[load.Result] = _data.Has(load.Index) ? _sets.All(sets, into)
            : isUnsure ? SetCode.At(into.Values.Fresh(ScalarType.Int32, NameOf(load.Result)), sets, Known(load.Index), into)
            : into.Load(sets, Known(load.Index), NameOf(load.Result));
    }

    private void Put(Operand array, Operand index, Operand set, Op op, BlockBuilder into, bool isUnsure)
    {
        if (!_data.Has(array))
        {
            into.Add(_map.Map(op));
        }
        else if (HasSets(array))
        {
            var sets = SetsOf(array);
            if (_data.Has(index)) _sets.Widen(sets, set, into);
            else if (isUnsure) _sets.WidenAt(sets, Known(index), set, into);
            else into.Add(new Store(sets, Known(index), set));
        }
    }

    private void VisitFill(Fill fill, BlockBuilder into, bool isUnsure)
    {
        if (!_data.Has(fill.Array)) into.Add(_map.Map(fill));
        else if (HasSets(fill.Array)) FillWith(fill.Array, SetOf(fill.Value), into, isUnsure);
    }

    private void FillWith(Operand array, Operand set, BlockBuilder into, bool isUnsure)
    {
        if (isUnsure) _sets.Widen(SetsOf(array), set, into);
        else into.Add(new Fill(into.Elements(SetsOf(array)), set));
    }

    private void VisitCopy(Copy copy, BlockBuilder into, bool isUnsure)
    {
        if (!_data.Has(copy.Destination))
        {
            into.Add(_map.Map(copy));
            return;
        }

        if (!HasSets(copy.Destination)) return;
        var destination = SetsOf(copy.Destination);
        if (HasSets(copy.Source))
        {
            if (isUnsure) _sets.WidenEach(SetsOf(copy.Source), destination, into);
            else into.Add(new Copy(SetsOf(copy.Source), destination));
        }
        else if (!isUnsure)
        {
            var part = into.Values.Fresh(((ArrayType)destination.Type).AsSpan());
            into.Add(new View(part, destination, SetCode.Empty, into.Length(SetsOf(copy.Source))));
            into.Add(new Fill(part, SetCode.Empty));
        }
    }

    private void VisitStorage(Op op, BlockBuilder into)
    {
        var isShape = op.Reads().All(o => o.Type is ArrayType || !_data.Has(o));
        Require(isShape, op is Allocate ? "the length of an array depends on floats" : "which part of an array is used depends on floats", op);
        var result = op.Results[0];
        if (op is Flatten { Tensor: var container } && HasArray(result) && SetsOf(container).Type is ArrayType { IsContainer: false })
        {
            _arrays[result] = SetsOf(container);
            return;
        }

        if (!HasArray(result) || (op.Viewed is { } viewed && SetsOf(viewed).Type.IsFloatArray))
        {
            into.Add(_map.Map(op));
            return;
        }

        var sets = into.Values.Fresh(SetCode.ArrayOf(result.Type), NameOf(result) is { Length: > 0 } name ? name + "s" : "");
        into.Add(op switch
        {
            Allocate o => new Allocate(sets, Known(o.Length), Cleared: true),
            View o => new View(sets, SetsOf(o.Array), Known(o.Start), o.Count is null ? null : Known(o.Count)),
            Flatten o => new Flatten(sets, SetsOf(o.Tensor)),
            Arrange o => new Arrange(sets, SetsOf(o.Array), _map.Map(o.Lengths)),
            _ => throw new UnknownOperationException("Sparsity", op),
        });
        _arrays[result] = sets;
    }

    /// <summary>The shape of an array is that of the array of its sets.</summary>
    private void VisitMeasure(Op op, BlockBuilder into) => into.Add(op switch
    {
        Length o => o with { Array = SetsOf(o.Array) },
        Lengths o => o with { Tensor = SetsOf(o.Tensor) },
        IsNull o => o with { Array = Known(o.Array) },
        RowStarts o => o with { Jagged = Known(o.Jagged) },
        AxisLength o => o with { Matrix = Known(o.Matrix) },
        _ => throw new UnknownOperationException("Sparsity", op),
    });

    /// <summary>
    /// The tape has a set for every float. In the place of an integer or a bool that depends on data, a zero is pushed, so that what is
    /// taken back is what was pushed.
    /// </summary>
    private void VisitTape(Op op, BlockBuilder into, bool isUnsure)
    {
        Require(!isUnsure, "what is recorded for a derivative depends on floats", op);
        switch (op)
        {
            case Push push:
                var pushed = push.Value.Type.IsFloat ? SetOf(push.Value) : _data.Has(push.Value) ? Operand.Zero(push.Value.Type) : Known(push.Value);
                into.Add(push with { Tape = Known(push.Tape), Value = pushed });
                break;
            case Pop pop when pop.Result.Type.IsFloat:
                into.Add(new Pop(Result(pop.Result, into), Known(pop.Tape)));
                break;
            case PushArray push:
                into.Add(push with { Tape = Known(push.Tape), Array = ArrayOfSets(push.Array, into) });
                break;
            case PopArray pop:
                into.Add(pop with { Tape = Known(pop.Tape), Array = SetsOf(pop.Array) });
                break;
            default:
                into.Add(_map.Map(op));
                break;
        }
    }

    /// <summary>
    /// The sets of an array of numbers as an array, also if no set but the empty one is among them; an array of integers or bools itself.
    /// </summary>
    private Operand ArrayOfSets(Operand array, BlockBuilder into)
    {
        var known = SetsOf(array);
        if (!known.Type.IsFloatArray) return known;
        var type = SetCode.ArrayOf(array.Type).Writable();
        var sets = into.Values.Fresh(type.AsSpan());
        into.Add(new Allocate(sets, into.Length(into.Elements(known)), Cleared: true));
        return type.IsTensor ? into.Arrange(sets, into.Lengths(known)) : sets;
    }
}
