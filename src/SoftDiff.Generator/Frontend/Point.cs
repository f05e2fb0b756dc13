namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Where lowering is: the block that receives operations, and what the variables hold. Every part of the frontend that adds operations shares it.
/// </summary>
internal sealed class Point
{
    public Point(ValueSource values)
    {
        Values = values;
        Block = new BlockBuilder(values);
        Entry = new BlockBuilder(values);
    }

    public ValueSource Values { get; }

    public BlockBuilder Block { get; set; }

    public Environment Env { get; set; } = new();

    /// <summary>The first number of a value that the body of the innermost loop defines; 0 outside of loops.</summary>
    public int IterationStart { get; set; }

    /// <summary>The operations of the function that come before all others.</summary>
    public BlockBuilder Entry { get; }
}
