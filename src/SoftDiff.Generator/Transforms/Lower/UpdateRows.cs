using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Turns an innermost loop over rows into one <see cref="RowUpdate"/> per row, which works on many elements at a time. The loop must do
/// nothing but multiply rows by numbers and store the products or add them to other rows. Every element gets the same operations as before;
/// product and sum are rounded separately, as in the loop. Relies on <see cref="SliceRows"/>: every index is the loop's own.
/// </summary>
internal sealed class UpdateRows
{
    private readonly For _loop;
    private readonly Definitions _definitions;
    private readonly IReadOnlyList<Op> _before;
    private readonly Dictionary<Operand, Term> _terms = new();
    private readonly HashSet<Operand> _read = new();
    private readonly HashSet<Operand> _written = new();
    private readonly BlockBuilder _calls;

    private UpdateRows(For loop, ValueSource values, Definitions definitions, IReadOnlyList<Op> before) =>
        (_loop, _definitions, _before, _calls) = (loop, definitions, before, new BlockBuilder(values));

    public static Function Run(Function function)
    {
        var (values, definitions) = (new ValueSource(function.MaxId() + 1), new Definitions(function));
        return function.RewritePlainLoops((loop, before) => before.AddRange(Apply(loop, values, definitions, before)));
    }

    /// <summary>A term of an iteration: an element of a row, times an invariant number, with a sign.</summary>
    private sealed record Term(Operand Row, Operand? Factor, bool IsNegated);

    /// <summary>The updates that replace the loop, or the loop itself.</summary>
    private static IReadOnlyList<Op> Apply(For loop, ValueSource values, Definitions definitions, IReadOnlyList<Op> before)
    {
        if (!loop.Carried.IsEmpty) return new[] { loop };
        var pass = new UpdateRows(loop, values, definitions, before);
        // If no written array is read as well, rows may be written one after the other.
        return loop.Body.Ops.All(pass.Translate) && pass._written.Count > 0 && !pass._written.Overlaps(pass._read) ? pass.Guarded() : new[] { loop };
    }

    /// <summary>The updates. They stand in a branch if the number of iterations might be negative, since no row may be read then.</summary>
    private IReadOnlyList<Op> Guarded()
    {
        if (ArrayLengths.IsCount(_loop.End, _definitions.OpOf(_loop.End))) return _calls.Ops;
        var guard = new BlockBuilder(_calls.Values) { Line = _loop.Line };
        var runs = guard.Compute(ScalarType.Bool, Opcode.Greater, _loop.End, new IntegerConstant(ScalarType.Int32, 0));
        guard.Add(new If(runs, new Block(_calls.Ops.ToImmutableArray(), ImmutableArray<Operand>.Empty), Block.Empty, ImmutableArray<Value>.Empty));
        return guard.Ops;
    }

    private bool Translate(Op op)
    {
        _calls.Line = op.Line;
        switch (op)
        {
            case Load load when IsRow(load.Array, load.Index):
                _read.Add(_definitions.Root(load.Array));
                return Is(load.Result, new Term(load.Array, null, false));
            case Compute { Code: Opcode.Negate } negation when _terms.TryGetValue(negation.Args[0], out var term):
                return Is(negation.Result, term with { IsNegated = !term.IsNegated });
            case Compute { Code: Opcode.Multiply } product when Product(product.Args[0], product.Args[1]) is { } term:
                return Is(product.Result, term);
            case Compute { Code: Opcode.Multiply } product when Product(product.Args[1], product.Args[0]) is { } term:
                return Is(product.Result, term);
            case Store store when IsRow(store.Array, store.Index) && _terms.TryGetValue(store.Value, out var term) && term.Factor is not null:
                _calls.Add(new RowUpdate(RowUpdateKind.Multiply, store.Array, term.Row, Signed(term)));
                return _written.Add(_definitions.Root(store.Array));
            case Accumulate sum when IsRow(sum.Array, sum.Index) && _terms.TryGetValue(sum.Value, out var term):
                if (term.Factor is not null) _calls.Add(new RowUpdate(RowUpdateKind.MultiplyAdd, sum.Array, term.Row, Signed(term)));
                else _calls.Add(new RowUpdate(term.IsNegated ? RowUpdateKind.Subtract : RowUpdateKind.Add, sum.Array, term.Row, null));
                return _written.Add(_definitions.Root(sum.Array));
            default:
                return false;
        }
    }

    private bool Is(Value result, Term term)
    {
        _terms.Add(result, term);
        return true;
    }

    private Term? Product(Operand element, Operand factor) =>
        _terms.TryGetValue(element, out var term) && term.Factor is null && !_terms.ContainsKey(factor) ? term with { Factor = factor } : null;

    private Operand Signed(Term term) => term.IsNegated ? _calls.Compute(term.Factor!.Type, Opcode.Negate, term.Factor) : term.Factor!;

    /// <summary>Whether the array has as many elements as the loop has iterations, and the index is the loop's.</summary>
    private bool IsRow(Operand array, Operand index) => array.Type is ArrayType { Element: { IsFloat: true, LaneOf: null } } && index.Equals(_loop.Index)
        && (_definitions.OpOf(array) is Row row ? row.Count.Equals(_loop.End) : SliceRows.IsWhole(array, _loop.End, _definitions, _before));
}
