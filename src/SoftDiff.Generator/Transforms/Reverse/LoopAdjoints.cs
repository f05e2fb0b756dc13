using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoint of a loop apart from its forward code: a loop that runs the iterations backwards and carries _sweep.Cotangents.
/// </summary>
internal sealed class LoopAdjoints
{
    private readonly ReverseSweep _sweep;
    private readonly BackwardLoops _backward;
    private readonly SavedValues _saved;

    public LoopAdjoints(ReverseSweep sweep)
    {
        _sweep = sweep;
        _backward = new BackwardLoops(sweep);
        _saved = new SavedValues(sweep);
    }

    public void ReverseApart(Loop op, int position, Frame frame, List<Operand?> bars)
    {
        var child = frame.Inner(Placement.LoopBody, op.Body, position);
        frame.Children[op.Body] = child;
        var backward = _backward.Of(op, frame, child);
        var active = Enumerable.Range(0, op.Carried.Length).Where(i => _sweep.Primal.IsActive(op.Carried[i])).ToList();
        var barParams = active.ToDictionary(i => i, i => Like(op.Carried[i].Param));
        foreach (var i in active) _sweep.Cotangents.Seed(op.Body.Yields[i], barParams[i], child);
        _sweep.Operations.Reverse(child);

        // The sums of outer values start from what later code contributed, taken before this loop contributes anything itself.
        var carried = ImmutableArray.CreateBuilder<Carried>();
        var nexts = new List<Operand>();
        var sums = new List<(Value Outer, Value Sum)>();
        var nextBars = active.Select(i => _sweep.Take(op.Carried[i].Param, child)).ToList();
        foreach (var (outer, sum) in _sweep.Cotangents.TakeLeftovers(child))
        {
            var (param, result) = (Like(outer), Like(outer));
            nexts.Add(child.Code.Compute(outer.Type, Opcode.Add, param, sum));
            carried.Add(new Carried(param, _sweep.Take(outer, frame) ?? new NumberConstant((ScalarType)outer.Type, 0), result));
            sums.Add((outer, result));
        }

        foreach (var (i, nextBar) in active.Zip(nextBars, (i, next) => (i, next)))
        {
            var zero = new NumberConstant((ScalarType)op.Carried[i].Param.Type, 0);
            var result = Like(op.Carried[i].Param);
            var next = nextBar ?? zero;
            carried.Add(new Carried(barParams[i], bars[i] ?? zero, result));
            nexts.Add(next);
            // A sum's cotangent is the same in every iteration; saying so at once lets an enclosing loop see it too.
            _sweep.Contribute(op.Carried[i].Init, next.Equals(barParams[i]) ? bars[i] : result, frame);
        }

        foreach (var (outer, result) in sums) frame.AddBar(outer, result);
        _saved.Keep(child);
        frame.Code.Line = op.Line;
        frame.Code.Add(backward(carried.ToImmutable(), child.Reverse(nexts), _sweep.Plan.InAnyOrder(op)));
    }

    private Value Like(Value primal) => _sweep.Values.Fresh(primal.Type, Cotangents.Name(primal));
}
