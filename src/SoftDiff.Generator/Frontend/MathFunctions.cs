using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

/// <summary>The framework's functions of numbers: Math, MathF, the static methods of number types, and generic math.</summary>
internal static class MathFunctions
{
    private static readonly Dictionary<(string Name, int Arity), Opcode> Codes = new()
    {
        [("Abs", 1)] = IR.Opcode.Abs, [("Sqrt", 1)] = IR.Opcode.Sqrt, [("Cbrt", 1)] = IR.Opcode.Cbrt,
        [("ReciprocalEstimate", 1)] = IR.Opcode.ReciprocalEstimate, [("ReciprocalSqrtEstimate", 1)] = IR.Opcode.ReciprocalSqrtEstimate,
        [("Exp", 1)] = IR.Opcode.Exp, [("ExpM1", 1)] = IR.Opcode.ExpM1, [("Exp2", 1)] = IR.Opcode.Exp2, [("Exp2M1", 1)] = IR.Opcode.Exp2M1,
        [("Exp10", 1)] = IR.Opcode.Exp10, [("Exp10M1", 1)] = IR.Opcode.Exp10M1,
        [("Log", 1)] = IR.Opcode.Log, [("LogP1", 1)] = IR.Opcode.LogP1, [("Log2", 1)] = IR.Opcode.Log2, [("Log2P1", 1)] = IR.Opcode.Log2P1,
        [("Log10", 1)] = IR.Opcode.Log10, [("Log10P1", 1)] = IR.Opcode.Log10P1,
        [("Sin", 1)] = IR.Opcode.Sin, [("Cos", 1)] = IR.Opcode.Cos, [("Tan", 1)] = IR.Opcode.Tan,
        [("Asin", 1)] = IR.Opcode.Asin, [("Acos", 1)] = IR.Opcode.Acos, [("Atan", 1)] = IR.Opcode.Atan,
        [("Sinh", 1)] = IR.Opcode.Sinh, [("Cosh", 1)] = IR.Opcode.Cosh, [("Tanh", 1)] = IR.Opcode.Tanh,
        [("Asinh", 1)] = IR.Opcode.Asinh, [("Acosh", 1)] = IR.Opcode.Acosh, [("Atanh", 1)] = IR.Opcode.Atanh,
        [("SinPi", 1)] = IR.Opcode.SinPi, [("CosPi", 1)] = IR.Opcode.CosPi, [("TanPi", 1)] = IR.Opcode.TanPi,
        [("AsinPi", 1)] = IR.Opcode.AsinPi, [("AcosPi", 1)] = IR.Opcode.AcosPi, [("AtanPi", 1)] = IR.Opcode.AtanPi,
        [("DegreesToRadians", 1)] = IR.Opcode.DegreesToRadians, [("RadiansToDegrees", 1)] = IR.Opcode.RadiansToDegrees,
        [("Sigmoid", 1)] = IR.Opcode.Sigmoid, [("Softplus", 1)] = IR.Opcode.Softplus,
        [("Floor", 1)] = IR.Opcode.Floor, [("Ceiling", 1)] = IR.Opcode.Ceiling, [("Truncate", 1)] = IR.Opcode.Truncate, [("Round", 1)] = IR.Opcode.Round,
        [("BitIncrement", 1)] = IR.Opcode.BitIncrement, [("BitDecrement", 1)] = IR.Opcode.BitDecrement,
        [("Pow", 2)] = IR.Opcode.Pow, [("Atan2", 2)] = IR.Opcode.Atan2, [("Atan2Pi", 2)] = IR.Opcode.Atan2Pi, [("Hypot", 2)] = IR.Opcode.Hypot,
        [("Log", 2)] = IR.Opcode.LogBase, [("CopySign", 2)] = IR.Opcode.CopySign,
        [("Ieee754Remainder", 2)] = IR.Opcode.Ieee754Remainder, [("IEEERemainder", 2)] = IR.Opcode.Ieee754Remainder,
        [("Max", 2)] = IR.Opcode.Max, [("Min", 2)] = IR.Opcode.Min,
        [("MaxMagnitude", 2)] = IR.Opcode.MaxMagnitude, [("MinMagnitude", 2)] = IR.Opcode.MinMagnitude,
        [("MaxNumber", 2)] = IR.Opcode.MaxNumber, [("MinNumber", 2)] = IR.Opcode.MinNumber,
        [("MaxMagnitudeNumber", 2)] = IR.Opcode.MaxMagnitudeNumber, [("MinMagnitudeNumber", 2)] = IR.Opcode.MinMagnitudeNumber,
        [("FusedMultiplyAdd", 3)] = IR.Opcode.FusedMultiplyAdd, [("MultiplyAddEstimate", 3)] = IR.Opcode.MultiplyAddEstimate,
        [("Lerp", 3)] = IR.Opcode.Lerp, [("Clamp", 3)] = IR.Opcode.Clamp, [("ClampNative", 3)] = IR.Opcode.ClampNative,
        [("RootN", 2)] = IR.Opcode.RootN, [("ScaleB", 2)] = IR.Opcode.ScaleB,
    };

