namespace SoftDiff.Generator.IR;

/// <summary>
/// The scalar functions a <see cref="Compute"/> may apply. What is known of each stands in its row of <see cref="ScalarFunctions"/>. Their
/// order means nothing.
/// </summary>
internal enum Opcode
{
    // Arithmetic, on floats and integers alike (integers wrap unless Checked).
    Add, Subtract, Multiply, Divide, Remainder, Negate,

    // Integers and bools.
    BitAnd, BitOr, BitXor, BitNot, ShiftLeft, ShiftRight, ShiftRightUnsigned, Not,

    /// <summary>CheckIndex(index, length): the index, at least 0 and less than the length; IndexOutOfRangeException if it is not.</summary>
    CheckIndex,

    /// <summary>Count(a, b): the product of two lengths; -1 if one of them is negative, or if an int does not hold it.</summary>
    Count,

    /// <summary>RowCount(end, start): the difference, or NullReferenceException if the end is negative, which it is for a row that is null.</summary>
    RowCount,

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

    // Two or three floating-point operands; Max, Min and Clamp also take integers.
    Pow, Atan2, Atan2Pi, Hypot, LogBase, CopySign, TimesSign, Ieee754Remainder,
    Max, Min, MaxMagnitude, MinMagnitude, MaxNumber, MinNumber, MaxMagnitudeNumber, MinMagnitudeNumber,
    FusedMultiplyAdd, MultiplyAddEstimate, Lerp, Clamp, ClampNative, RootN, ScaleB,

    /// <summary>A pure method without derivative in the user's text, called by its name (<see cref="Compute.Symbol"/>): IsNaN.</summary>
    Pure,
}
