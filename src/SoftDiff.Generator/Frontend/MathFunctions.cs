using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>The framework's functions of numbers: Math, MathF, the static methods of number types, and generic math.</summary>
internal static class MathFunctions
{
    private static readonly Dictionary<(string Name, int Arity), Opcode> Codes = Named(Home.Math, Home.MathOfDouble, Home.NumberType);

    private static readonly Dictionary<(string Name, int Arity), Opcode> SoftCodes = Named(Home.Soft);

    private static readonly Dictionary<int, Opcode> Roundings = ScalarFunctions.All.Where(f => f.Spelling.Rounding is not null)
        .ToDictionary(f => (int)f.Spelling.Rounding!.Value, f => f.Code);

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

    /// <summary>The functions of the runtime that are scalar functions of the IR.</summary>
    public static bool IsSoft(IMethodSymbol method) =>
        method.ContainingType is { Name: "Soft", ContainingNamespace.Name: "SoftDiff" } && SoftCodes.ContainsKey((method.Name, method.Parameters.Length))
        && method.Parameters[0].Type.SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    /// <summary>The scalar function that a method of the framework or the runtime computes; null if there is none.</summary>
    public static Opcode? Opcode(IMethodSymbol method) =>
        (IsSoft(method) ? SoftCodes : Codes).TryGetValue((method.Name, method.Parameters.Length), out var code) ? code : null;

    /// <summary>Math.Round(x, mode) by its mode.</summary>
    public static Opcode? Rounding(CallSite call)
    {
        if (call.TargetMethod.Name != "Round" || call.Arguments.Length != 2) return null;
        var argument = call.Arguments.Select(a => a.Value).FirstOrDefault(v => v.Type?.Name == "MidpointRounding");
        return argument?.ConstantValue is { HasValue: true, Value: int mode } && Roundings.TryGetValue(mode, out var code) ? code : null;
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

    /// <summary>The functions found there, by their names and numbers of parameters.</summary>
    private static Dictionary<(string Name, int Arity), Opcode> Named(params Home[] homes)
    {
        var codes = new Dictionary<(string Name, int Arity), Opcode>();
        foreach (var function in ScalarFunctions.All.Where(f => homes.Contains(f.Spelling.Home) && !f.Spelling.NeedsRounding))
        {
            var arity = function.Signature.Operands.Length;
            codes.Add((function.Spelling.Name, arity), function.Code);
            if (function.Spelling.MathName is { } other) codes.Add((other, arity), function.Code);
        }

        return codes;
    }
}
