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

    /// <summary>An array that the function gives back; adds the operation itself.</summary>
    protected abstract void VisitResult(MakeArray made, BlockBuilder into);

    /// <summary>The shadow of new storage or of a view, which is there already.</summary>
    protected abstract Operand ShadowOf(Op op, BlockBuilder into);

    /// <summary>The shadow of an array that is not active: no derivative of its elements differs from zero.</summary>
    protected abstract Operand ZeroShadow(Operand array, BlockBuilder into);

    /// <summary>A push of a number to an active tape, which is there already.</summary>
    protected abstract void VisitPush(Push push, BlockBuilder into);

    /// <summary>A pop of a number from an active tape, which is there already.</summary>
    protected abstract void VisitPop(Pop pop, BlockBuilder into);

    protected abstract void VisitIf(If op, BlockBuilder into);

    protected abstract void VisitLoop(Loop op, BlockBuilder into);

    /// <summary>A call with derivatives of the arguments that the mask marks.</summary>
    protected abstract void VisitCall(Call call, Function callee, string mask, BlockBuilder into);

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
            case MakeArray made:
                VisitResult(made, into);
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
                Visit(call, into);
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

    /// <summary>
    /// The shadow of a tape holds a derivative for every number of the tape, active or not, so that what is taken back is what was pushed.
    /// </summary>
    private void VisitTape(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Push push when push.Value.Type.IsFloat && Activity.IsActive(push.Tape):
                VisitPush(push, into);
                break;
            case Pop pop when pop.Result.Type.IsFloat && Activity.IsActive(pop.Tape):
                VisitPop(pop, into);
                break;
            case PushArray push when push.Array.Type.IsFloatArray && Activity.IsActive(push.Tape):
                into.Add(new PushArray(Shadow(push.Tape), ShadowOrZeros(push.Array, into)));
                break;
            case PopArray pop when pop.Array.Type.IsFloatArray && Activity.IsActive(pop.Tape):
                into.Add(new PopArray(Shadow(pop.Tape), ShadowOrZeros(pop.Array, into)));
                break;
        }
    }

    private Operand ShadowOrZeros(Operand array, BlockBuilder into) => Activity.IsActive(array) ? Shadow(array) : ZeroShadow(array, into);

    private void Visit(Call call, BlockBuilder into)
    {
        var callee = Callees.Primal(call.Callee);
        var mask = CallMasks.Of(call, callee, HasDerivative);
        if (mask.Contains('1')) VisitCall(call, callee, mask, into);
        else into.Add(call with { Callee = Callees.Request(VariantKind.Primal, call.Callee, "") });
    }
}
