using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>What to write instead of a type that has no place in a method to differentiate.</summary>
internal static class TypeAdvice
{
    /// <summary>What to write instead of a conversion to the type.</summary>
    public static string ForConversion(ITypeSymbol? type) => For(type) is var advice && advice == TypeMapping.Supported ? "convert between numbers only" : advice;

    public static string For(ITypeSymbol? type) => type switch
    {
        { TypeKind: TypeKind.Dynamic } => "give it a type, such as double",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "use a Span or a ReadOnlySpan",
        { SpecialType: SpecialType.System_Decimal } or { Name: "Half" or "BigInteger" or "Int128" or "UInt128", ContainingNamespace.Name: "System" or "Numerics" } =>
            "compute with double, and convert before and after",
        INamedTypeSymbol { Name: "Tensor", Arity: 1, ContainingNamespace.Name: "Tensors" } tensor =>
            "take a ReadOnlyTensorSpan<" + tensor.TypeArguments[0].Spelled() + ">, which AsReadOnlyTensorSpan() gives, or a TensorSpan to write to",
        ITypeParameterSymbol parameter => "constrain it, as in where " + parameter.Name + " : IFloatingPointIeee754<" + parameter.Name + ">",
        _ when Products.IsNullable(type) => "take it by value, and return the new one",
        _ => TypeMapping.Supported,
    };
}
