using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// How each loop is reversed, as far as an attempt has taught it. An attempt that finds a choice wrong notes the right one here, and the
/// transform starts again: every note is made at most once, so attempts are bounded by the number of loops.
/// </summary>
internal sealed class LoopChoices
{
    private readonly HashSet<Op> _notFused = new(ByReference<Op>.Instance);
    private readonly HashSet<Op> _replayed = new(ByReference<Op>.Instance);

    public bool Changed { get; set; }

    /// <summary>The loop's cotangents turned out to change from iteration to iteration.</summary>
    public bool IsNotFused(Op loop) => _notFused.Contains(loop);

    /// <summary>Saving would take a number per inner iteration; running the loop again is cheaper.</summary>
    public bool IsReplayed(Op loop) => _replayed.Contains(loop);

    public void DoNotFuse(Op loop) => Changed |= _notFused.Add(loop);

    public void Replay(Op loop) => Changed |= _replayed.Add(loop);
}
