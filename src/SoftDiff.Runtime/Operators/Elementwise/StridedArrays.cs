namespace SoftDiff;

/// <summary>
/// The arrays that a pass reads and writes, in the order of the numbers below. Arrays that the pass does not use stay empty.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct StridedArrays<T>
{
    /// <summary>The numbers of the first tangent, of the cotangent of the value, of the value, its tangent and the first cotangent of an input.</summary>
    public const int FirstTangent = 3, Cotangent = 6, Result = 7, ResultTangent = 8, FirstGradient = 9, Count = 12;

    /// <summary>The inputs.</summary>
    public StridedArray<T> X, Y, Z;

    /// <summary>Their tangents.</summary>
    public StridedArray<T> TX, TY, TZ;

    /// <summary>The cotangent of the value.</summary>
    public StridedArray<T> CValue;

    /// <summary>Receive the value and its tangent.</summary>
    public StridedArray<T> Value, TValue;

    /// <summary>Receive the cotangents of the inputs.</summary>
    public StridedArray<T> DX, DY, DZ;

    public readonly StridedArray<T> this[int number] => number switch
    {
        0 => X,
        1 => Y,
        2 => Z,
        3 => TX,
        4 => TY,
        5 => TZ,
        Cotangent => CValue,
        Result => Value,
        ResultTangent => TValue,
        9 => DX,
        10 => DY,
        _ => DZ,
    };

    public static bool IsOutput(int number) => number >= Result;

    public static string Name(int number, InputNames names) => number switch
    {
        < FirstTangent => names.Inputs[number],
        < Cotangent => names.Tangents[number - FirstTangent],
        Cotangent => "cDestination",
        Result => "destination",
        ResultTangent => "tDestination",
        _ => names.Gradients[number - FirstGradient],
    };
}
