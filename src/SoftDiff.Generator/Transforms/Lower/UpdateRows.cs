using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// An innermost loop that only multiplies rows by numbers, and stores the products or adds them to other rows, becomes one <see cref="RowUpdate"/>
/// per row: the same operations for each element, many elements at a time. (Product and sum are rounded one after the other there, as in the
/// loop.) Relies on <see cref="SliceRows"/> to have brought all indices to the loop's own.
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

    /// <summary>An element of a row in each iteration, times a number that the loop leaves alone, with a sign.</summary>
    private sealed record Term(Operand Row, Operand? Factor, bool IsNegated);

    /// <summary>The updates that do what the loop does, or the loop.</summary>
    private static IReadOnlyList<Op> Apply(For loop, ValueSource values, Definitions definitions, IReadOnlyList<Op> before)
    {
        if (!loop.Carried.IsEmpty) return new[] { loop };
        var pass = new UpdateRows(loop, values, definitions, before);
        // Where nothing that is written is read as well, it makes no difference whether all of one row is written before the next.
        return loop.Body.Ops.All(pass.Translate) && pass._written.Count > 0 && !pass._written.Overlaps(pass._read) ? pass.Guarded() : new[] { loop };
    }

    /// <summary>The calls, in a branch unless the number of iterations is one for sure: the rows of a negative one must not be read.</summary>
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
    private bool IsRow(Operand array, Operand index) => array.Type.IsFloatArray && index.Equals(_loop.Index)
        && (_definitions.OpOf(array) is Row row ? row.Count.Equals(_loop.End) : SliceRows.IsWhole(array, _loop.End, _definitions, _before));
}
