using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// An innermost loop that only multiplies rows by numbers, and stores the products or adds them to other rows, becomes one <see cref="RowUpdate"/>
/// per row: the same operations for each element, many elements at a time. (Product and sum are rounded one after the other there, as in the
/// loop.) Relies on <see cref="Rows"/> to have brought all indices to the loop's own.
/// </summary>
internal sealed class RowProducts
{
    private readonly For _loop;
    private readonly Storage _storage;
    private readonly IReadOnlyList<Op> _before;
    private readonly Dictionary<Operand, Term> _terms = new();
    private readonly HashSet<Operand> _read = new();
    private readonly HashSet<Operand> _written = new();
    private readonly BlockBuilder _calls;

    private RowProducts(For loop, ValueSource values, Storage storage, IReadOnlyList<Op> before) =>
        (_loop, _storage, _before, _calls) = (loop, storage, before, new BlockBuilder(values));

    /// <summary>An element of a row in each iteration, times a number that the loop leaves alone, with a sign.</summary>
    private sealed record Term(Operand Row, Operand? Factor, bool IsNegated);

    /// <summary>The calls that do what the loop does, or the loop.</summary>
    /// <param name="loop">The loop, after <see cref="Rows"/>.</param>
    /// <param name="values">For new values.</param>
    /// <param name="storage">Which arrays share elements.</param>
    /// <param name="before">What runs before the loop in its block.</param>
    public static IEnumerable<Op> Apply(For loop, ValueSource values, Storage storage, IReadOnlyList<Op> before)
    {
        if (!loop.IsPlain || !loop.Carried.IsEmpty) return new[] { loop };
        var pass = new RowProducts(loop, values, storage, before);
        // Where nothing that is written is read as well, it makes no difference whether all of one row is written before the next.
        return loop.Body.Ops.All(pass.Translate) && pass._written.Count > 0 && !pass._written.Overlaps(pass._read) ? pass.Guarded() : new[] { loop };
    }

    /// <summary>The calls, in a branch unless the number of iterations is one for sure: the rows of a negative one must not be read.</summary>
    private IEnumerable<Op> Guarded()
    {
        if (_storage.IsCount(_loop.End)) return _calls.Ops;
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
                _read.Add(Root(load.Array));
                return Is(load.Result, new Term(load.Array, null, false));
            case Compute { Code: Opcode.Negate } negation when _terms.TryGetValue(negation.Args[0], out var term):
                return Is(negation.Result, term with { IsNegated = !term.IsNegated });
            case Compute { Code: Opcode.Multiply } product when Product(product.Args[0], product.Args[1]) is { } term:
                return Is(product.Result, term);
            case Compute { Code: Opcode.Multiply } product when Product(product.Args[1], product.Args[0]) is { } term:
                return Is(product.Result, term);
            case Store store when IsRow(store.Array, store.Index) && _terms.TryGetValue(store.Value, out var term) && term.Factor is not null:
                _calls.Add(new RowUpdate(RowUpdateKind.Multiply, store.Array, term.Row, Signed(term)));
                return _written.Add(Root(store.Array));
            case Accumulate sum when IsRow(sum.Array, sum.Index) && _terms.TryGetValue(sum.Value, out var term):
                if (term.Factor is not null) _calls.Add(new RowUpdate(RowUpdateKind.MultiplyAdd, sum.Array, term.Row, Signed(term)));
                else _calls.Add(new RowUpdate(term.IsNegated ? RowUpdateKind.Subtract : RowUpdateKind.Add, sum.Array, term.Row, null));
                return _written.Add(Root(sum.Array));
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
        && (RowOf(array) is { } row ? row.Count.Equals(_loop.End) : Rows.IsWhole(array, _loop.End, _storage, _before));

    private Operand Root(Operand array) => _storage.Root(RowOf(array) is { } row ? row.Array : array);

    private Row? RowOf(Operand array) => _before.OfType<Row>().FirstOrDefault(op => op.Result.Equals(array));
}
