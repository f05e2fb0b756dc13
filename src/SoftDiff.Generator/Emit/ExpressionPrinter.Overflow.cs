namespace SoftDiff.Generator.Emit;

/// <summary>The treatment of integer overflow at a place of the text.</summary>
internal enum Overflow
{
    /// <summary>They wrap around, but C# refuses constants that do.</summary>
    Default,

    /// <summary>Inside <c>checked</c>: an exception.</summary>
    Checked,

    /// <summary>Inside <c>unchecked</c>: they wrap around, constants too.</summary>
    Unchecked,
}

// Integer arithmetic: checked where the user's is, and nowhere else. The words apply to all that is written between their parentheses.
internal sealed partial class ExpressionPrinter
{
    private Overflow _overflow = overflow;

    /// <summary>Whether the operation has another result, or does not compile, where overflow is checked.</summary>
    public static bool WrapsAround(Op op) => op switch
    {
        Compute compute => !compute.Checked && CanOverflow(compute),
        For loop => loop.Trips is not null || loop.Inclusive || loop.Step is not (1 or -1),
        While loop => loop.Trips is not null,
        _ => false,
    };

    private Code Print(Compute compute)
    {
        if (!compute.Checked && !CanOverflow(compute)) return Operation(compute);
        if (compute.Checked && compute.Args.All(IsConstant)) compute = AtRunTime(compute);
        if (compute.Checked) return _overflow == Overflow.Checked ? Operation(compute) : Inside("checked", Overflow.Checked, compute);

        // C# evaluates constants itself and refuses those that overflow.
        var wraps = _overflow == Overflow.Unchecked || (_overflow == Overflow.Default && !compute.Args.All(IsConstant));
        return wraps ? Operation(compute) : Inside("unchecked", Overflow.Unchecked, compute);
    }

    /// <summary>Hides an operand from the compiler, which refuses constants that overflow: here they are an exception when the code runs.</summary>
    private Compute AtRunTime(Compute compute)
    {
        var first = compute.Args[0];
        var hidden = new SymbolConstant(first.Type, TypeNames.Of(first.Type) + ".CreateTruncating(" + Text(first) + ")");
        return compute with { Args = compute.Args.SetItem(0, hidden) };
    }

    private Code Inside(string keyword, Overflow overflow, Compute compute)
    {
        var outside = _overflow;
        _overflow = overflow;
        var code = Operation(compute);
        _overflow = outside;
        return Code.Primary(keyword + "(" + code.Text + ")");
    }

    private bool IsConstant(Operand operand) => operand switch
    {
        Value value => folding.IsFolded(value) && tree.Definition(value)!.Op is Compute compute && compute.Args.All(IsConstant),
        _ => operand is not SymbolConstant,
    };

    private static bool CanOverflow(Compute compute) => compute.Result.Type is ScalarType { Kind: ScalarKind.Int } type && compute.Code switch
    {
        Opcode.Add or Opcode.Subtract or Opcode.Multiply or Opcode.Negate => true,
        Opcode.Convert => !IntegerTypes.Holds(type, compute.Args[0].Type),
        Opcode.BitNot or Opcode.ShiftLeft => IntegerTypes.IsSmall(type),

        // The smallest integer by −1 is an exception anyway; of two constants C# makes an error.
        Opcode.Divide => compute.Args.All(arg => arg is IntegerConstant),
        _ => false,
    };
}
