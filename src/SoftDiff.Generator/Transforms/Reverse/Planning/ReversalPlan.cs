namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// What reverse mode decided for one function, before any of its code is written. Operations and blocks are told apart by reference. An
/// operation that is not here has no adjoint; a value that is not here is at hand, or no reverse code reads it. <see cref="PlanText"/>
/// prints the plan.
/// </summary>
internal sealed record ReversalPlan : IReversal
{
    /// <summary>The plan of a function without branches, loops and calls: every value is at hand.</summary>
    public static readonly ReversalPlan Straight = new();

    public ImmutableDictionary<Op, BranchPlan> Branches { get; init; } = ByOperation<BranchPlan>();

    public ImmutableDictionary<Op, LoopPlan> Loops { get; init; } = ByOperation<LoopPlan>();

    public ImmutableDictionary<Op, CallPlan> Calls { get; init; } = ByOperation<CallPlan>();

    public ImmutableDictionary<Op, RulePlan> Rules { get; init; } = ByOperation<RulePlan>();

    /// <summary>The arrays among the arguments of calls whose elements the reverse sweep reads.</summary>
    public ImmutableDictionary<Op, ImmutableArray<ArrayPlan>> Arguments { get; init; } = ByOperation<ImmutableArray<ArrayPlan>>();

    public ImmutableDictionary<Value, ValuePlan> Values { get; init; } = ImmutableDictionary<Value, ValuePlan>.Empty;

    /// <summary>What the bodies of loops reversed apart, or a function that is split, save.</summary>
    public ImmutableDictionary<Block, SavePlan> Saves { get; init; } =
        ImmutableDictionary.Create<Block, SavePlan>(Analysis.ByReference<Block>.Instance);

    public Reversal Of(Op op, Place place, Func<bool> areCotangentsKnownBefore) =>
        op is Loop loop ? Find(Loops, loop, "loop").Reversal : Find(Branches, op, "branch").Reversal;

    public void RejectFusion(Loop loop) =>
        throw new InvalidOperationException("the cotangents of a fused loop change from iteration to iteration");

    public Value Trips(Loop loop) => Find(Loops, loop, "loop").Trips ?? throw Missing("number of iterations");

    public bool InAnyOrder(Loop loop) => Find(Loops, loop, "loop").InAnyOrder;

    public ValuePlan Of(Value value) => Find(Values, value, "value");

    public SavePlan SavedBy(Block block) => Saves.TryGetValue(block, out var saves) ? saves : throw Missing("storage");

    public CallPlan Of(Call call, Place place, bool hasCotangents) => Find(Calls, call, "call");

    public Value Residual(RuleCall call, Place place) => Find(Rules, call, "rule").Residual;

    public ArrayAccess Elements(Op call, Place place, Operand array, bool after) =>
        (Find(Arguments, call, "arguments").FirstOrDefault(a => a.After == after && a.Array.Equals(array)) ?? throw Missing("array")).Access;

    private static ImmutableDictionary<Op, T> ByOperation<T>() => ImmutableDictionary.Create<Op, T>(Analysis.ByReference<Op>.Instance);

    private static T Find<TKey, T>(ImmutableDictionary<TKey, T> plans, TKey key, string kind)
        where TKey : notnull =>
        plans.TryGetValue(key, out var plan) ? plan : throw Missing(kind + (key is Op op ? " in line " + op.Line : " " + key));

    private static InvalidOperationException Missing(string what) => new("the plan of the reverse sweep has no " + what);
}
