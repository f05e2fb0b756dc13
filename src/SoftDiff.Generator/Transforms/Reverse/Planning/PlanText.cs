using System.Globalization;
using System.Text;

namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// The text form of a plan, for the documentation and tests: the operations that have an adjoint with a choice, in the order of the primal,
/// and under each the values of its blocks that are not at hand.
/// <code>
/// plan of Iterate
///   for %2.t @3: apart, backwards
///     %4.s: saved
///     %8: saved
///     save %8, %4.s in buffers of %2.t
/// </code>
/// </summary>
internal sealed class PlanText
{
    private readonly ReversalPlan _plan;
    private readonly StringBuilder _text = new();

    // The results that the plan adds to operations are called by what they stand for.
    private readonly Dictionary<Value, string> _added = new();

    private PlanText(ReversalPlan plan)
    {
        _plan = plan;
        foreach (var loop in plan.Loops.Values.Where(l => l.Trips is not null)) _added[loop.Trips!] = "trips";
        foreach (var rule in plan.Rules.Values) _added[rule.Residual] = "residual";
        foreach (var (argument, partial) in plan.Calls.Values.SelectMany(c => c.Partials)) _added[partial] = "partial by " + Text(argument);
        foreach (var handed in plan.Values.Where(v => v.Value.Access == ValueAccess.HandedOut).OrderBy(v => v.Key.Id))
        {
            _added[handed.Value.By!] = Text(handed.Key);
        }
    }

    public static string Print(Function primal, ReversalPlan plan)
    {
        var text = new PlanText(plan);
        text.Line(0, "plan of " + primal.Name);
        foreach (var parameter in primal.Parameters) text.PrintValue(parameter.Value, 1);
        text.PrintBlock(primal.Body, 1);
        if (plan.Equals(ReversalPlan.Straight)) text.Line(1, "every value is at hand");
        return text._text.ToString();
    }

    private void PrintBlock(Block block, int depth)
    {
        foreach (var op in block.Ops)
        {
            PrintOperation(op, depth);
            foreach (var result in op.Results) PrintValue(result, depth);
        }

        if (!_plan.Saves.TryGetValue(block, out var saves)) return;
        var place = saves.IsOnTape ? "on the tape" : "in buffers of " + List(saves.Loops.Select(loop => loop.Index));
        Line(depth, "save " + List(saves.Values) + " " + place);
    }

    private void PrintOperation(Op op, int depth)
    {
        if (_plan.Branches.TryGetValue(op, out var branch) && op is If @if)
        {
            Line(depth, "if " + Text(@if.Condition) + At(op) + ": " + Text(branch.Reversal));
            PrintBlock(@if.Then, depth + 1);
            var end = _text.Length;
            Line(depth, "else");
            var start = _text.Length;
            PrintBlock(@if.Else, depth + 1);
            if (_text.Length == start) _text.Length = end;
        }
        else if (_plan.Loops.TryGetValue(op, out var loop))
        {
            Line(depth, (op is For counted ? "for " + Text(counted.Index) : "while") + At(op) + ": " + Text(loop));
            foreach (var parameter in op.BlockParameters()) PrintValue(parameter, depth + 1);
            PrintBlock(((Loop)op).Body, depth + 1);
        }
        else if (_plan.Calls.TryGetValue(op, out var call))
        {
            Line(depth, "call " + ((Call)op).Callee + At(op) + ": " + Text(call.Reversal));
            foreach (var (_, partial) in call.Partials) PrintValue(partial, depth + 1);
            PrintArguments(op, depth + 1);
        }
        else if (op is RuleCall { Rule: var method } && (_plan.Rules.ContainsKey(op) || _plan.Arguments.ContainsKey(op)))
        {
            Line(depth, "rule " + method.Primal + At(op));
            if (_plan.Rules.TryGetValue(op, out var rule)) PrintValue(rule.Residual, depth + 1);
            PrintArguments(op, depth + 1);
        }
    }

    private void PrintArguments(Op op, int depth)
    {
        if (!_plan.Arguments.TryGetValue(op, out var arrays)) return;
        foreach (var array in arrays)
        {
            var moment = array.After ? " after the call: " : " before the call: ";
            Line(depth, "elements of " + Text(array.Array) + moment + Text(array.Access));
        }
    }

    private void PrintValue(Value value, int depth)
    {
        if (_plan.Values.TryGetValue(value, out var plan)) Line(depth, Text(value) + ": " + Text(plan));
    }

    private string Text(LoopPlan loop) => Text(loop.Reversal)
        + (loop.Reversal != Reversal.Apart ? "" : loop.InAnyOrder ? ", in any order" : ", backwards")
        + (loop.Trips is null ? "" : ", trips counted" + Further(loop.Trips));

    private string Text(ValuePlan value) => value.Access switch
    {
        ValueAccess.Again => "again",
        ValueAccess.ReadBack => "read back from " + Text(value.By!),
        ValueAccess.HandedOut => "handed out" + Further(value.By!),
        ValueAccess.Saved => "saved",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>How reverse code gets a result that the plan adds to an operation, unless it is at hand.</summary>
    private string Further(Value result) => _plan.Values.TryGetValue(result, out var plan) ? ", " + Text(plan) : "";

    private static string Text(Reversal reversal) => reversal switch
    {
        Reversal.Fused => "fused",
        Reversal.Replayed => "replayed",
        Reversal.Apart => "apart",
        _ => throw new ArgumentOutOfRangeException(nameof(reversal)),
    };

    private static string Text(CallReversal reversal) => reversal switch
    {
        CallReversal.None => "no adjoint",
        CallReversal.Gradient => "replaced by the gradient",
        CallReversal.Pullback => "forward function and pullback",
        CallReversal.Again => "run again",
        CallReversal.AgainFromSlots => "run again from states in slots",
        _ => throw new ArgumentOutOfRangeException(nameof(reversal)),
    };

    private static string Text(ArrayAccess access) => access switch
    {
        ArrayAccess.Unchanged => "unchanged",
        ArrayAccess.Rearranged => "arranged again",
        ArrayAccess.Copied => "copied",
        ArrayAccess.OnTape => "on the tape",
        _ => throw new ArgumentOutOfRangeException(nameof(access)),
    };

    private string Text(Operand operand) => operand is not Value value ? "a constant"
        : _added.TryGetValue(value, out var name) ? name
        : value.Name.Length > 0 ? value + "." + value.Name : value.ToString();

    private string List(IEnumerable<Value> values) => string.Join(", ", values.Select(Text));

    private static string At(Op op) => op.Line < 0 ? "" : " @" + op.Line.ToString(CultureInfo.InvariantCulture);

    private void Line(int depth, string line) => _text.Append(' ', depth * 2).Append(line).Append('\n');
}
