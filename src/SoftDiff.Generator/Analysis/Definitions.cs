namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Where a value is defined: its block, its position there (-1 for a parameter of the block) and its operation (null for a function parameter).
/// </summary>
internal sealed record Definition(Block Block, int Position, Op? Op);

/// <summary>
/// Where every value of a function is defined, which array each view shares storage with, and which block lies in which.
/// </summary>
internal sealed class Definitions
{
    private readonly Dictionary<Value, Definition> _definitions = new();
    private readonly Dictionary<Value, Operand> _viewed = new();
    private readonly Dictionary<Block, (Block Block, int Position)> _owners = new(ByReference<Block>.Instance);

    public Definitions(Function function)
    {
        foreach (var parameter in function.Parameters) _definitions[parameter.Value] = new Definition(function.Body, -1, null);
        Visit(function.Body);
    }

    public Definition this[Value value] => _definitions[value];

    public bool TryGet(Value value, out Definition definition) => _definitions.TryGetValue(value, out definition!);

    /// <summary>The operation that defines an operand; null for a constant, a parameter of the function, and a value that is not the function's.</summary>
    public Op? OpOf(Operand operand) => operand is Value value && _definitions.TryGetValue(value, out var definition) ? definition.Op : null;

    /// <summary>Registers a value that a transform adds to an existing operation's results.</summary>
    public void Add(Value value, Block block, int position, Op op) => _definitions[value] = new Definition(block, position, op);

    /// <summary>
    /// The array whose storage this array certainly shares: itself, or the array of which it is a view. <see cref="Aliases"/> knows of
    /// arrays that perhaps share storage.
    /// </summary>
    public Operand Root(Operand array)
    {
        while (array is Value value && _viewed.TryGetValue(value, out var of)) array = of;
        return array;
    }

    /// <summary>The block and position of the operation that owns a block; null for the function's body.</summary>
    public (Block Block, int Position)? Owner(Block block) => _owners.TryGetValue(block, out var owner) ? owner : null;

    /// <summary>Whether a block is another one or lies in it.</summary>
    public bool IsInside(Block block, Block outer)
    {
        for (Block? current = block; current is not null; current = Owner(current)?.Block)
        {
            if (ReferenceEquals(current, outer)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the block, or a block inside it, defines the operand. If the block is a loop's body, the operand may then differ between
    /// iterations.
    /// </summary>
    public bool IsDefinedIn(Operand operand, Block block) => operand is Value value && TryGet(value, out var definition) && IsInside(definition.Block, block);

    private void Visit(Block block)
    {
        for (var i = 0; i < block.Ops.Length; i++)
        {
            var op = block.Ops[i];
            foreach (var result in op.Results) _definitions[result] = new Definition(block, i, op);
            if (op.Viewed is { } viewed) _viewed[op.Results[0]] = viewed;
            foreach (var inner in op.Blocks())
            {
                _owners[inner] = (block, i);
                if (op is Loop loop)
                {
                    // A loop's variables are defined where its body starts; the condition block of a while loop sees them as well.
                    foreach (var parameter in op.BlockParameters()) _definitions[parameter] = new Definition(loop.Body, -1, op);
                }

                Visit(inner);
            }
        }
    }
}
