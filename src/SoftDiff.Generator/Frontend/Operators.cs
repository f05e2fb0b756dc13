using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>C# operators as opcodes.</summary>
internal static class Operators
{
    public static Opcode? Binary(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => Opcode.Add,
        BinaryOperatorKind.Subtract => Opcode.Subtract,
        BinaryOperatorKind.Multiply => Opcode.Multiply,
        BinaryOperatorKind.Divide => Opcode.Divide,
        BinaryOperatorKind.Remainder => Opcode.Remainder,
        BinaryOperatorKind.And => Opcode.BitAnd,
        BinaryOperatorKind.Or => Opcode.BitOr,
        BinaryOperatorKind.ExclusiveOr => Opcode.BitXor,
        BinaryOperatorKind.LeftShift => Opcode.ShiftLeft,
        BinaryOperatorKind.RightShift => Opcode.ShiftRight,
        BinaryOperatorKind.UnsignedRightShift => Opcode.ShiftRightUnsigned,
        BinaryOperatorKind.Equals => Opcode.Equal,
        BinaryOperatorKind.NotEquals => Opcode.NotEqual,
        BinaryOperatorKind.LessThan => Opcode.Less,
        BinaryOperatorKind.LessThanOrEqual => Opcode.LessEqual,
        BinaryOperatorKind.GreaterThan => Opcode.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => Opcode.GreaterEqual,
        _ => null,
    };

    public static bool IsShift(BinaryOperatorKind kind) =>
        kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;

    /// <summary>Whether the operator, applied to integers, throws where overflow is checked and wraps around elsewhere.</summary>
    public static bool CanOverflow(Opcode code) => code is Opcode.Add or Opcode.Subtract or Opcode.Multiply or Opcode.Negate;

    public static bool IsComparison(Opcode code) => ScalarFunctions.Of(code).Signature.GivesBool;
}
