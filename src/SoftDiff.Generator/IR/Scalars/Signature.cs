namespace SoftDiff.Generator.IR;

/// <summary>Sets of scalar types.</summary>
[Flags]
internal enum Domain
{
    Float = 1,
    Integer = 2,
    Bool = 4,
    Opaque = 8,

    /// <summary>The type <c>int</c> and no other integer.</summary>
    Index = 16,

    Number = Float | Integer,
    Whole = Integer | Bool,
    Known = Number | Bool,
    Any = Known | Opaque,
}

/// <summary>The type of one operand.</summary>
internal enum OperandKind
{
    /// <summary>The type that the function works in: that of its result, or of its first operand if the result is a bool.</summary>
    Own,

    /// <summary>An integer of any type.</summary>
    Integer,

    /// <summary>A number of any type.</summary>
    Number,

    Bool,
}

/// <summary>The operands that a scalar function takes.</summary>
/// <param name="Works">The types in which the function works.</param>
/// <param name="Operands">The operands, in order.</param>
internal sealed record Signature(Domain Works, ImmutableArray<OperandKind> Operands)
{
    /// <summary>The result is a bool, whatever type the function works in.</summary>
    public bool GivesBool { get; init; }

    /// <summary>Operands and result may be anything, as those of a method called by its name.</summary>
    public bool IsOpen { get; init; }

    /// <summary>That many operands of the function's own type.</summary>
    public static Signature Of(Domain works, int count) => new(works, Enumerable.Repeat(OperandKind.Own, count).ToImmutableArray());

    public static Signature Of(Domain works, params OperandKind[] operands) => new(works, operands.ToImmutableArray());

    /// <summary>The types of the operands where the function works in the given type, with <c>int</c> for an integer of any type.</summary>
    public ImmutableArray<ScalarType> Types(ScalarType own) => Operands.Select(kind => kind switch
    {
        OperandKind.Integer => ScalarType.Int32,
        OperandKind.Bool => ScalarType.Bool,
        _ => own,
    }).ToImmutableArray();

    /// <summary>Whether the function takes such operands to such a result.</summary>
    public bool Fits(ScalarType result, IReadOnlyList<ScalarType> operands)
    {
        if (IsOpen) return true;
        if (operands.Count != Operands.Length || (GivesBool && result.Kind != ScalarKind.Bool)) return false;
        var own = GivesBool ? operands[0] : result;
        return Has(Works, own) && Operands.Zip(operands, (kind, type) => kind switch
        {
            OperandKind.Own => type == own || (own.LaneOf is { } element && type == element),
            OperandKind.Integer => Has(Domain.Integer, type),
            OperandKind.Number => Has(Domain.Number, type),
            _ => Has(Domain.Bool, type),
        }).All(fits => fits);
    }

    /// <summary>Whether the set has the type.</summary>
    public static bool Has(Domain domain, ScalarType type)
    {
        if (type == ScalarType.Int32 && (domain & Domain.Index) != 0) return true;
        var kind = type.Kind switch
        {
            ScalarKind.Float => Domain.Float,
            ScalarKind.Int => Domain.Integer,
            ScalarKind.Bool => Domain.Bool,
            _ => Domain.Opaque,
        };
        return (domain & kind) != 0;
    }
}
