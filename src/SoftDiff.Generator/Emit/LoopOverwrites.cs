namespace SoftDiff.Generator.Emit;

/// <summary>
/// Finds the places where loop variables get their next values. A value that reads such a variable must be written before that place;
/// otherwise the next value would need a second variable.
/// </summary>
internal sealed class LoopOverwrites
{
    private readonly Tree _tree;
    private readonly List<(Node At, Value Param)> _overwrites = new();

    public LoopOverwrites(Tree tree)
    {
        _tree = tree;
        Find(tree.Root);
    }

    /// <summary>Whether one of the variables that a value reads is overwritten between the value's own place and its use.</summary>
    /// <param name="node">Computes the value.</param>
    /// <param name="use">Reads the value.</param>
    /// <param name="leaves">The variables that the text of the value reads.</param>
    public bool ComeBetween(Node node, Use use, Func<IEnumerable<Value>> leaves)
    {
        HashSet<Value>? read = null;
        foreach (var (at, param) in _overwrites)
        {
            if (at.Order <= node.Order || at.Order >= use.Order) continue;
            read ??= new HashSet<Value>(leaves());
            if (read.Contains(param)) return true;
        }

        return false;
    }

    private void Find(Region region)
    {
        foreach (var inner in region.Nodes.SelectMany(n => n.Inner)) Find(inner);
        if (region.Ending.Kind != EndingKind.Loop) return;
        var carried = ((Loop)region.Ending.Loop!.Op).Carried;
        for (var i = 0; i < carried.Length; i++) Add(region.Ending.Finals[i], carried[i].Param);
    }

    private void Add(Operand next, Value param)
    {
        if (next is not Value value || _tree.Definition(value) is not { } node || value.Equals(param)) return;
        _overwrites.Add((node, param));
        if (node.Op is not If @if) return;
        var index = @if.Values.IndexOf(value);
        foreach (var branch in node.Inner.Where(r => !r.Stops && index >= 0)) Add(branch.Yields[index], param);
    }
}
