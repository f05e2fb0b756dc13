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

    /// <summary>Saving would take a number per inner iteration; running the loop again is cheaper, as long as that is known to be right.</summary>
    public bool IsReplayed(Op loop) => _replayed.Contains(loop) && !IsNotFused(loop);

    public void DoNotFuse(Op loop)
    {
        // Noted by an earlier attempt: then nothing would change, and the code that is wrong would be taken.
        if (!_notFused.Add(loop) && !Changed) throw new InvalidOperationException("a loop was fused again after that was found to be wrong");
        Changed = true;
    }

    public void Replay(Op loop) => Changed |= _replayed.Add(loop);
}
