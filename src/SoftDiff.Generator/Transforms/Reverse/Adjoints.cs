using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

// The adjoint of each operation that has no blocks. A cotangent that nothing contributed to is not a zero but absent, so no rule is
// ever multiplied by it.
internal sealed partial class ReverseTransform
{
    /// <summary>Sums what was contributed to the value's cotangent and forgets it; null if nothing was.</summary>
    private Operand? TakeBar(Operand operand, Frame frame)
    {
        if (operand is not Value value || !frame.Bars.TryGetValue(value, out var contributions)) return null;
        frame.Bars.Remove(value);
        // A difference reads better than the sum with a negation, and is the same number.
        var terms = contributions.OrderBy(c => Negated(c, frame) is null ? 0 : 1).ToList();
        var sum = terms[0];
        foreach (var term in terms.Skip(1))
        {
            sum = Negated(term, frame) is { } positive
                ? frame.Code.Compute(value.Type, Opcode.Subtract, sum, positive)
                : frame.Code.Compute(value.Type, Opcode.Add, sum, term);
        }

        if (value.Name.Length > 0) _naming.Suggest(sum, value.Name + "Bar");
        return sum;
    }

    private static Operand? Negated(Operand operand, Frame frame) =>
        operand is Value value && frame.Code.Find(value) is Compute { Code: Opcode.Negate } negate ? negate.Args[0] : null;

    private void Contribute(Operand operand, Operand? contribution, Frame frame)
    {
        if (contribution is null || !_activity.IsActive(operand)) return;
        if (contribution is NumberConstant zero && zero.Is(0)) return;
        frame.AddBar((Value)operand, contribution);
    }

    private void ReverseBlock(Frame frame)
    {
        for (var position = frame.Primal.Ops.Length - 1; position >= 0; position--) ReverseOp(frame.Primal.Ops[position], position, frame);
    }

    private void ReverseOp(Op op, int position, Frame frame)
    {
        _cancellation.ThrowIfCancellationRequested();
        frame.Code.Line = op.Line;
        switch (op)
        {
            case Compute compute:
                ReverseCompute(compute, frame);
                break;
            case Load or Store or Accumulate or Fill or IR.Copy:
                ReverseMovement(op, frame);
                break;
            case Push or Pop or PushArray or PopArray:
                ReverseTape(op, frame);
                break;
            case Allocate or View or Flatten or Arrange or OpenTape:
                // Its shadow is made when something asks for it.
                break;
            case Invoke invoke:
                NoDerivative.Require(invoke, _activity.IsActive, _activity.IsActive);
                break;
            case If @if:
                ReverseIf(@if, position, frame);
                break;
            case Loop loop:
                ReverseLoop(loop, position, frame);
                break;
            case RuleCall call:
                ReverseRuleCall(call, position, frame);
                break;
            case Call call:
                ReverseCall(call, position, frame);
                break;
            default:
                if (op.Role != DerivativeRole.Constant) throw new UnknownOperationException("Reverse mode", op);
                break;
        }
    }

    private static NumberConstant Zero(Operand array) => new(((ArrayType)array.Type).Element, 0);

    private void ReverseCompute(Compute compute, Frame frame)
    {
        if (TakeBar(compute.Result, frame) is not { } bar) return;
        if (ScalarFunctions.Of(compute.Code).Derivative is not { } rule) return;
        var builder = new RuleBuilder(
            frame.Code, (ScalarType)compute.Result.Type, i => Need(compute.Args[i], frame), () => Need(compute.Result, frame),
            typeOfPush: i => (ScalarType)compute.Args[i].Type);
        if (ReversePolynomial(compute, bar, builder, frame)) return;
        if (compute.Code == Opcode.Multiply && compute.Args[0].Equals(compute.Args[1]))
        {
            // x·x: twice the one product, exactly, instead of the product added to itself.
            if (!_activity.IsActive(compute.Args[0])) return;
            var twice = builder.Multiply(builder.Number(2), bar);
            Contribute(compute.Args[0], builder.Multiply(twice, builder.X()), frame);
            return;
        }

        if (compute.Code == Opcode.Log && compute.Args[0] is Value ratio && _definitions[ratio].Op is Compute { Code: Opcode.Divide } quotient)
        {
            // ln(a / b) has the partials 1/a and −1/b: two divisions that do not wait for each other, and fewer roundings than through the quotient.
            if (_activity.IsActive(quotient.Args[0])) Contribute(quotient.Args[0], builder.Divide(bar, Need(quotient.Args[0], frame)), frame);
            if (_activity.IsActive(quotient.Args[1])) Contribute(quotient.Args[1], builder.Negate(builder.Divide(bar, Need(quotient.Args[1], frame))), frame);
            return;
        }

        for (var i = 0; i < compute.Args.Length; i++)
        {
            if (_activity.IsActive(compute.Args[i])) Contribute(compute.Args[i], rule.Push(builder, i, bar), frame);
        }
    }
}
