namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>How the coefficients of a node come from those of its operands.</summary>
internal enum SeriesKind
{
    /// <summary>An operand of the operation: a number, or a series that is given.</summary>
    Leaf,

    /// <summary>A function of numbers: all coefficients but the first are zero.</summary>
    Fixed,

    /// <summary>Each coefficient is what the row's Push makes of the operands' coefficients.</summary>
    Linear,

    /// <summary><see cref="SeriesRecurrence.Product"/></summary>
    Product,

    /// <summary><see cref="SeriesRecurrence.Quotient"/></summary>
    Quotient,

    /// <summary><see cref="SeriesRecurrence.Power"/></summary>
    Power,

    /// <summary>y[k] = d[k - 1]/k, where d is the series of the derivative.</summary>
    Integral,

    /// <summary>The coefficients, from the first on, of another node: the row's expansion.</summary>
    Expanded,

    /// <summary>The series of the derivative of a node: s[k] = (k + 1)·u[k + 1].</summary>
    Slope,
}

/// <summary>
/// A power series in a <see cref="SeriesGraph"/>. Nodes are equal if they are one object; the graph has no two that mean the same.
/// </summary>
internal sealed class SeriesNode
{
    public SeriesNode(SeriesKind kind, IrType type, Opcode? code, ImmutableArray<SeriesNode> args, Operand? operand, bool varies)
    {
        Kind = kind;
        Type = type;
        Code = code;
        Args = args;
        Operand = operand;
        Varies = varies;
    }

    public SeriesKind Kind { get; }

    public IrType Type { get; }

    /// <summary>The scalar function whose value this is the series of; null for a leaf and for a slope.</summary>
    public Opcode? Code { get; }

    public ImmutableArray<SeriesNode> Args { get; }

    /// <summary>What a leaf stands for.</summary>
    public Operand? Operand { get; }

    /// <summary>Whether any coefficient but the first may differ from zero.</summary>
    public bool Varies { get; }

    public ScalarType Scalar => (ScalarType)Type;
}
