using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// Makes the plan of a function's reverse sweep. Whether a value must be saved depends on whether reverse code reads it, and whether a loop
/// can be fused on where its cotangents come from. Both are questions about the adjoint, so the planner walks the adjoint with a draft that
/// decides on the way, and drops the code. The plan is the draft with which a walk came to its end without a doubt.
/// </summary>
internal static class ReversalPlanner
{
    /// <summary>The plan for the primal.</summary>
    /// <param name="primal">The function to reverse.</param>
    /// <param name="root">Where the reverse code of its body stands.</param>
    /// <param name="walk">Walks the adjoint and asks the draft.</param>
    public static ReversalPlan Plan(Primal primal, Placement root, Action<IReversal> walk)
    {
        var isStraight = primal.Function.Body.Ops.All(op => op.Blocks().IsEmpty && op is not (Call or RuleCall));
        if (isStraight && root == Placement.Same) return ReversalPlan.Straight;
        var notes = new LoopNotes();
        while (true)
        {
            var known = notes.Count;
            var draft = new ReversalDraft(primal, root, notes);
            walk(draft);
            if (notes.Count == known) return draft.Finish();
        }
    }
}
