using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// In an innermost loop over i = 0 … n − 1, accesses at base + i go through a slice of n elements taken before the loop, so that the JIT
/// sees that i is in range. The slice throws what the access would have thrown, only earlier. Input: a loop and what runs before it in its block.
/// Output: the loop with i for an index, and the slices before it. Loops that throw or call a function stay as they are.
/// </summary>
internal static class Rows
{
    private const int FewIterations = 8;

    public static For Apply(For loop, ValueSource values, Storage storage, ImmutableArray<Op>.Builder before)
    {
        if (!loop.IsPlain) return loop;
        if (loop.End is IntegerConstant { Number: < FewIterations } || loop.Body.AllOps().Any(op => op is Loop or Throw or Call)) return loop;
        var inside = new HashSet<Value>(loop.BlockParameters());
        foreach (var op in loop.Body.AllOps()) inside.UnionWith(op.Results);
        var rows = new Dictionary<(Operand Array, Operand Base), Value>();
        var ops = ImmutableArray.CreateBuilder<Op>();
        foreach (var op in loop.Body.Ops)
        {
            ops.Add(op switch
            {
                Load load when RowOf(load.Array, load.Index) is { } row => load with { Array = row, Index = loop.Index },
                Store store when RowOf(store.Array, store.Index) is { } row => store with { Array = row, Index = loop.Index },
                Accumulate sum when RowOf(sum.Array, sum.Index) is { } row => sum with { Array = row, Index = loop.Index },
                _ => op,
            });
        }

        var indices = loop.Body.Ops.OfType<Compute>().Select(c => c.Result).ToList();
        var body = new Block(ops.ToImmutable(), loop.Body.Yields);
        // An index that only the rewritten accesses read is not needed any more.
        var unread = new HashSet<Value>(indices.Where(v => v.Type is ScalarType { Kind: ScalarKind.Int } && !body.AllReads().Contains(v)));
        return loop with { Body = body with { Ops = body.Ops.Where(op => !(op is Compute compute && unread.Contains(compute.Result))).ToImmutableArray() } };

        Value? RowOf(Operand array, Operand index)
        {
            if (array is not Value of || inside.Contains(of) || BaseOf(index) is not { } start) return null;
            if (start is IntegerConstant { Number: 0 } && IsWhole(of, loop.End, storage, before)) return null;
            if (rows.TryGetValue((array, start), out var known)) return known;
            var earlier = before.OfType<Row>().FirstOrDefault(op => op.Array.Equals(array) && op.Start.Equals(start) && op.Count.Equals(loop.End));
            if (earlier is not null) return rows[(array, start)] = earlier.Result;
            var type = (ArrayType)of.Type;
            var row = values.Fresh(type.Form == ArrayForm.Array ? type with { Form = ArrayForm.Span } : type, of.Name.Length > 0 ? of.Name + "Row" : "row");
            before.Add(new Row(row, array, start, loop.End));
            return rows[(array, start)] = row;
        }

        // The base of base + i.
        Operand? BaseOf(Operand index)
        {
            if (index.Equals(loop.Index)) return new IntegerConstant(ScalarType.Int32, 0);
            var definition = loop.Body.Ops.OfType<Compute>().FirstOrDefault(c => c.Result.Equals(index));
            if (definition is not { Code: Opcode.Add, Checked: false } add) return null;
            var start = add.Args[0].Equals(loop.Index) ? add.Args[1] : add.Args[1].Equals(loop.Index) ? add.Args[0] : null;
            return start is Value outer && inside.Contains(outer) ? null : start;
        }
    }

    /// <summary>Whether the array has as many elements as a loop up to there has iterations, in a way that the JIT sees.</summary>
    public static bool IsWhole(Operand array, Operand end, Storage storage, IEnumerable<Op> before) =>
        storage.HasLength(array, end) || (end is Value length && before.Any(op => op is Length own && own.Result.Equals(length) && own.Array.Equals(array)));
}
