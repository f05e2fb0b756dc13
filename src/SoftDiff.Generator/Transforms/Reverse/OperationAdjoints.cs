namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The adjoint of each operation of a block, last first. Each kind of operation has a class of its own.</summary>
internal sealed class OperationAdjoints(ReverseSweep sweep)
{
    private readonly ScalarAdjoints _scalars = new(sweep);
    private readonly MovementAdjoints _movements = new(sweep);
    private readonly TapeAdjoints _tapes = new(sweep);
    private readonly StructureAdjoints _structures = new(sweep);
    private readonly RuleAdjoints _rules = new(sweep);
    private readonly CallAdjoints _calls = new(sweep);

    /// <summary>Writes the adjoint of a block.</summary>
    public void Reverse(Frame frame)
    {
        for (var position = frame.Primal.Ops.Length - 1; position >= 0; position--)
        {
            sweep.Primal.Cancellation.ThrowIfCancellationRequested();
            var op = frame.Primal.Ops[position];
            // The sum of a branch's or loop's cotangents belongs to the code that contributes to it.
            if (op is not (If or Loop)) frame.Code.Line = op.Line;
            Reverse(op, position, frame);
        }
    }

    private void Reverse(Op op, int position, Frame frame)
    {
        switch (op)
        {
            case Compute compute:
                _scalars.Reverse(compute, frame);
                break;
            case Load or Store or Accumulate or Fill or Copy or MakeArray:
                _movements.Reverse(op, frame);
                break;
            case Push or Pop or PushArray or PopArray:
                _tapes.Reverse(op, frame);
                break;
            case Allocate or View or Flatten or Arrange or OpenTape:
                // Its shadow is made when something asks for it.
                break;
            case Invoke invoke:
                NoDerivative.Require(invoke, sweep.IsActive, sweep.IsActive);
                break;
            case If or Loop:
                _structures.Reverse(op, position, frame);
                break;
            case RuleCall call:
                _rules.Reverse(call, position, frame);
                break;
            case Call call:
                _calls.Reverse(call, position, frame);
                break;
            default:
                if (op.Role != DerivativeRole.Constant) throw new UnknownOperationException("Reverse mode", op);
                break;
        }
    }
}
