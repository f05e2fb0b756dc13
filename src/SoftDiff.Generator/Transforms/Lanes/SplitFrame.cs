namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>A block that is split in two: what is the same for every direction, and what varies.</summary>
internal sealed class SplitFrame
{
    /// <param name="values">The source of values.</param>
    /// <param name="parent">The frame around it; null for the body of the loop over directions.</param>
    /// <param name="loop">The loop whose body it is; null for a branch and for the outermost frame.</param>
    public SplitFrame(ValueSource values, SplitFrame? parent, For? loop)
    {
        (Parent, Loop) = (parent, loop);
        (Uniform, Varying) = (new BlockBuilder(values), new BlockBuilder(values));
        if (loop is null) return;
        Index = values.Fresh(loop.Index.Type, loop.Index.Name);
        Known[loop.Index] = Index;
    }

    public SplitFrame? Parent { get; }

    public For? Loop { get; }

    /// <summary>The index of the loop that varies; the other one has the original index.</summary>
    public Value? Index { get; }

    public BlockBuilder Uniform { get; }

    public BlockBuilder Varying { get; }

    /// <summary>The uniform values of this block that the varying code has at hand, under their names there.</summary>
    public Dictionary<Value, Operand> Known { get; } = new();

    /// <summary>The frames of the loops around a value of this block, outermost first.</summary>
    public List<SplitFrame> Loops()
    {
        var loops = new List<SplitFrame>();
        for (var frame = this; frame is not null; frame = frame.Parent)
        {
            if (frame.Loop is not null) loops.Insert(0, frame);
        }

        return loops;
    }
}
