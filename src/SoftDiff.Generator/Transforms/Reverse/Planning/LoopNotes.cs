using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// What drafts of a plan have taught about loops. A draft that finds a choice wrong notes the right one here, and the next draft knows it.
/// Every note is made at most once, so there are at most as many drafts as notes and one more.
/// </summary>
internal sealed class LoopNotes
{
    private readonly HashSet<Op> _notFused = new(ByReference<Op>.Instance);
    private readonly HashSet<Op> _replayed = new(ByReference<Op>.Instance);

    public int Count => _notFused.Count + _replayed.Count;

    /// <summary>The loop's cotangents turned out to change from iteration to iteration.</summary>
    public bool IsNotFused(Op loop) => _notFused.Contains(loop);

    /// <summary>Saving would take a number per inner iteration; running the loop again is cheaper.</summary>
    public bool IsReplayed(Op loop) => _replayed.Contains(loop);

    public void DoNotFuse(Op loop)
    {
        if (!_notFused.Add(loop)) throw new InvalidOperationException("a loop was fused again after that was found to be wrong");
    }

    public void Replay(Op loop) => _replayed.Add(loop);
}
