using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Emit;

/// <summary>Which scalar functions are C# operators, and how those are written.</summary>
internal static class Spelling
{
    public static (string Symbol, int Precedence)? Binary(Opcode code) => code switch
    {
        Opcode.Add => ("+", Precedence.Additive),
        Opcode.Subtract => ("-", Precedence.Additive),
        Opcode.Multiply => ("*", Precedence.Multiplicative),
        Opcode.Divide => ("/", Precedence.Multiplicative),
        Opcode.Remainder => ("%", Precedence.Multiplicative),
        Opcode.BitAnd => ("&", Precedence.BitAnd),
        Opcode.BitOr => ("|", Precedence.BitOr),
        Opcode.BitXor => ("^", Precedence.BitXor),
        Opcode.ShiftLeft => ("<<", Precedence.Shift),
        Opcode.ShiftRight => (">>", Precedence.Shift),
        Opcode.ShiftRightUnsigned => (">>>", Precedence.Shift),
        Opcode.Equal => ("==", Precedence.Equality),
        Opcode.NotEqual => ("!=", Precedence.Equality),
        Opcode.Less => ("<", Precedence.Relational),
        Opcode.LessEqual => ("<=", Precedence.Relational),
        Opcode.Greater => (">", Precedence.Relational),
        Opcode.GreaterEqual => (">=", Precedence.Relational),
        _ => null,
    };

    public static bool IsFunction(Opcode code) =>
        Binary(code) is null
        && code is not (Opcode.Negate or Opcode.BitNot or Opcode.Not)
        && code is not (Opcode.Select or Opcode.Convert or Opcode.StopGradient or Opcode.Replace or Opcode.Pure);

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
