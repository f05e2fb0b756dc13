namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>The results of a copied body.</summary>
internal sealed class Results
{
    private readonly Dictionary<Slot, Operand> _outputs = new();

    public Results(Function root, ImmutableArray<Slot> slots, ImmutableArray<Operand> yields)
    {
        var next = root.Returns is null ? 0 : 1;
        if (next == 1) Returned = yields[0];
        for (var i = 0; i < slots.Length; i++)
        {
            if (root.Parameters[i].IsResult) _outputs[slots[i]] = yields[next++];
        }
    }

    /// <summary>What the function returns; null for none.</summary>
    public Operand? Returned { get; }

    public Operand this[Slot slot] => _outputs[slot];
}
