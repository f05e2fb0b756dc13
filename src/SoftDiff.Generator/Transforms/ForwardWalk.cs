using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// What the transforms share that compute something beside every active value, in the order of the function: <see cref="Forward"/> a tangent,
/// <see cref="Taylor.TaylorFunction"/> a power series. The walk copies every operation, and hands the transform those on which derivatives depend.
/// </summary>
internal abstract class ForwardWalk
{
    private readonly string _name;

    protected ForwardWalk(string name, Function primal, DerivedCallees callees, CancellationToken cancellation)
    {
        _name = name;
        Primal = primal;
        Callees = callees;
        Cancellation = cancellation;
        Values = new ValueSource(primal.MaxId() + 1);
        Definitions = new Definitions(primal);
        Written = Signatures.Written(primal);
    }

    protected Function Primal { get; }

    protected DerivedCallees Callees { get; }

    protected CancellationToken Cancellation { get; }

    protected ValueSource Values { get; }

    protected Definitions Definitions { get; }

    /// <summary>The arrays among the parameters that the function may write.</summary>
    protected HashSet<Operand> Written { get; }

    protected Naming Naming { get; } = new();

    /// <summary>What lies beside each active array and tape.</summary>
    protected Dictionary<Value, Operand> Shadows { get; } = new();

    /// <summary>Set before the walk.</summary>
    protected Activity Activity { get; set; } = null!;

    protected Operand Shadow(Operand storage) => Shadows[(Value)storage];

    protected void Visit(Block block, BlockBuilder into)
    {
        foreach (var op in block.Ops)
        {
            Cancellation.ThrowIfCancellationRequested();
            into.Line = op.Line;
            Visit(op, into);
        }
    }

    /// <summary>Whether a derivative of the number, or of what is in the storage, is not identically zero.</summary>
    protected abstract bool HasDerivative(Operand operand);

    /// <summary>An active scalar function, which is there already.</summary>
    protected abstract void VisitFunction(Compute compute, BlockBuilder into);

    /// <summary>Moves a number or many; adds the operation itself.</summary>
    protected abstract void VisitMovement(Op op, BlockBuilder into);

    /// <summary>The shadow of new storage or of a view, which is there already.</summary>
    protected abstract Operand ShadowOf(Op op, BlockBuilder into);

    /// <summary>An operation on a tape, which is there already.</summary>
    protected abstract void VisitTape(Op op, BlockBuilder into);

    protected abstract void VisitIf(If op, BlockBuilder into);

    protected abstract void VisitLoop(Loop op, BlockBuilder into);

    protected abstract void VisitCall(Call call, BlockBuilder into);

    protected abstract void VisitRuleCall(RuleCall call, BlockBuilder into);

    private void Visit(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Compute compute:
                into.Add(op);
                if (Activity.IsActive(compute.Result)) VisitFunction(compute, into);
                break;
            case Load or Store or Accumulate or Fill or Copy:
                VisitMovement(op, into);
                break;
            case Allocate or View or Flatten or Arrange or OpenTape:
                into.Add(op);
                if (Activity.IsActive(op.Results[0])) Shadows[op.Results[0]] = ShadowOf(op, into);
                break;
            case Push or Pop or PushArray or PopArray:
                into.Add(op);
                VisitTape(op, into);
                break;
            case Invoke invoke:
                into.Add(NoDerivative.Require(invoke, HasDerivative, Activity.IsActive));
                break;
            case If @if:
                VisitIf(@if, into);
                break;
            case Loop loop:
                VisitLoop(loop, into);
                break;
            case Call call:
                VisitCall(call, into);
                break;
            case RuleCall call:
                VisitRuleCall(call, into);
                break;
            default:
                if (op.Role != DerivativeRole.Constant) throw new UnknownOperationException(_name, op);
                into.Add(op);
                break;
        }
    }
}
