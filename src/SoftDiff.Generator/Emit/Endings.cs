namespace SoftDiff.Generator.Emit;

internal enum EndingKind
{
    /// <summary>Never reached: the block throws.</summary>
    Stopped,

    /// <summary>The function's results are assigned and returned.</summary>
    Function,

    /// <summary>The next carried values are assigned, then the exit is tested.</summary>
    Loop,

    /// <summary>The results of the branch's owner are assigned.</summary>
    Branch,

    /// <summary>A loop condition's value is tested.</summary>
    Condition,

    /// <summary>The block's last operation is an <see cref="If"/> whose branches end in place of the block.</summary>
    Tail,
}

/// <summary>The ending of a block.</summary>
/// <param name="Finals">The values it yields: results, next carried values, branch results or the condition.</param>
/// <param name="Loop">The loop of a <see cref="EndingKind.Loop"/>.</param>
internal sealed record Ending(EndingKind Kind, ImmutableArray<Operand> Finals, Node? Loop = null, Operand? Exit = null)
{
    public static readonly Ending Stopped = new(EndingKind.Stopped, ImmutableArray<Operand>.Empty);
    public static readonly Ending Tail = new(EndingKind.Tail, ImmutableArray<Operand>.Empty);
}

/// <summary>
/// Decides where the function returns and where loops continue. If the last operation is an <see cref="If"/> and its results only leave the
/// function, each branch returns. If it decides a loop's exit, a branch breaks.
/// </summary>
internal static class Endings
{
    public static void Assign(Tree tree)
    {
        var shapes = new ExpressionShapes(new Uses(tree, beforeEndings: true));
        Assign(tree.Root, new Ending(EndingKind.Function, tree.Root.Yields), shapes);
    }

    private static void Assign(Region region, Ending ending, ExpressionShapes shapes)
    {
        var last = region.Nodes.Count > 0 ? region.Nodes[region.Nodes.Count - 1] : null;
        var tail = last?.Op is If @if && !region.Stops && TakesOver(last, @if, ending, shapes);
        foreach (var node in region.Nodes)
        {
            if (!(tail && node == last)) AssignInner(node, shapes);
        }

        region.Ending = region.Stops ? Ending.Stopped : tail ? Ending.Tail : ending;
        if (!tail) return;
        last!.IsTail = true;
        foreach (var branch in last.Inner) Assign(branch, Through(ending, (If)last.Op, branch), shapes);
    }

    private static void AssignInner(Node node, ExpressionShapes shapes)
    {
        switch (node.Op)
        {
            case If:
                foreach (var branch in node.Inner) Assign(branch, new Ending(EndingKind.Branch, branch.Yields), shapes);
                break;
            case For loop:
                Assign(node.Inner[0], new Ending(EndingKind.Loop, node.Inner[0].Yields, node, loop.Exit), shapes);
                break;
            case While loop:
                Assign(node.Inner[0], new Ending(EndingKind.Condition, node.Inner[0].Yields), shapes);
                Assign(node.Inner[1], new Ending(EndingKind.Loop, node.Inner[1].Yields, node, loop.Exit), shapes);
                break;
        }
    }

    private static bool TakesOver(Node node, If @if, Ending ending, ExpressionShapes shapes)
    {
        var used = @if.Values.Count(v => ending.Finals.Contains(v) || v.Equals(ending.Exit as Value));
        if (used == 0 || (used == 1 && @if.Values.Length == 1 && shapes.IsExpression(node))) return false;
        return ending.Kind switch
        {
            EndingKind.Function => true,
            EndingKind.Loop => ending.Exit is Value exit && @if.Values.Contains(exit),
            _ => false,
        };
    }

    private static Ending Through(Ending ending, If @if, Region branch)
    {
        if (branch.Stops) return Ending.Stopped;
        Operand Map(Operand operand)
        {
            var index = operand is Value value ? @if.Values.IndexOf(value) : -1;
            return index < 0 ? operand : branch.Yields[index];
        }

        return ending with { Finals = ending.Finals.Select(Map).ToImmutableArray(), Exit = ending.Exit is null ? null : Map(ending.Exit) };
    }
}
