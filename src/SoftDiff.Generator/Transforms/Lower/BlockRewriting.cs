namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>Walks over a function and rewrites it. The blocks of an operation are rewritten before the operation itself.</summary>
internal static class BlockRewriting
{
    /// <summary>Applies <paramref name="rewrite"/> to every block of the function, inner blocks first.</summary>
    public static Function RewriteBlocks(this Function function, Func<Block, Block> rewrite)
    {
        return function with { Body = Visit(function.Body) };

        Block Visit(Block block) => rewrite(block with { Ops = block.Ops.Select(op => op.MapBlocks(Visit)).ToImmutableArray() });
    }

    /// <summary>
    /// Applies <paramref name="rewrite"/> to every operation of the function. It receives the operation and the operations before it in its
    /// block, and appends the new operations. It may also change the operations before.
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

    /// <summary>Applies <paramref name="rewrite"/> to every loop that counts up by ones from 0 (see <see cref="RewriteOps"/>).</summary>
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
