using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// The arrays of a loop over directions that are all zero but for one element, which is set at the iteration's index. They are made once
/// before the loop. At the end of each iteration the element is zero again.
/// </summary>
internal sealed class BasisVectors
{
    private readonly ImmutableArray<(Allocate Made, Store Set)> _vectors;

    private BasisVectors(ImmutableArray<(Allocate Made, Store Set)> vectors) => _vectors = vectors;

    public IEnumerable<Allocate> Made => _vectors.Select(vector => vector.Made);

    public static BasisVectors Of(For loop, Variation variation, Definitions definitions)
    {
        var scope = new LoopScope(loop);
        var vectors = ImmutableArray.CreateBuilder<(Allocate Made, Store Set)>();
        foreach (var made in loop.Body.Ops.OfType<Allocate>().Where(made => made.Cleared && scope.IsOutside(made.Length)))
        {
            bool Writes(Op op) => op.ElementsWritten().Any(array => definitions.Root(array).Equals(made.Result));
            var writes = loop.Body.AllOps().Where(Writes).ToList();
            if (writes.Count != 1 || writes[0] is not Store set) continue;
            if (loop.Body.Ops.Contains(set) && variation.IsIndex(set.Index)) vectors.Add((made, set));
        }

        return new BasisVectors(vectors.ToImmutable());
    }

    /// <summary>The body of the loop, which finds the arrays made.</summary>
    public Block Without(Block body) => body with { Ops = body.Ops.RemoveAll(op => op is Allocate made && Made.Contains(made)) };

    /// <summary>What sets the arrays to zero again.</summary>
    public IEnumerable<Op> Resets(LaneRewriter rewriter) =>
        _vectors.Select(vector => (Op)new LaneDiagonal(
            rewriter.Map(vector.Set.Array), vector.Set.Index, ArrayCode.Zero(vector.Made.Result)) { Line = vector.Set.Line });
}
