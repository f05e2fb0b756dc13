namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>Finds the loops over directions.</summary>
internal static class DirectionLoops
{
    /// <summary>Replaces each of the loops by operations.</summary>
    public static Function MapDirections(this Function function, Func<For, IEnumerable<Op>> map)
    {
        return function with { Body = Visit(function.Body) };

        Block Visit(Block block) => block with
        {
            Ops = block.Ops.SelectMany(op => op is For { IsOverDirections: true } loop ? map(loop) : new[] { op.MapBlocks(Visit) }).ToImmutableArray(),
        };
    }
}
