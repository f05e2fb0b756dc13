namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>How these passes walk over a function: the blocks of an operation are done before the operation itself.</summary>
internal static class BlockRewriting
{
    /// <summary>The function with every block as <paramref name="rewrite"/> makes it, inner blocks first.</summary>
    public static Function RewriteBlocks(this Function function, Func<Block, Block> rewrite)
    {
        return function with { Body = Visit(function.Body) };

        Block Visit(Block block) => rewrite(block with { Ops = block.Ops.Select(op => op.MapBlocks(Visit)).ToImmutableArray() });
    }

    /// <summary>
    /// The function with every operation as <paramref name="rewrite"/> makes it. That is given the operation and what runs before it in its block, and
    /// appends what the operation becomes. It may also change what runs before.
    /// </summary>
    public static Function RewriteOps(this Function function, Action<Op, ImmutableArray<Op>.Builder> rewrite)
    {
        return function with { Body = Visit(function.Body) };

        Block Visit(Block block)
        {
            var before = ImmutableArray.CreateBuilder<Op>(block.Ops.Length);
            foreach (var op in block.Ops) rewrite(op.MapBlocks(Visit), before);
            return block with { Ops = before.ToImmutable() };
        }
    }

    /// <summary>The function with every loop that counts up by ones from 0 as <paramref name="rewrite"/> makes it (see <see cref="RewriteOps"/>).</summary>
    public static Function RewritePlainLoops(this Function function, Action<For, ImmutableArray<Op>.Builder> rewrite) =>
        !function.Body.AllOps().Any(op => op is For { IsPlain: true })
            ? function
            : function.RewriteOps((op, before) =>
            {
                if (op is For { IsPlain: true } loop) rewrite(loop, before);
                else before.Add(op);
            });

    /// <summary>The loop with one operation of its body replaced.</summary>
    public static For Replace(this For loop, Op op, Op by) =>
        loop with { Body = loop.Body with { Ops = loop.Body.Ops.Select(o => ReferenceEquals(o, op) ? by : o).ToImmutableArray() } };
}
