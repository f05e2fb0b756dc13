namespace SoftDiff.Generator.Frontend;

/// <summary>The lengths of one or several tensors: a parameter's, or those a local was made with.</summary>
internal sealed class TensorShape
{
    /// <summary>The parameter that has the shape; null for a shape written out.</summary>
    public Value? Parameter { get; init; }

    /// <summary>The lengths of the parameter, a span.</summary>
    public Operand? Whole { get; init; }

    /// <summary>The length of each axis. For a parameter it is known once an access shows the number of axes.</summary>
    public ImmutableArray<Operand> Axes { get; set; }
}

internal sealed record TensorParts(Operand Tensor, Operand Elements, TensorShape Shape);
