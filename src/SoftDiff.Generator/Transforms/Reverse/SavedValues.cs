using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// Gives the values that reverse code asks for their places: buffers with an element for each iteration of the loops around, or the tape.
/// Both are filled at the end of the forward block.
/// </summary>
internal sealed class SavedValues(ReverseSweep sweep)
{
    public void Keep(Frame frame)
    {
        if (frame.Saved.Count == 0) return;
        var plan = sweep.Plan.SavedBy(frame.Primal);
        if (plan.IsOnTape) KeepOnTape(frame);
        else KeepInBuffers(frame, LevelsOf(frame, plan.Loops.Length));
    }

    private void KeepOnTape(Frame frame)
    {
        foreach (var (primal, _) in frame.Saved) frame.Tail.Add(new Push(sweep.Tape, primal));
        foreach (var (_, restored) in Enumerable.Reverse(frame.Saved)) frame.Restores.Add(new Pop(restored, sweep.Tape));
    }

    private void KeepInBuffers(Frame frame, List<Frame> levels)
    {
        var (scope, position) = (levels[0].Parent!, levels[0].Position);
        foreach (var (primal, restored) in frame.Saved)
        {
            var sizes = new BlockBuilder(sweep.Values);
            Operand size = ArrayCode.Int(1);
            foreach (var level in levels) size = CountedLoops.Times(sizes, size, Trips(sizes, (For)level.Owner!));
            var type = new ArrayType((ScalarType)primal.Type, ArrayForm.Span);
            var buffer = sweep.Values.Fresh(type, primal.Name.Length > 0 ? primal.Name + "Saved" : "saved");
            sizes.Add(new Allocate(buffer, size, Cleared: false));
            foreach (var op in sizes.Ops) Frame.Place(scope.Before, position, op);
            frame.Tail.Add(new Store(buffer, Element(frame.Tail, levels, (_, loop) => loop.Index), primal));
            frame.Restores.Add(new Load(restored, buffer, Element(frame.Restores, levels, (level, loop) => level.Known[loop.Index])));
        }
    }

    /// <summary>The frames of the innermost loops around a block, outermost first.</summary>
    private static List<Frame> LevelsOf(Frame frame, int count)
    {
        var levels = new List<Frame>();
        for (var current = frame; levels.Count < count; current = current.Parent!)
        {
            if (current.Placement == Placement.LoopBody) levels.Insert(0, current);
        }

        return levels;
    }

    /// <summary>The number of iterations of a counted loop, at least 0.</summary>
    private Operand Trips(BlockBuilder block, For loop) => sweep.Primal.Counted.Trips(block, loop, loop.Start, loop.End);

    /// <summary>The index of an iteration's element in a buffer.</summary>
    private Operand Element(BlockBuilder block, List<Frame> levels, Func<Frame, For, Operand> index) => CountedLoops.Element(block, levels.Select(level =>
    {
        var loop = (For)level.Owner!;
        return (loop, index(level, loop), (Func<Operand>)(() => Trips(block, loop)));
    }));
}
