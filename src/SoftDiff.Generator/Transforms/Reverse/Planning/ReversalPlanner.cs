namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// Makes the plan of a function's reverse sweep. Whether a value must be saved depends on the reverse code that reads it, and whether a loop can
/// be fused on the code that computes its cotangents. So the planner walks the adjoint with a draft, which decides on the way, and drops the
/// code. If the walk shows that the draft decided wrongly on a loop, a note is taken and the next draft starts. The last draft is the plan.
/// </summary>
internal static class ReversalPlanner
{
    /// <summary>The values of a draft's code have numbers from here on, so that the code that is kept has the same numbers without it.</summary>
    private const int FirstNumberOfDrafts = 1 << 24;

    /// <summary>The plan for the primal.</summary>
    /// <param name="primal">The function to reverse.</param>
    /// <param name="root">Where the reverse code of its body stands.</param>
    /// <param name="walk">Walks the adjoint, asks the draft, and numbers the values of the code by the source.</param>
    public static ReversalPlan Plan(Primal primal, Placement root, Action<IReversal, ValueSource> walk)
    {
        var isStraight = primal.Function.Body.Ops.All(op => op.Blocks().IsEmpty && op is not (Call or RuleCall));
        if (isStraight && root == Placement.Same) return ReversalPlan.Straight;
        var notes = new LoopNotes();
        while (true)
        {
            var known = notes.Count;
            var draft = new ReversalDraft(primal, root, notes);
            walk(draft, new ValueSource(FirstNumberOfDrafts));
            if (notes.Count == known) return draft.Finish();
        }
    }
}
