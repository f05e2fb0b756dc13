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
        foreach (var array in writes ? DirectWrites(op) : DirectReads(op)) roots.Add(_definitions.Root(array));
        foreach (var block in op.Blocks())
        {
            foreach (var inner in block.Ops) Collect(inner, roots, writes);
        }
    }

    /// <summary>Arrays the operation itself may write.</summary>
    public static IEnumerable<Operand> DirectWrites(Op op) => op switch
    {
        Store store => new[] { store.Array },
        Accumulate accumulate => new[] { accumulate.Array },
        Fill fill => new[] { fill.Array },
        Copy copy => new[] { copy.Destination },
        PopArray pop => new[] { pop.Array },
        Call call => call.Args.Where((a, i) => IsWritable(a) && !call.ReadOnly.Contains(i)),
        RuleCall call => call.Args.Where((_, i) => call.Rule.Parameters[i].IsWritten),
        Invoke invoke => invoke.Args.Where(a => a is not null && IsWritable(a)).Select(a => a!),
        _ => Array.Empty<Operand>(),
    };

    /// <summary>Arrays whose elements the operation itself may read.</summary>
    public static IEnumerable<Operand> DirectReads(Op op) => op switch
    {
        Load load => new[] { load.Array },
        Accumulate accumulate => new[] { accumulate.Array },
        Copy copy => new[] { copy.Source },
        PushArray push => new[] { push.Array },
        Call call => call.Args.Where(a => a.Type is ArrayType),
        RuleCall call => call.Args.Where((a, i) => a.Type is ArrayType && call.Rule.Parameters[i].IsRead),
        Invoke invoke => invoke.Args.Where(a => a?.Type is ArrayType).Select(a => a!),
        _ => Array.Empty<Operand>(),
    };

    private static bool IsWritable(Operand operand) => operand.Type is ArrayType { IsReadOnly: false };
}
