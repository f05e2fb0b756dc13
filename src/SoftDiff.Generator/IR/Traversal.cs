namespace SoftDiff.Generator.IR;

/// <summary>Walks over operations, the blocks in them included.</summary>
internal static class Traversal
{
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

    /// <summary>The operation and all operations in its blocks.</summary>
    public static IEnumerable<Op> WithNested(this Op op)
    {
        yield return op;
        foreach (var block in op.Blocks())
        {
            foreach (var nested in block.AllOps()) yield return nested;
        }
    }

    /// <summary>Applies <paramref name="map"/> to every operation without blocks, in the block and in the blocks inside it.</summary>
    public static Block MapLeaves(this Block block, Func<Op, Op> map) => block with
    {
        Ops = block.Ops.Select(op => op.Blocks().IsEmpty ? map(op) : op.MapBlocks(inner => inner.MapLeaves(map))).ToImmutableArray(),
    };

    /// <summary>
    /// Removes the operations for which <paramref name="dropped"/> is true, from the block and from the blocks inside it.
    /// </summary>
    public static Block Without(this Block block, Func<Op, bool> dropped) => block with
    {
        Ops = block.Ops.Where(op => !dropped(op)).Select(op => op.MapBlocks(inner => inner.Without(dropped))).ToImmutableArray(),
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

    /// <summary>Whether the block ends in a throw, so that it yields nothing.</summary>
    public static bool Throws(this Block block) => block.Yields.IsEmpty && block.Ops.Length > 0 && block.Ops[block.Ops.Length - 1].NeverReturns;

    /// <summary>The block without what comes after an operation that never returns.</summary>
    public static Block UpToThrow(this Block block)
    {
        for (var i = 0; i + 1 < block.Ops.Length; i++)
        {
            if (block.Ops[i].NeverReturns) return block with { Ops = block.Ops.RemoveRange(i + 1, block.Ops.Length - i - 1) };
        }

        return block;
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
