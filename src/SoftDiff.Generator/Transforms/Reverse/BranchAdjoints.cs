using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoint of a branch is a branch on the same condition. Fused, nothing is saved; either way the partials of the branch not taken are
/// never computed.
/// </summary>
internal sealed class BranchAdjoints
{
    private readonly ReverseSweep _sweep;

    public BranchAdjoints(ReverseSweep sweep) => _sweep = sweep;

    /// <summary>The If with forward and reverse code in each branch.</summary>
    public If Fuse(If op, int position, Frame frame, List<Operand?> bars)
    {
        var children = ReverseBranches(op, position, frame, bars, Placement.Same);
        var (yields, results) = MergeLeftovers(children, frame);
        Block Join(Frame child, IEnumerable<Operand> further) => child.Primal.Throws() ? child.Primal
            : new Block(ForwardSweep.Ops(child).AddRange(child.Code.Ops), child.Primal.Yields.AddRange(further));
        return op with { Then = Join(children[0], yields[0]), Else = Join(children[1], yields[1]), Values = op.Values.AddRange(results) };
    }

    /// <summary>Writes a second If for the reverse code.</summary>
    public void ReverseApart(If op, int position, Frame frame, List<Operand?> bars)
    {
        var children = ReverseBranches(op, position, frame, bars, Placement.Branch);
        foreach (var child in children) frame.Children[child.Primal] = child;
        var (yields, results) = MergeLeftovers(children, frame);
        var blocks = children.Select((child, i) => child.Reverse(yields[i])).ToList();
        if (blocks.All(b => b.Ops.IsEmpty) && results.IsEmpty) return;
        frame.Code.Line = op.Line;
        frame.Code.Add(new If(_sweep.Need(op.Condition, frame), blocks[0], blocks[1], results));
    }

    private List<Frame> ReverseBranches(If op, int position, Frame frame, List<Operand?> bars, Placement placement)
    {
        var children = new[] { op.Then, op.Else }.Select(block => frame.Inner(placement, block, position)).ToList();
        foreach (var child in children.Where(child => !child.Primal.Throws()))
        {
            _sweep.Cotangents.SeedYields(child, bars);
            _sweep.Operations.Reverse(child);
        }

        return children;
    }

    /// <summary>
    /// What the branches contribute to outer values: yields for each branch, and the results that stand for them. A contribution that is
    /// the same operand in both is passed on as it is.
    /// </summary>
    private (List<List<Operand>> Yields, ImmutableArray<Value> Results) MergeLeftovers(List<Frame> children, Frame frame)
    {
        var leftovers = children.Select(_sweep.Cotangents.TakeLeftovers).ToList();
        var yields = children.Select(_ => new List<Operand>()).ToList();
        var results = ImmutableArray.CreateBuilder<Value>();
        foreach (var outer in leftovers.SelectMany(l => l).Select(l => l.Outer).Distinct().OrderBy(v => v.Id))
        {
            var sums = leftovers.Select(l => l.FirstOrDefault(x => x.Outer.Equals(outer)).Sum).ToList();
            var running = Enumerable.Range(0, children.Count).Where(i => !children[i].Primal.Throws()).ToList();
            var first = sums[running[0]];
            if (first is not null && running.All(i => first.Equals(sums[i])))
            {
                frame.AddBar(outer, first);
                continue;
            }

            var result = _sweep.Values.Fresh(outer.Type, Cotangents.Name(outer));
            results.Add(result);
            for (var i = 0; i < children.Count; i++) yields[i].Add(sums[i] ?? new NumberConstant((ScalarType)outer.Type, 0));
            frame.AddBar(outer, result);
        }

        return (yields, results.ToImmutable());
    }
}
