using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// Loops with forward and reverse code in one body, which needs storage for one iteration only: loops whose cotangents are known before
/// they run, and loops that run a second time at the point of their adjoint.
/// </summary>
internal sealed class FusedLoops
{
    private readonly ReverseSweep _sweep;

    public FusedLoops(ReverseSweep sweep) => _sweep = sweep;

    /// <summary>The loop that takes the place of the primal's.</summary>
    public Loop Fuse(Loop op, int position, Frame frame, List<Operand?> bars)
    {
        var (fused, sums) = Join(op, position, frame, bars);
        foreach (var (outer, sum) in sums) frame.AddBar(outer, sum);
        return fused;
    }

    /// <summary>Runs the loop again where its adjoint belongs, forward and reverse code together.</summary>
    public void Replay(Loop op, int position, Frame frame, List<Operand?> bars)
    {
        var (fused, sums) = Join(op, position, frame, bars);
        var copy = new Substitution(_sweep.Values);
        frame.Code.Line = op.Line;
        frame.Code.Add(copy.Map(fused));
        foreach (var (outer, sum) in sums) frame.AddBar(outer, copy.Map(sum));
    }

    /// <summary>
    /// The loop with forward and reverse code in one body. Contributions to outer values become sums that the loop carries.
    /// </summary>
    private (Loop Loop, List<(Value Outer, Value Sum)> Sums) Join(Loop op, int position, Frame frame, List<Operand?> bars)
    {
        var child = frame.Inner(Placement.Same, op.Body, position);
        _sweep.Cotangents.SeedYields(child, bars);
        _sweep.Operations.Reverse(child);
        var isSame = true;
        for (var i = 0; i < op.Carried.Length; i++)
        {
            var left = _sweep.Take(op.Carried[i].Param, child);
            isSame &= Equals(left, bars[i]) || !_sweep.Primal.IsActive(op.Carried[i]);
        }

        if (!isSame) _sweep.Plan.RejectFusion(op);
        var carried = op.Carried.ToBuilder();
        var yields = op.Body.Yields.ToBuilder();
        var sums = new List<(Value Outer, Value Sum)>();
        foreach (var (outer, sum) in _sweep.Cotangents.TakeLeftovers(child))
        {
            var name = Cotangents.Name(outer);
            var (param, result) = (_sweep.Values.Fresh(outer.Type, name), _sweep.Values.Fresh(outer.Type, name));
            carried.Add(new Carried(param, new NumberConstant((ScalarType)outer.Type, 0), result));
            yields.Add(child.Code.Compute(outer.Type, Opcode.Add, param, sum));
            sums.Add((outer, result));
        }

        var body = new Block(ForwardSweep.Ops(child).AddRange(child.Code.Ops), yields.ToImmutable());
        for (var i = 0; i < op.Carried.Length; i++) _sweep.Contribute(op.Carried[i].Init, bars[i], frame);
        return (op with { Carried = carried.ToImmutable(), Body = body }, sums);
    }
}
