namespace SoftDiff.Generator.IR;

/// <summary>The scalar functions a <see cref="Compute"/> may apply. What each one's derivative is stands in Rules, how it is spelt in Emit.</summary>
internal enum Opcode
{
    // Arithmetic, on floats and integers alike (integers wrap unless Checked).
    Add, Subtract, Multiply, Divide, Remainder, Negate,

    // Integers and bools.
    BitAnd, BitOr, BitXor, BitNot, ShiftLeft, ShiftRight, ShiftRightUnsigned, Not,

    /// <summary>CheckIndex(index, length): the index, which is at least 0 and less than the length; IndexOutOfRangeException if it is not.</summary>
    CheckIndex,

    // Comparisons: two operands of one type, a bool.
    Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual,

    /// <summary>Select(condition, a, b): both are already computed.</summary>
    Select,

    /// <summary>To the type of the result; from float to int it truncates as C# does.</summary>
    Convert,

    /// <summary>The value, with derivative zero (Diff.StopGradient).</summary>
    StopGradient,

    /// <summary>Replace(value, source): the value of the one with the derivative of the other (straight-through estimators).</summary>
    Replace,

    // One floating-point operand.
    Abs, Sqrt, Cbrt, ReciprocalEstimate, ReciprocalSqrtEstimate,
    Exp, ExpM1, Exp2, Exp2M1, Exp10, Exp10M1,
    Log, LogP1, Log2, Log2P1, Log10, Log10P1,
    Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh, Tanh, Asinh, Acosh, Atanh,
    SinPi, CosPi, TanPi, AsinPi, AcosPi, AtanPi,
    DegreesToRadians, RadiansToDegrees,
    Sigmoid, Softplus,

    // One operand, piecewise constant.
    Floor, Ceiling, Truncate, Round, RoundAwayFromZero, Sign, BitIncrement, BitDecrement,

    // Two or three floating-point operands.
    Pow, Atan2, Atan2Pi, Hypot, LogBase, CopySign, Ieee754Remainder,
    Max, Min, MaxMagnitude, MinMagnitude, MaxNumber, MinNumber, MaxMagnitudeNumber, MinMagnitudeNumber,
    FusedMultiplyAdd, MultiplyAddEstimate, Lerp, Clamp, ClampNative, RootN, ScaleB,

    /// <summary>A pure method without derivative, called by its C# name (<see cref="Compute.Symbol"/>): integer maths, IsNaN, ILogB, Sign.</summary>
    Pure,
}

/// <summary>What passes ask of opcodes.</summary>
internal static class Opcodes
{
    /// <summary>Whether it is a call of the platform's mathematics library, over which the JIT keeps no floating-point register.</summary>
    public static bool IsFunctionCall(this Opcode code) => code
        is Opcode.Exp or Opcode.Exp2 or Opcode.Exp10 or Opcode.Log or Opcode.Log2 or Opcode.Log10 or Opcode.Pow
        or Opcode.Sin or Opcode.Cos or Opcode.Tan or Opcode.Asin or Opcode.Acos or Opcode.Atan or Opcode.Atan2
        or Opcode.Sinh or Opcode.Cosh or Opcode.Tanh or Opcode.Asinh or Opcode.Acosh or Opcode.Atanh or Opcode.Cbrt;
}
