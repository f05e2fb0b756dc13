using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Lets the JIT drop range checks in innermost loops over i = 0 … n − 1. Accesses at base + i go through a slice of n elements that is
/// taken before the loop, so the JIT sees that i is in range. The slice throws the same exception as the access, only earlier. Loops that
/// throw or call a function stay as they are.
/// </summary>
internal sealed class SliceRows
{
    private const int FewIterations = 8;

    private readonly Definitions _definitions;
    private readonly ValueSource _values;

    private SliceRows(Function function)
    {
        _definitions = new Definitions(function);
        _values = new ValueSource(function.MaxId() + 1);
    }

    public static Function Run(Function function)
    {
        var pass = new SliceRows(function);
        return function.RewritePlainLoops((loop, before) => before.Add(pass.Apply(loop, before)));
    }

    private For Apply(For loop, ImmutableArray<Op>.Builder before)
    {
        if (loop.End is IntegerConstant { Number: < FewIterations } || loop.Body.AllOps().Any(op => op is Loop or Throw or Call)) return loop;
        var scope = new LoopScope(loop);
        var rows = new Dictionary<(Operand Array, Operand Start), Value>();
        var first = FirstOfStart(loop, before);
        var ops = loop.Body.Ops.Select(op => op switch
        {
            Load load when RowOf(load.Array, load.Index) is { } row => load with { Array = row, Index = loop.Index },
            Store store when RowOf(store.Array, store.Index) is { } row => store with { Array = row, Index = loop.Index },
            Accumulate sum when RowOf(sum.Array, sum.Index) is { } row => sum with { Array = row, Index = loop.Index },
            _ => op,
        });
        var body = loop.Body with { Ops = ops.ToImmutableArray() };

        // An index that only the rewritten accesses read is not needed any more.
        var read = new HashSet<Operand>(body.AllReads());
        bool IsUnread(Op op) => op is Compute { Result.Type: ScalarType { Kind: ScalarKind.Int } } index
            && op.Freedom.HasFlag(Freedom.Drop) && !read.Contains(index.Result);
        return loop with { Body = body with { Ops = body.Ops.RemoveAll(IsUnread) } };

        Value? RowOf(Operand array, Operand index)
        {
            if (array is not Value of || !scope.IsOutside(of) || of.Type is ArrayType { Form: ArrayForm.Column }) return null;
            if (AffineIndex.Of(index, loop, scope)?.Start is not { } start || !scope.IsOutside(start)) return null;
            if (start is IntegerConstant { Number: 0 } && IsWhole(of, loop.End, _definitions, before)) return null;
            if (rows.TryGetValue((array, start), out var known)) return known;
            var earlier = before.OfType<Row>().FirstOrDefault(op => op.Array.Equals(array) && op.Start.Equals(start) && op.Count.Equals(loop.End));
            if (earlier is not null) return rows[(array, start)] = earlier.Result;
            var type = (ArrayType)of.Type;
            var row = _values.Fresh(type.Form == ArrayForm.Array ? type with { Form = ArrayForm.Span } : type, of.Name.Length > 0 ? of.Name + "Row" : "row");
            before.Insert(first++, new Row(row, array, start, loop.End));
            return rows[(array, start)] = row;
        }
    }

    /// <summary>
    /// The position of the first branch before the loop that computes initial values of its variables. These branches stay between the
    /// slices and the loop, because a number stays in a register only if no call follows.
    /// </summary>
    private static int FirstOfStart(For loop, ImmutableArray<Op>.Builder before)
    {
        var (starts, conditions) = (new HashSet<Operand>(loop.Carried.Select(c => c.Init)), new HashSet<Operand>());
        var at = before.Count;
        for (; at > 0; at--)
        {
            // No slice depends on these results, which are numbers and truth values.
            if (before[at - 1] is If { Values.Length: > 0 } branch && branch.Values.All(v => v.Type.IsFloat && starts.Contains(v)))
            {
                conditions.Add(branch.Condition);
            }
            else if (before[at - 1] is not Compute test || !conditions.Contains(test.Result))
            {
                break;
            }
        }

        return at;
    }

    /// <summary>Whether the JIT can see that the array has as many elements as a loop up to the given end has iterations.</summary>
    public static bool IsWhole(Operand array, Operand end, Definitions definitions, IEnumerable<Op> before) =>
        (end is IntegerConstant && end.Equals(ArrayLengths.Made(definitions.OpOf(array))))
        || (end is Value length && before.Any(op => op is Length own && own.Result.Equals(length) && own.Array.Equals(array)));
}
