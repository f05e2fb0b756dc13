using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Which arrays an operation may read and write, blocks included. Answers are roots (see <see cref="Definitions.Root"/>). A call
/// is taken to read every array it is given, and to write every one that it can, but for those that are known to be <see cref="Call.ReadOnly"/>.
/// </summary>
internal sealed class Effects
{
    private readonly Definitions _definitions;

    public Effects(Definitions definitions) => _definitions = definitions;

    /// <summary>Roots the operation may write, as a set.</summary>
    public HashSet<Operand> Writes(Op op)
    {
        var roots = new HashSet<Operand>();
        Collect(op, roots, writes: true);
        return roots;
    }

    /// <summary>Roots whose elements the operation may read.</summary>
    public HashSet<Operand> Reads(Op op)
    {
        var roots = new HashSet<Operand>();
        Collect(op, roots, writes: false);
        return roots;
    }

    public HashSet<Operand> Writes(Block block)
    {
        var roots = new HashSet<Operand>();
        foreach (var op in block.Ops) Collect(op, roots, writes: true);
        return roots;
    }

    private void Collect(Op op, HashSet<Operand> roots, bool writes)
    {
        foreach (var array in writes ? op.ElementsWritten() : op.ElementsRead()) roots.Add(_definitions.Root(array));
        foreach (var block in op.Blocks())
        {
            foreach (var inner in block.Ops) Collect(inner, roots, writes);
        }
    }
}
