namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Which inputs of a function influence its values and arrays, and which of them only through what has no derivative. A least fixed point
/// over the function for all inputs at once. Arrays count as a whole. <see cref="Activity"/> follows derivatives only;
/// <see cref="DataDependence"/> follows every dependence, but does not keep the two apart.
/// </summary>
internal sealed class Influences
{
    private readonly Definitions _definitions;
    private readonly CalleeInfluences _callees;
    private readonly Dictionary<Operand, Influence> _known = new();
    private readonly Dictionary<Cutoff, ulong> _cutoffs = new();
    private readonly HashSet<Operand> _written = new();
    private bool _changed;

    /// <param name="function">The function.</param>
    /// <param name="inputs">Its inputs, by groups that count as one; no more than <see cref="Influence.MostInputs"/> groups.</param>
    /// <param name="callees">What is known of the functions that it calls.</param>
    public Influences(Function function, IReadOnlyList<IReadOnlyList<Operand>> inputs, CalleeInfluences callees)
    {
        _definitions = new Definitions(function);
        _callees = callees;
        for (var i = 0; i < inputs.Count; i++)
        {
            foreach (var operand in inputs[i]) _known[operand] = Influence.Of(i);
        }

        do
        {
            _changed = false;
            Visit(function.Body, default, isInLoop: false);
        }
        while (_changed);
    }

    /// <summary>What influences a scalar, or an array by its root.</summary>
    public Influence Of(Operand operand) => _known.TryGetValue(Key(operand), out var influence) ? influence : default;

    /// <summary>Whether the function, or one that it calls, writes an array.</summary>
    public bool Writes(Operand array) => _written.Contains(Key(array));

    /// <summary>The inputs that meet a cutoff somewhere in the function or in what it calls.</summary>
    public ulong Behind(Cutoff cutoff) => _cutoffs.TryGetValue(cutoff, out var inputs) ? inputs : 0;

    /// <summary>What influences anything that an operation reads, which is <see cref="Influence.Any"/> of a choice it makes.</summary>
    private Influence Of(IEnumerable<Operand> operands) => operands.Aggregate(default(Influence), (sum, operand) => sum | Of(operand));

    private Operand Key(Operand operand) => operand.Type.IsStorage ? _definitions.Root(operand) : operand;

    private void Add(Operand operand, Influence influence)
    {
        if (Key(operand) is not Value key) return;
        var (old, all) = (Of(key), Of(key) | influence);
        if (old == all) return;
        _known[key] = all;
        _changed = true;
    }

    private void Meet(Cutoff cutoff, ulong inputs) => _cutoffs[cutoff] = Behind(cutoff) | inputs;

    /// <param name="block">The block.</param>
    /// <param name="choice">What decides whether the block runs.</param>
    /// <param name="isInLoop">Whether it lies in a loop.</param>
    private void Visit(Block block, Influence choice, bool isInLoop)
    {
        foreach (var op in block.Ops)
        {
            Visit(op, choice, isInLoop);
            var shared = Of(op.MayShareStorage());
            foreach (var operand in op.MayShareStorage()) Add(operand, shared);
        }
    }

    private void Visit(Op op, Influence choice, bool isInLoop)
    {
        switch (op)
        {
            case Compute { Code: Opcode.StopGradient }:
                // The user says that the rest of the method does not depend on it.
                break;
            case Evaluate { IsDisplay: true }:
                break;
            case Compute or ComputePair or Load or MakeArray or Evaluate or Store or Accumulate or Fill or Copy or RowUpdate:
                foreach (var result in op.Results) Follow(op, result, default, isInLoop);
                foreach (var array in op.ElementsWritten()) Follow(op, array, choice, isInLoop);
                break;
            case RuleCall:
                foreach (var to in op.Results.Concat(op.ElementsWritten())) Follow(op, to, choice, isInLoop);
                break;
            case Invoke or Transform:
                // Nothing is known of them, so nothing is said of what they give.
                var read = Of(op.Reads()) | choice;
                _written.UnionWith(op.ElementsWritten().Select(Key));
                foreach (var to in op.Results.Concat(op.ElementsWritten())) Add(to, new Influence(read.Any, read.Any));
                break;
            case Call call:
                Visit(call, choice, isInLoop);
                break;
            case If branches:
                Visit(branches, choice, isInLoop);
                break;
            case Loop loop:
                Visit(loop, choice);
                break;
            case Allocate or View or Flatten or Arrange or Row or Measure or RowLength or Guard:
                break;
            default:
                throw new UnknownOperationException("The search for derivatives that are always zero", op);
        }
    }

