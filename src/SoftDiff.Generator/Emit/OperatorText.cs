namespace SoftDiff.Generator.Emit;

/// <summary>How operators bind, and which comparisons are opposites.</summary>
internal static class OperatorText
{
    /// <summary>The symbol and precedence of a scalar function that is an operator between two operands; null for any other.</summary>
    public static (string Symbol, int Precedence)? Binary(Opcode code) =>
        ScalarFunctions.Of(code) is { Spelling: { Home: Home.Operator, Name: var symbol }, Signature.Operands.Length: 2 } ? (symbol, PrecedenceOf(symbol)) : null;

    private static int PrecedenceOf(string symbol) => symbol switch
    {
        "+" or "-" => Precedence.Additive,
        "*" or "/" or "%" => Precedence.Multiplicative,
        "&" => Precedence.BitAnd,
        "|" => Precedence.BitOr,
        "^" => Precedence.BitXor,
        "<<" or ">>" or ">>>" => Precedence.Shift,
        "==" or "!=" => Precedence.Equality,
        "<" or "<=" or ">" or ">=" => Precedence.Relational,
        _ => throw new NotSupportedException("The operator " + symbol),
    };

    /// <summary>The comparison that is true exactly where this one is false, if there is one (not for floats, where NaN is neither).</summary>
    public static Opcode? Opposite(Opcode code, IrType operands) => code switch
    {
        Opcode.Equal => Opcode.NotEqual,
        Opcode.NotEqual => Opcode.Equal,
        _ when operands is not ScalarType { Kind: ScalarKind.Int } => null,
        Opcode.Less => Opcode.GreaterEqual,
        Opcode.LessEqual => Opcode.Greater,
        Opcode.Greater => Opcode.LessEqual,
        Opcode.GreaterEqual => Opcode.Less,
        _ => null,
    };
}
