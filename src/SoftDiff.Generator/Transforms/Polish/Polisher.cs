using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// The last pass before printing. Input and output: a finished function. Rewrites small patterns that cost time in the emitted code and that
/// analyses would see through less well, which is why nothing runs after it: pairs of functions with one call for both, products with a sign, temporary
/// gradients, accumulations that wait for memory or start from zero, zeros that nobody reads, range checks in inner loops, and numbers that calls push
/// out of registers.
/// </summary>
internal static class Polisher
{
    public static Function Run(Function function)
    {
        function = DirectCotangents.Apply(function with { Body = WholeTensors.Apply(function.Body) });
        var (values, storage) = (new ValueSource(function.MaxId() + 1), new Storage(function));
        return function with { Body = Visit(LastReset.Drop(function, storage), values, storage) };
    }

    private static Block Visit(Block block, ValueSource values, Storage storage)
    {
        var ops = ImmutableArray.CreateBuilder<Op>();
        foreach (var op in FunctionPairs.Join(ZeroedElements.Join(SignedProducts.Join(block), storage).Ops))
        {
            Overwritten.Apply(op, storage, ops);
            switch (op)
            {
                case For loop:
                    var (first, after) = (new List<Op>(), new List<Op>());
                    // Before the inner loops, whose rows hide what they touch.
                    var outer = FirstTouchOfRows.Apply(loop, values, storage, ops);
                    var inner = outer with { Body = Visit(outer.Body, values, storage) };
                    inner = RotatingSums.Apply(inner, values, storage, after);
                    inner = RotatingLoads.Apply(inner, values, storage, first);
                    inner = FirstTouch.Apply(inner, values, storage, ops);
                    var isInnermost = !loop.Body.AllOps().Any(nested => nested is Loop);
                    if (isInnermost) inner = Rows.Apply(inner, values, storage, ops);
                    // Last: what a loop starts with stays in a register only if no call comes between.
                    ops.AddRange(first);
                    ops.AddRange(isInnermost ? RowProducts.Apply(inner, values, storage, ops) : new[] { inner });
                    ops.AddRange(after);
                    break;
                default:
                    ops.Add(op.MapBlocks(inner => Visit(inner, values, storage)));
                    break;
            }
        }

        return EarlyCalls.Apply(block with { Ops = ops.ToImmutable() });
    }
}
