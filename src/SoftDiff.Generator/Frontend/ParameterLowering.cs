using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Implicit;

namespace SoftDiff.Generator.Frontend;

/// <summary>A C# parameter as a parameter of the IR; null if its type has no place there.</summary>
internal static class ParameterLowering
{
    public static Parameter? Lower(IParameterSymbol symbol, TypeMapping types, ValueSource values, IReadOnlyCollection<string>? wrt)
    {
        if ((types.Map(symbol.Type) ?? types.Passive(symbol.Type)) is not { } type) return null;
        var mode = symbol.RefKind switch
        {
            RefKind.None => ParameterMode.Value,
            RefKind.In or RefKind.RefReadOnlyParameter => ParameterMode.In,
            RefKind.Ref => ParameterMode.Ref,
            _ => ParameterMode.Out,
        };
        if (mode != ParameterMode.Value && type is ArrayType { IsTensor: var isTensor } && !(isTensor && mode == ParameterMode.In)) return null;
        var passive = IsPassive(symbol);
        var value = values.Fresh(type, symbol.Name) with { IsUserNamed = true };
        var isWrt = type.CarriesDerivative && !passive && (wrt is null || wrt.Count == 0 || wrt.Contains(symbol.Name));
        return new Parameter(value, mode, isWrt, Scratch: passive && type.CarriesDerivative);
    }

    public static bool IsPassive(IParameterSymbol symbol) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "SoftDiff.NonDifferentiableAttribute") || ImplicitAttribute.IsConstant(symbol);
}
