using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// Decides how the reverse sweep gets a primal value: computed again where that is cheap, read back where the primal stored it, saved
/// otherwise ("to be recorded", Hascoët, Naumann and Pascual 2005). A value for which there is a plan costs nothing, so the order of
/// questions matters.
/// </summary>
internal sealed class ValueDecisions(
    Primal primal, Placements placements, ArrayDecisions arrays, IReadOnlyDictionary<Value, ValuePlan> decided)
{
    /// <summary>A value costs at most this much to compute again; otherwise it is saved.</summary>
    private const int RecomputeLimit = 6;

    private const int Never = 1000;

    public ValuePlan Decide(Value value)
    {
        if (value.Type is ArrayType || Cost(value, RecomputeLimit) <= RecomputeLimit) return new ValuePlan(ValueAccess.Again);
        var block = primal.Definitions[value].Block;
        if (StoredIn(value, block) is { } array) return new ValuePlan(ValueAccess.ReadBack, array);
        return placements.Of(block) == Placement.Branch
            ? new ValuePlan(ValueAccess.HandedOut, primal.Values.Fresh(value.Type, value.Name))
            : new ValuePlan(ValueAccess.Saved);
    }

    /// <summary>What computing the value again costs, in flops or so; stops counting above the limit.</summary>
    private int Cost(Operand operand, int limit)
    {
        if (operand is not Value value || !primal.Definitions.TryGet(value, out var definition)) return 0;
        if (limit < 0) return Never;
        if (placements.Of(definition.Block) == Placement.Same || decided.ContainsKey(value)) return 0;
        switch (definition.Op)
        {
            case For loop when loop.Index.Equals(value):
                return 0;
            case Compute { Code: Opcode.CheckIndex } check:
                return Cost(check.Args[0], limit);
            case Compute compute:
                if (!primal.Options.Recompute) return Never;
                var cost = ScalarFunctions.Of(compute.Code).Cost ?? Never;
                foreach (var arg in compute.Args)
                {
                    if (cost > limit) return Never;
                    cost += Cost(arg, limit - cost);
                }

                return cost;
            case Length length:
                return arrays.CanReach(length.Array) ? 0 : Never;
            case AxisLength length:
                return arrays.CanReach(length.Matrix) ? 0 : Never;
            case Load load:
                var isStable = primal.Options.Recompute && arrays.IsStable(load.Array, definition.Block, definition.Position);
                return isStable ? 1 + Cost(load.Index, limit - 1) : Never;
            case Loop loop when definition.Position < 0 && Progression.Of(loop, value, primal.Definitions) is { } progression:
                return 2 + Cost(progression.Init, limit - 2) + Cost(progression.Step, limit - 2);
            default:
                return Never;
        }
    }

    /// <summary>
    /// The array where the value's iteration stored it, if that is the element of the loop's index and nothing else writes the array until
    /// the reverse code runs; otherwise null.
    /// </summary>
    private Value? StoredIn(Value value, Block block)
    {
        if (!primal.Options.Recompute || placements.IsSplit || placements.Of(block) != Placement.LoopBody) return null;
        var (owner, outer, position) = placements.Owner(block)!.Value;
        if (owner is not For loop) return null;
        foreach (var store in block.Ops.OfType<Store>().Where(s => s.Value.Equals(value) && s.Index.Equals(loop.Index)))
        {
            if (primal.Definitions.Root(store.Array) is not Value root || !root.Equals(store.Array)) continue;
            if (ReferenceEquals(primal.Definitions[root].Block, block) || !arrays.CanReach(root)) continue;
            var isOnly = block.Ops.Count(op => primal.Effects.Writes(op).Contains(root)) == 1;
            if (isOnly && arrays.IsStable(root, outer, position)) return root;
        }

        return null;
    }
}
