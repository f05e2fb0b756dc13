using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>An array that gets elements one after the other, and must have room for all of them when it is made.</summary>
/// <param name="Elements">The array.</param>
/// <param name="Capacity">How many elements there is room for. Nothing defines it until the function is lowered.</param>
internal abstract record GrowingStorage(Value Elements, Value Capacity)
{
    /// <summary>Whether the operation makes the array. None does if the code that would was lowered a second time.</summary>
    public bool IsMadeBy(Op op) => op is Allocate made && made.Result.Equals(Elements);

    /// <summary>The number of elements that an operation adds; null if it adds none.</summary>
    public abstract Operand? AddedBy(Op op, IReadOnlyDictionary<Value, Op> definitions);

    /// <summary>Whether all additions use the same room, so that the largest of them decides.</summary>
    public virtual bool IsShared => false;
}

/// <summary>The storage of an array of arrays whose rows come one by one.</summary>
/// <param name="Elements">The elements of all rows.</param>
/// <param name="Capacity">How many there is room for.</param>
/// <param name="Top">An array of one int: the number of elements in use.</param>
internal sealed record GrowingRows(Value Elements, Value Capacity, Value Top) : GrowingStorage(Elements, Capacity)
{
    public override Operand? AddedBy(Op op, IReadOnlyDictionary<Value, Op> definitions) =>
        op is Store store && store.Array.Equals(Top) ? ((Compute)definitions[(Value)store.Value]).Args[1] : null;
}

/// <summary>The storage of a list.</summary>
/// <param name="Elements">The elements.</param>
/// <param name="Capacity">How many there is room for: as many as are ever added, also where some are removed in between.</param>
/// <param name="Counts">The numbers of elements after each addition: sums of the number before and the number that is added.</param>
internal sealed record GrowingList(Value Elements, Value Capacity, HashSet<Value> Counts) : GrowingStorage(Elements, Capacity)
{
    public override Operand? AddedBy(Op op, IReadOnlyDictionary<Value, Op> definitions) =>
        op is Compute sum && Counts.Contains(sum.Result) ? sum.Args[1] : null;
}

/// <summary>The array made before a loop to which each iteration copies an array of its own. These arrays differ in length.</summary>
/// <param name="Elements">The array.</param>
/// <param name="Capacity">The largest number of elements that an iteration copies.</param>
/// <param name="Copied">The parts to which iterations copy.</param>
/// <param name="Variable">The variable whose arrays these are.</param>
/// <param name="Place">Where the loop assigns it.</param>
internal sealed record LargestArray(Value Elements, Value Capacity, HashSet<Value> Copied, string Variable, Location Place)
    : GrowingStorage(Elements, Capacity)
{
    public override Operand? AddedBy(Op op, IReadOnlyDictionary<Value, Op> definitions) =>
        op is View part && Copied.Contains(part.Result) ? part.Count : null;

    public override bool IsShared => true;

    /// <summary>Whether something reads the array. If nothing does, each iteration assigns the variable before it uses it.</summary>
    public bool IsRead(Block body) => body.AllOps().Any(op => op.Reads().Contains(Elements) && op is not Length && !Copies(op));

    /// <summary>The body without the array's elements and the copies to them.</summary>
    public Block Without(Block body) => new(
        body.Ops.Where(op => !Copies(op)).Select(op => IsMadeBy(op) ? (Allocate)op with { Length = Constants.Int(0) } : op.MapBlocks(Without)).ToImmutableArray(),
        body.Yields);

    private bool Copies(Op op) => op is View part ? Copied.Contains(part.Result) : op is Copy copy && copy.Destination is Value to && Copied.Contains(to);
}
