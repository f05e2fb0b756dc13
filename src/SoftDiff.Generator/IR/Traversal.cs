using System.Collections.Immutable;

namespace SoftDiff.Generator.IR;

/// <summary>What every pass asks of an operation: which operands it reads itself, and which blocks it owns.</summary>
internal static class Traversal
{
    /// <summary>The operands the operation reads directly: not those read inside its blocks, nor its blocks' yields.</summary>
    public static IEnumerable<Operand> Reads(this Op op)
    {
        switch (op)
        {
            case Compute compute: return compute.Args;
            case Length length: return new[] { length.Array };
            case Load load: return new[] { load.Array, load.Index };
            case Store store: return new[] { store.Array, store.Index, store.Value };
            case Accumulate accumulate: return new[] { accumulate.Array, accumulate.Index, accumulate.Value };
            case Allocate allocate: return new[] { allocate.Length };
            case View view: return view.Count is null ? new[] { view.Array, view.Start } : new[] { view.Array, view.Start, view.Count };
            case Flatten flatten: return new[] { flatten.Tensor };
            case Arrange arrange: return arrange.Lengths.Insert(0, arrange.Array);
            case Lengths lengths: return new[] { lengths.Tensor };
            case Fill fill: return new[] { fill.Array, fill.Value };
            case Copy copy: return new[] { copy.Source, copy.Destination };
            case Throw @throw: return @throw.Args;
            case RequireLength require: return new[] { require.Array, require.Like };
            case RequireRank require: return new[] { require.Tensor };
            case RequireDisjoint require: return new[] { require.First, require.Second };
            case If @if: return new[] { @if.Condition };
            case For @for: return @for.Carried.Select(c => c.Init).Concat(new[] { @for.Start, @for.End });
            case While @while: return @while.Carried.Select(c => c.Init);
            case Call call: return call.Args;
            case RuleCall call: return call.Args;
            case Invoke invoke: return invoke.Args.Where(a => a is not null).Select(a => a!);
            case Push push: return new[] { push.Tape, push.Value };
            case Pop pop: return new[] { pop.Tape };
            case PushArray push: return new[] { push.Tape, push.Array };
            case PopArray pop: return new[] { pop.Tape, pop.Array };
            case OpenTape: return Array.Empty<Operand>();
            default: throw new NotSupportedException(op.GetType().Name);
        }
    }

    /// <summary>The blocks the operation owns, in the order they run.</summary>
    public static IEnumerable<Block> Blocks(this Op op) => op switch
    {
        If @if => new[] { @if.Then, @if.Else },
        For @for => new[] { @for.Body },
        While @while => new[] { @while.Condition, @while.Body },
        _ => Array.Empty<Block>(),
    };

    /// <summary>All operations of the block and of the blocks in it, outer before inner.</summary>
    public static IEnumerable<Op> AllOps(this Block block)
    {
        foreach (var op in block.Ops)
        {
            yield return op;
            foreach (var inner in op.Blocks())
            {
                foreach (var nested in inner.AllOps()) yield return nested;
            }
        }
    }

    /// <summary>The same with every operation that owns no blocks, in the block and in those in it, as <paramref name="map"/> makes it.</summary>
    public static Block MapLeaves(this Block block, Func<Op, Op> map) => block with
    {
        Ops = block.Ops.Select(op => op switch
        {
            If @if => @if with { Then = @if.Then.MapLeaves(map), Else = @if.Else.MapLeaves(map) },
            For loop => loop with { Body = loop.Body.MapLeaves(map) },
            While loop => loop with { Condition = loop.Condition.MapLeaves(map), Body = loop.Body.MapLeaves(map) },
            _ => map(op),
        }).ToImmutableArray(),
    };

    /// <summary>Every operand read anywhere in the block, its yields and its loops' exits included.</summary>
    public static IEnumerable<Operand> AllReads(this Block block)
    {
        foreach (var op in block.Ops)
        {
            foreach (var operand in op.AllReads()) yield return operand;
        }

        foreach (var operand in block.Yields) yield return operand;
    }

    /// <summary>Every operand read by the operation or inside its blocks.</summary>
    public static IEnumerable<Operand> AllReads(this Op op)
    {
        foreach (var operand in op.Reads()) yield return operand;
        foreach (var inner in op.Blocks())
        {
            foreach (var operand in inner.AllReads()) yield return operand;
        }

        if (op is Loop { Exit: { } exit }) yield return exit;
    }

    /// <summary>Values a block's owner defines inside it: a loop's index and carried parameters.</summary>
    public static IEnumerable<Value> BlockParameters(this Op op)
    {
        if (op is For @for) yield return @for.Index;
        if (op is Loop loop)
        {
            foreach (var carried in loop.Carried) yield return carried.Param;
        }
    }

    /// <summary>The largest value number of a function, for a <see cref="ValueSource"/> that goes on from it.</summary>
    public static int MaxId(this Function function)
    {
        var max = -1;
        foreach (var parameter in function.Parameters) max = Math.Max(max, parameter.Value.Id);
        foreach (var op in function.Body.AllOps())
        {
            foreach (var result in op.Results) max = Math.Max(max, result.Id);
            foreach (var parameter in op.BlockParameters()) max = Math.Max(max, parameter.Id);
        }

        return max;
    }
}