    /// <summary>Whether the method is one of the framework's number functions, with or without derivative.</summary>
    public static bool IsFunction(IMethodSymbol method)
    {
        if (!method.IsStatic || method.ContainingType is not { } owner) return false;
        var space = owner.ContainingNamespace?.ToDisplayString();
        if (space == "System.Numerics") return owner.TypeKind == TypeKind.Interface || owner.Name == "BitOperations";
        if (space != "System") return false;
        return owner.Name is "Math" or "MathF" or "Double" or "Single" or "Int32" or "Int64" or "UInt32" or "UInt64" or "Int16" or "UInt16"
            || owner.Name is "Byte" or "SByte" or "Char" or "Boolean";
    }

    /// <summary>The scalar functions of the runtime that are rows of the rule table.</summary>
    public static bool IsSoft(IMethodSymbol method) =>
        method is { Name: "Sigmoid" or "Softplus", Parameters.Length: 1, ContainingType.Name: "Soft", ContainingNamespace.Name: "SoftDiff" }
        && method.Parameters[0].Type.SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    public static Opcode? Opcode(IMethodSymbol method) => Codes.TryGetValue((method.Name, method.Parameters.Length), out var code) ? code : null;

    /// <summary>Math.Round(x, mode) by its mode.</summary>
    public static Opcode? Rounding(IInvocationOperation call)
    {
        if (call.TargetMethod.Name != "Round" || call.Arguments.Length != 2) return null;
        return call.Arguments.Select(a => a.Value).FirstOrDefault(v => v.Type?.Name == "MidpointRounding")?.ConstantValue is { HasValue: true, Value: int mode }
            ? (MidpointRounding)mode switch
            {
                MidpointRounding.ToEven => IR.Opcode.Round,
                MidpointRounding.AwayFromZero => IR.Opcode.RoundAwayFromZero,
                (MidpointRounding)2 => IR.Opcode.Truncate,
                (MidpointRounding)3 => IR.Opcode.Floor,
                (MidpointRounding)4 => IR.Opcode.Ceiling,
                _ => null,
            }
            : null;
    }

    /// <summary>Rounding to digits: constant between jumps, and of no use inside a derivative.</summary>
    public static bool IsRoundingToDigits(IMethodSymbol method) =>
        method is { Name: "Round", Parameters.Length: > 1 } && method.Parameters[1].Type.SpecialType == SpecialType.System_Int32;

    /// <summary>T.One, T.Zero, T.Pi and their like.</summary>
    public static double? NamedNumber(IPropertySymbol property) => property.ContainingNamespace?.ToDisplayString() is "System.Numerics" or "System"
        ? property.Name switch
        {
            "One" or "MultiplicativeIdentity" => 1,
            "Zero" or "AdditiveIdentity" => 0,
            "NegativeOne" => -1,
            "Pi" => Math.PI,
            "E" => Math.E,
            "Tau" => 2 * Math.PI,
            "NaN" => double.NaN,
            "PositiveInfinity" => double.PositiveInfinity,
            "NegativeInfinity" => double.NegativeInfinity,
            "NegativeZero" => -0.0,
            _ => null,
        }
        : null;
}
