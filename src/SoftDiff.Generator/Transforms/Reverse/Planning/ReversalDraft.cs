using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>A plan in the making: decides what a walk asks for the first time, and remembers it.</summary>
internal sealed class ReversalDraft : IReversal
{
    private readonly Primal _primal;
    private readonly LoopNotes _notes;
    private readonly Placements _placements;
    private readonly ArrayDecisions _arrays;
    private readonly ValueDecisions _valueDecisions;
    private readonly SaveDecisions _saveDecisions;
    private readonly FusionDecisions _fusion;
    private readonly Dictionary<Op, BranchPlan> _branches = new(ByReference<Op>.Instance);
    private readonly Dictionary<Op, LoopPlan> _loops = new(ByReference<Op>.Instance);
    private readonly Dictionary<Op, CallPlan> _calls = new(ByReference<Op>.Instance);
    private readonly Dictionary<Op, RulePlan> _rules = new(ByReference<Op>.Instance);
    private readonly Dictionary<Op, ImmutableArray<ArrayPlan>> _arguments = new(ByReference<Op>.Instance);
    private readonly Dictionary<Value, ValuePlan> _values = new();
    private readonly Dictionary<Block, SavePlan> _saves = new(ByReference<Block>.Instance);
    private readonly HashSet<Block> _tapeUsers = new(ByReference<Block>.Instance);

    public ReversalDraft(Primal primal, Placement root, LoopNotes notes)
    {
        _primal = primal;
        _notes = notes;
        _placements = new Placements(primal, root);
        _arrays = new ArrayDecisions(primal, _placements);
        _valueDecisions = new ValueDecisions(primal, _placements, _arrays, _values);
        _saveDecisions = new SaveDecisions(primal, _placements);
        _fusion = new FusionDecisions(primal, _placements);
    }

    public ReversalPlan Finish() => ReversalPlan.Straight with
    {
        Branches = ReversalPlan.Straight.Branches.AddRange(_branches),
        Loops = ReversalPlan.Straight.Loops.AddRange(_loops),
        Calls = ReversalPlan.Straight.Calls.AddRange(_calls),
        Rules = ReversalPlan.Straight.Rules.AddRange(_rules),
        Arguments = ReversalPlan.Straight.Arguments.AddRange(_arguments),
        Values = ReversalPlan.Straight.Values.AddRange(_values),
        Saves = ReversalPlan.Straight.Saves.AddRange(_saves),
    };

    public Reversal Of(Op op, Place place, Func<bool> areCotangentsKnownBefore)
    {
        var reversal = !_notes.IsNotFused(op) && _fusion.MayFuse(op, place) && areCotangentsKnownBefore() ? Reversal.Fused
            : op is Loop && _notes.IsReplayed(op) && !_notes.IsNotFused(op) ? Reversal.Replayed
            : Reversal.Apart;
        _placements.Add(op, reversal);
        if (op is Loop) _loops[op] = new LoopPlan(reversal);
        else _branches[op] = new BranchPlan(reversal);
        return reversal;
    }

    public void RejectFusion(Loop loop) => _notes.DoNotFuse(loop);

    public Value Trips(Loop loop)
    {
        if (_loops[loop].Trips is { } known) return known;
        var trips = loop.Trips ?? _primal.Values.Fresh(ScalarType.Int32, "trips");
        AddResult(trips, loop.Body);
        _loops[loop] = _loops[loop] with { Trips = trips };
        return trips;
    }

    public bool InAnyOrder(Loop loop)
    {
        var inAnyOrder = loop is For { Exit: null } && !_tapeUsers.Contains(loop.Body) && _primal.Independence.Holds(loop);
        _loops[loop] = _loops[loop] with { InAnyOrder = inAnyOrder };
        return inAnyOrder;
    }

    public ValuePlan Of(Value value)
    {
        if (_values.TryGetValue(value, out var known)) return known;
        var plan = _values[value] = _valueDecisions.Decide(value);
        var block = _primal.Definitions[value].Block;
        if (plan.Access == ValueAccess.Saved) Save(value, block);
        if (plan.Access == ValueAccess.HandedOut) AddResult(plan.By!, block);
        return plan;
    }

    public SavePlan SavedBy(Block block) => _saves[block];

    public CallPlan Of(Call call, Place place, bool hasCotangents)
    {
        var callee = _primal.Callees.Primal(call.Callee);
        var mask = CallMasks.Of(call, callee, _primal.IsActive);
        var plan = new CallPlan(CallReversal.None, mask, null, ImmutableArray<(Operand, Value)>.Empty);
        var hasAdjoint = hasCotangents || CallMasks.Active(call, callee, mask).Any(a => a.Type.IsStorage);
        if (!mask.Contains('1') || !hasAdjoint) return _calls[call] = plan;
        if (callee.Checkpoint is { } checkpoint)
        {
            if (checkpoint.IsLoop) UseTape(place.Block);
            return _calls[call] = plan with { Reversal = checkpoint.IsLoop ? CallReversal.AgainFromSlots : CallReversal.Again };
        }

        if (!ScalarCalls.IsScalar(callee))
        {
            UseTape(place.Block);
            return _calls[call] = plan with { Reversal = CallReversal.Pullback };
        }

        var (gradient, partials) = ScalarCalls.Replace(call, callee, mask, _primal.Callees, _primal.Values);
        foreach (var (_, partial) in partials) _primal.Definitions.Add(partial, place.Block, place.Position, call);
        return _calls[call] = plan with { Reversal = CallReversal.Gradient, Gradient = gradient, Partials = partials };
    }

    public Value Residual(RuleCall call, Place place)
    {
        var residual = _primal.Values.Fresh(call.Rule.Residual!, "residual");
        _primal.Definitions.Add(residual, place.Block, place.Position, call);
        _rules[call] = new RulePlan(residual);
        return residual;
    }

    public ArrayAccess Elements(Op call, Place place, Operand array, bool after)
    {
        var access = _arrays.Elements(array, place.Block, after ? place.Position : place.Position - 1);
        if (access == ArrayAccess.OnTape) UseTape(place.Block);
        var known = _arguments.TryGetValue(call, out var arrays) ? arrays : ImmutableArray<ArrayPlan>.Empty;
        _arguments[call] = known.Add(new ArrayPlan(array, after, access));
        return access;
    }

    private void Save(Value value, Block block)
    {
        if (!_saves.TryGetValue(block, out var saves)) saves = new SavePlan(ImmutableArray<Value>.Empty, _saveDecisions.Loops(block));
        _saves[block] = saves with { Values = saves.Values.Add(value) };
        if (saves.IsOnTape) UseTape(block);
        NoteReplay(block);
    }

    /// <summary>
    /// Running the outermost loop around a block again is cheaper than saving a number in each iteration of an inner one.
    /// </summary>
    private void NoteReplay(Block block)
    {
        if (_placements.OutermostApart(block) is not { } outermost || ReferenceEquals(outermost, block)) return;
        if (_placements.Owner(outermost)!.Value.Op is Loop loop && !_notes.IsNotFused(loop) && _fusion.MayReplay(loop)) _notes.Replay(loop);
    }

    /// <summary>Says that the operation that owns a block has a further result.</summary>
    private void AddResult(Value value, Block block)
    {
        var (op, outer, position) = _placements.Owner(block)!.Value;
        _primal.Definitions.Add(value, outer, position, op);
    }

    private void UseTape(Block block)
    {
        _tapeUsers.Add(block);
        while (_placements.Owner(block) is { } owner) _tapeUsers.Add(block = owner.Block);
    }
}
