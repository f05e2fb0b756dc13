using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Rules;

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
            case Load load when TakeBar(load.Result, frame) is { } bar:
                if (_activity.IsActive(load.Array)) frame.Code.Add(new Accumulate(Shadow(load.Array, frame), Need(load.Index, frame), bar));
                break;
            case Store store when _activity.IsActive(store.Array):
            {
                var (shadow, index) = (Shadow(store.Array, frame), Need(store.Index, frame));
                if (_activity.IsActive(store.Value))
                {
                    var bar = frame.Code.Load(shadow, index);
                    _naming.Suggest(bar, ((Value)store.Value).Name is { Length: > 0 } name ? name + "Bar" : "elementBar");
                    Contribute(store.Value, bar, frame);
                }

                frame.Code.Add(new Store(shadow, index, Zero(shadow)));
                break;
            }

            case Accumulate accumulate when _activity.IsActive(accumulate.Array) && _activity.IsActive(accumulate.Value):
                Contribute(accumulate.Value, frame.Code.Load(Shadow(accumulate.Array, frame), Need(accumulate.Index, frame)), frame);
                break;
            case Fill fill when _activity.IsActive(fill.Array):
            {
                var shadow = Shadow(fill.Array, frame);
                if (_activity.IsActive(fill.Value)) Contribute(fill.Value, Sum(shadow, frame.Code), frame);
                frame.Code.Add(new Fill(shadow, Zero(shadow)));
                break;
            }

            case Copy copy when _activity.IsActive(copy.Destination):
                ReverseCopy(copy, frame);
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
            case Invoke call:
                MissingRuleException.ThrowIfActive(call, _activity);
                break;
            case Call call:
                ReverseCall(call, position, frame);
                break;
        }
    }

    private static NumberConstant Zero(Operand array) => new(((ArrayType)array.Type).Element, 0);

    private void ReverseCompute(Compute compute, Frame frame)
    {
        if (TakeBar(compute.Result, frame) is not { } bar) return;
        if (compute.Code == Opcode.Convert)
        {
            if (_activity.IsActive(compute.Args[0])) Contribute(compute.Args[0], frame.Code.Compute(compute.Args[0].Type, Opcode.Convert, bar), frame);
            return;
        }

        if (ScalarRules.Find(compute.Code) is not { } rule) return;
        var builder = new RuleBuilder(frame.Code, (ScalarType)compute.Result.Type, i => Need(compute.Args[i], frame), () => Need(compute.Result, frame));
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

    /// <summary>The adjoint of an array, in storage of the same shape.</summary>
    private Operand Shadow(Operand array, Frame from)
    {
        var value = (Value)array;
        var frame = FrameOf(value, from);
        if (frame.Shadows.TryGetValue(value, out var known)) return known;
        var definition = _definitions[value];
        var type = Signatures.Companion(value.Type, writable: true);
        var shadow = _values.Fresh(type, value.Name.Length > 0 ? value.Name + "Bar" : "");
        // Each operand is the primal's own, which adjoint code that follows the primal sees as it is.
        Op made = definition.Op switch
        {
            Allocate allocate => new Allocate(shadow, Need(allocate.Length, frame), Cleared: true),
            View view => new View(shadow, Shadow(view.Array, frame), Need(view.Start, frame), view.Count is null ? null : Need(view.Count, frame)),
            Flatten flatten => new Flatten(shadow, Shadow(flatten.Tensor, frame)),
            Arrange arrange => new Arrange(shadow, Shadow(arrange.Array, frame), arrange.Lengths.Select(l => Need(l, frame)).ToImmutableArray()),
            _ => throw new InvalidOperationException($"array {value.Name} has no adjoint"),
        };
        if (frame.Kind == FrameKind.Same) Frame.Place(frame.After, definition.Position, made);
        else frame.Prologue.Add(made);
        frame.Shadows[value] = shadow;
        return shadow;
    }

    private Operand Sum(Operand array, BlockBuilder code)
    {
        var element = ((ArrayType)array.Type).Element;
        var length = code.Length(array);
        var (index, total, result) = (_values.Fresh(ScalarType.Int32, "i"), _values.Fresh(element, "sum"), _values.Fresh(element, "sum"));
        var body = new BlockBuilder(_values);
        var next = body.Compute(element, Opcode.Add, total, body.Load(array, index));
        code.Add(new For(index, Int(0), length, 1, false, ImmutableArray.Create(new Carried(total, new NumberConstant(element, 0), result)), body.Build(next)));
        return result;
    }

    private static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    /// <summary>The destination's cotangent moves to the source. Through a temporary, since both may be views of one array.</summary>
    private void ReverseCopy(Copy copy, Frame frame)
    {
        var code = frame.Code;
        var shadow = Shadow(copy.Destination, frame);
        var length = code.Length(Need(copy.Source, frame));
        var moved = _values.Fresh(shadow.Type, "moved");
        var part = _values.Fresh(shadow.Type, "part");
        code.Add(new View(part, shadow, Int(0), length));
        if (!_activity.IsActive(copy.Source))
        {
            code.Add(new Fill(part, Zero(shadow)));
            return;
        }

        code.Add(new Allocate(moved, length, Cleared: false));
        code.Add(new Copy(part, moved));
        code.Add(new Fill(part, Zero(shadow)));
        var index = _values.Fresh(ScalarType.Int32, "i");
        var body = new BlockBuilder(_values);
        body.Add(new Accumulate(Shadow(copy.Source, frame), index, body.Load(moved, index)));
        code.Add(new For(index, Int(0), length, 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }
}
