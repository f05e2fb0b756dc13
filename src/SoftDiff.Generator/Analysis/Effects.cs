namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the arrays that an operation may read and write, its blocks included. Answers are roots (see <see cref="Definitions.Root"/>). A
/// call may read all its array arguments. It may write all writable ones that are not known to be <see cref="Call.ReadOnly"/>. Each
/// operation is looked at once; the sets must not be changed.
/// </summary>
internal sealed class Effects
{
    private readonly Definitions _definitions;
    private readonly Dictionary<Op, HashSet<Operand>> _writes = new(ByReference<Op>.Instance);
    private readonly Dictionary<Op, HashSet<Operand>> _reads = new(ByReference<Op>.Instance);
    private readonly HashSet<Operand> _nothing = new();

    public Effects(Definitions definitions) => _definitions = definitions;

    /// <summary>Roots whose elements the operation may write.</summary>
    public HashSet<Operand> Writes(Op op) => Roots(op, _writes, static o => o.ElementsWritten());

    /// <summary>Roots whose elements the operation may read.</summary>
    public HashSet<Operand> Reads(Op op) => Roots(op, _reads, static o => o.ElementsRead());

    /// <summary>Whether the operation may read or write elements of the root.</summary>
    public bool Touches(Op op, Operand root) => Writes(op).Contains(root) || Reads(op).Contains(root);

    /// <summary>Roots that some operation of the block may write, as a set of the caller's own.</summary>
    public HashSet<Operand> Writes(Block block)
    {
        var roots = new HashSet<Operand>();
        foreach (var op in block.Ops) roots.UnionWith(Writes(op));
        return roots;
    }

    private HashSet<Operand> Roots(Op op, Dictionary<Op, HashSet<Operand>> known, Func<Op, IEnumerable<Operand>> arrays)
    {
        if (known.TryGetValue(op, out var roots)) return roots;
        HashSet<Operand>? found = null;
        foreach (var array in arrays(op)) (found ??= new HashSet<Operand>()).Add(_definitions.Root(array));
        foreach (var block in op.Blocks())
        {
            foreach (var inner in block.Ops)
            {
                var nested = Roots(inner, known, arrays);
                if (nested.Count > 0) (found ??= new HashSet<Operand>()).UnionWith(nested);
            }
        }

        return known[op] = found ?? _nothing;
    }
}