    /// <summary>
    /// Adds what influences one result of an operation: what flows into it with a derivative, what else the operation reads, and what decides
    /// whether it runs.
    /// </summary>
    private void Follow(Op op, Operand to, Influence choice, bool isInLoop)
    {
        if (to.Type is ArrayType) _written.Add(Key(to));
        var flows = Of(op.Flows().Where(flow => flow.To.Equals(to)).Select(flow => flow.From));
        var read = Of(Chosen(op).Where(from => !from.Equals(to)));
        if (op is Compute compute) Meet(compute, read.Smooth & ~flows.Smooth, isInLoop);
        Add(to, flows | read.WithoutDerivative | choice.WithoutDerivative);
    }

    /// <summary>
    /// What an operation reads. Numbers that a rule says not to differentiate are left out: whoever passes them means it.
    /// </summary>
    private static IEnumerable<Operand> Chosen(Op op) => op is RuleCall call
        ? call.Args.Where((a, i) => call.Rule.Parameters[i].IsDifferentiable || !a.Type.CarriesDerivative)
        : op.Reads();

    /// <summary>Notes what an operation on numbers stands before. A comparison is noted where its result decides something.</summary>
    private void Meet(Compute op, ulong inputs, bool isInLoop)
    {
        if (op.Code == Opcode.Select) Meet(isInLoop ? Cutoff.ConditionInLoop : Cutoff.Condition, Of(op.Args[0]).Any);
        else if (op.Result.Type.IsFloat) Meet(Cutoff.Rounding, inputs);
        else if (op.Result.Type is ScalarType { Kind: not ScalarKind.Bool }) Meet(Cutoff.Conversion, inputs);
    }

    private void Visit(Call call, Influence choice, bool isInLoop)
    {
        var summary = _callees.Of(call.Callee);
        foreach (var (to, from) in summary.Outputs(call))
        {
            if (to.Type is ArrayType) _written.Add(Key(to));
            Add(to, choice.WithoutDerivative);
            for (var i = 0; i < call.Args.Length; i++)
            {
                var argument = Of(call.Args[i]);
                if ((from.Smooth >> i & 1) != 0) Add(to, argument);
                else if ((from.Any >> i & 1) != 0) Add(to, argument.WithoutDerivative);
            }
        }

        foreach (var (cutoff, inputs) in summary.Cutoffs)
        {
            var here = cutoff == Cutoff.Condition && isInLoop ? Cutoff.ConditionInLoop : cutoff;
            for (var i = 0; i < call.Args.Length; i++)
            {
                if ((inputs >> i & 1) != 0) Meet(here, Of(call.Args[i]).Any);
            }
        }
    }

    private void Visit(If op, Influence choice, bool isInLoop)
    {
        var running = new[] { op.Then, op.Else }.Where(b => !b.Throws()).ToList();
        // If one branch throws, the condition decides whether there is a result, not which.
        var chosen = running.Count > 1 ? Of(op.Condition).WithoutDerivative : default;
        Meet(isInLoop ? Cutoff.ConditionInLoop : Cutoff.Condition, chosen.Any);
        foreach (var block in op.Blocks()) Visit(block, choice | chosen, isInLoop);
        for (var i = 0; i < op.Values.Length; i++)
        {
            var yields = running.Select(b => b.Yields[i]).ToList();
            Add(op.Values[i], Of(yields) | (yields.Distinct().Count() > 1 ? chosen : default));
        }
    }

    private void Visit(Loop op, Influence choice)
    {
        var count = Of(op is While loop ? loop.Condition.Yields : op.Bounds());
        if (op.Exit is { } exit) count |= Of(exit);
        count = count.WithoutDerivative;
        Meet(Cutoff.IterationCount, count.Any);
        if (op is For counted) Add(counted.Index, Of(counted.Start).WithoutDerivative);
        for (var i = 0; i < op.Carried.Length; i++)
        {
            var (carried, next) = (op.Carried[i], op.Body.Yields[i]);
            Add(carried.Param, Of(carried.Init) | Of(next));
            Add(carried.Result, Of(carried.Param) | (next.Equals(carried.Param) ? default : count));
        }

        if (op.Trips is { } trips) Add(trips, count);
        foreach (var block in op.Blocks()) Visit(block, choice | count, isInLoop: true);
    }
}
