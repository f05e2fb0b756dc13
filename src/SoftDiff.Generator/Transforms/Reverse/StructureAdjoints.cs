using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The adjoints of branches and loops: fused with the forward code, or apart from it, as the plan says.</summary>
internal sealed class StructureAdjoints
{
    private readonly ReverseSweep _sweep;
    private readonly BranchAdjoints _branches;
    private readonly LoopAdjoints _loops;
    private readonly FusedLoops _fusedLoops;

    public StructureAdjoints(ReverseSweep sweep)
    {
        _sweep = sweep;
        _branches = new BranchAdjoints(sweep);
        _loops = new LoopAdjoints(sweep);
        _fusedLoops = new FusedLoops(sweep);
    }

    public void Reverse(Op op, int position, Frame frame)
    {
        var results = op is Loop loop ? loop.Carried.Select(c => c.Result) : ((If)op).Values;
        var bars = results.Select(v => _sweep.Take(v, frame)).ToList();
        if (bars.All(b => b is null) && !_sweep.Primal.WritesActiveArrays(op)) return;
        frame.Code.Line = op.Line;
        EarlyOperations? early = null;
        bool CanMove() => (early = EarlyOperations.Find(bars, position, frame, _sweep.Primal.Definitions)) is not null;
        switch (_sweep.Plan.Of(op, frame.At(position), CanMove))
        {
            case Reversal.Fused:
                if (early is null && !CanMove())
                {
                    throw new InvalidOperationException("the cotangents of a fused operation are not known before it");
                }

                foreach (var moved in early!.Move()) Frame.Place(frame.Replaced, position, moved);
                Op fused = op is If @if ? _branches.Fuse(@if, position, frame, bars) : _fusedLoops.Fuse((Loop)op, position, frame, bars);
                Frame.Place(frame.Replaced, position, fused);
                break;
            case Reversal.Replayed:
                _fusedLoops.Replay((Loop)op, position, frame, bars);
                break;
            case Reversal.Apart when op is If branch:
                _branches.ReverseApart(branch, position, frame, bars);
                break;
            case Reversal.Apart:
                _loops.ReverseApart((Loop)op, position, frame, bars);
                break;
        }
    }
}
