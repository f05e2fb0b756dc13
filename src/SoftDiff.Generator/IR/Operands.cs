namespace SoftDiff.Generator.IR;

/// <summary>An operand of an operation: a value defined before it, or a constant.</summary>
internal abstract record Operand(IrType Type)
{
    /// <summary>The zero of a type, for lanes the number 0; <c>default</c> for a type without zero.</summary>
    public static Operand Zero(IrType type) => type switch
    {
        ScalarType { Kind: ScalarKind.Float } scalar => new NumberConstant(scalar.LaneOf ?? scalar, 0),
        ScalarType { Kind: ScalarKind.Int } scalar => new IntegerConstant(scalar, 0),
        ScalarType { Kind: ScalarKind.Bool } => BoolConstant.False,
        _ => new SymbolConstant(type, "default"),
    };
}

/// <summary>
/// A value, defined exactly once: by an operation, as a function parameter, or as a loop's index or carried parameter.
/// Identity is the number; the name is a hint for the emitted text and may repeat.
/// </summary>
internal sealed record Value(int Id, IrType Type, string Name) : Operand(Type)
{
    /// <summary>The name is the user's own, so the emitted text keeps a statement for it.</summary>
    public bool IsUserNamed { get; init; }

    public bool Equals(Value? other) => other is not null && other.Id == Id;

    public override int GetHashCode() => Id;

    public override string ToString() => "%" + Id;
}

/// <summary>A floating-point constant; of type <c>float</c> it holds the float's value exactly. The spelling is the user's literal.</summary>
internal sealed record NumberConstant(ScalarType Scalar, double Number, string? Spelling = null) : Operand(Scalar)
{
    // Compared by bits so that -0 and NaN are constants like any other; how the user spelt it does not matter.
    public bool Equals(NumberConstant? other) =>
        other is not null && other.Scalar == Scalar
        && BitConverter.DoubleToInt64Bits(other.Number) == BitConverter.DoubleToInt64Bits(Number);

    public override int GetHashCode() => BitConverter.DoubleToInt64Bits(Number).GetHashCode();

    public bool Is(double number) => BitConverter.DoubleToInt64Bits(Number) == BitConverter.DoubleToInt64Bits(number);
}

/// <summary>An integer, character or enum constant (as its 64 bits).</summary>
internal sealed record IntegerConstant(ScalarType Scalar, long Number) : Operand(Scalar)
{
    /// <summary>Whether it is known to be a float, and so a double, without rounding.</summary>
    public bool FitsFloat => Number is >= -(1 << 24) and <= 1 << 24;
}

internal sealed record BoolConstant(bool Flag) : Operand(ScalarType.Bool)
{
    public static readonly BoolConstant True = new(true);
    public static readonly BoolConstant False = new(false);
}

/// <summary>
/// Something that does not change while the function runs, named by a C# expression: a static readonly field, a member of the receiver, a
/// <c>default</c>.
/// </summary>
internal sealed record SymbolConstant(IrType Of, string Expression) : Operand(Of)
{
    /// <summary>Whether the expression has a meaning only in an instance method.</summary>
    public bool IsOfReceiver { get; init; }

    /// <summary>Whether other code could give it another value, were it to run meanwhile.</summary>
    public bool IsAssignable { get; init; }
}
