using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Emit;

/// <summary>How each scalar function is called for <c>double</c>, <c>float</c> and a type parameter.</summary>
internal static class MathNames
{
    /// <summary>The method's full name; the arguments follow in the order of the operands.</summary>
    public static string Of(Opcode code, IrType type)
    {
        if (code == Opcode.Sign) return "global::SoftDiff.Partials.Sign";
        if (code == Opcode.CheckIndex) return "global::SoftDiff.Shape.Index";
        if (code is Opcode.Sigmoid or Opcode.Softplus) return "global::SoftDiff.Soft." + code;

        var scalar = (ScalarType)type;
        if (scalar.IsTypeParameter) return scalar.Name + "." + Generic(code);
        if (scalar.Name == "float" && code == Opcode.Clamp) return "global::System.Math.Clamp";
        if (!IsInMath(code)) return scalar.Name + "." + code;
        return (scalar.Name == "float" ? "global::System.MathF." : "global::System.Math.") + Classic(code);
    }

    private static string Generic(Opcode code) => code switch
    {
        Opcode.LogBase => "Log",
        Opcode.RoundAwayFromZero => "Round",
        _ => code.ToString(),
    };

    private static string Classic(Opcode code) => code switch
    {
        Opcode.LogBase => "Log",
        Opcode.RoundAwayFromZero => "Round",
        Opcode.Ieee754Remainder => "IEEERemainder",
        _ => code.ToString(),
    };

    private static bool IsInMath(Opcode code) => code is
        Opcode.Abs or Opcode.Sqrt or Opcode.Cbrt or Opcode.ReciprocalEstimate or Opcode.ReciprocalSqrtEstimate
        or Opcode.Exp or Opcode.Log or Opcode.Log2 or Opcode.Log10 or Opcode.LogBase
        or Opcode.Sin or Opcode.Cos or Opcode.Tan or Opcode.Asin or Opcode.Acos or Opcode.Atan or Opcode.Atan2
        or Opcode.Sinh or Opcode.Cosh or Opcode.Tanh or Opcode.Asinh or Opcode.Acosh or Opcode.Atanh
        or Opcode.Floor or Opcode.Ceiling or Opcode.Truncate or Opcode.Round or Opcode.RoundAwayFromZero
        or Opcode.BitIncrement or Opcode.BitDecrement or Opcode.Pow or Opcode.CopySign or Opcode.Ieee754Remainder
        or Opcode.Max or Opcode.Min or Opcode.MaxMagnitude or Opcode.MinMagnitude
        or Opcode.FusedMultiplyAdd or Opcode.Clamp or Opcode.ScaleB;
}
