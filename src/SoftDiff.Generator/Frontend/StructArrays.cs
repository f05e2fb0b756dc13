using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Numerics;

namespace SoftDiff.Generator.Frontend;

/// <summary>An array or span of structs whose members are all of one floating-point type, so that it is an array of numbers too.</summary>
/// <param name="Element">The struct.</param>
/// <param name="Numbers">The array of its numbers, one element after the other.</param>
internal sealed record StructArrayType(ProductType Element, ArrayType Numbers) : IrType
{
    /// <summary>How many numbers an element has.</summary>
    public int Stride => ProductType.Count(Element);
}

/// <summary>A value of such a type.</summary>
internal sealed record StructArray(StructArrayType Of, Operand Numbers) : Composite(Of)
{
    public override ImmutableArray<Operand> Parts => ImmutableArray.Create(Numbers);

    public override Composite With(ImmutableArray<Operand> parts) => this with { Numbers = parts[0] };
}

/// <summary>Maps C# types to arrays of structs.</summary>
internal static class StructArrays
{
    /// <summary>The array that a type is; null if it is none, or its elements are not numbers side by side.</summary>
    public static StructArrayType? Map(ITypeSymbol? type, TypeMapping types)
    {
        var (element, form) = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => (array.ElementType, ArrayForm.Array),
            INamedTypeSymbol { Arity: 1, IsRefLikeType: true, Name: "Span", ContainingNamespace.Name: "System" } span => (span.TypeArguments[0], ArrayForm.Span),
            INamedTypeSymbol { Arity: 1, IsRefLikeType: true, Name: "ReadOnlySpan", ContainingNamespace.Name: "System" } span =>
                (span.TypeArguments[0], ArrayForm.ReadOnlySpan),
            _ => (null, ArrayForm.Array),
        };
        if (element is null || Products.Map(element, types) is not { } product || !IsSequential(element, types)) return null;
        var leaves = product.Leaves.Distinct().ToList();
        return leaves.Count == 1 && leaves[0] is ScalarType { Kind: ScalarKind.Float } number
            ? new StructArrayType(product, new ArrayType(number, form))
            : null;
    }

    /// <summary>Whether the members lie in memory in the order of their declaration. The runtime chooses the order in tuples.</summary>
    private static bool IsSequential(ITypeSymbol type, TypeMapping types)
    {
        type = types.Resolve(type);
        if (types.Scalar(type) is not null || NumericTypes.Is(type)) return true;
        return Products.IsStruct(type)
            && !type.GetAttributes().Any(a => a.AttributeClass?.Name == "StructLayoutAttribute")
            && type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).All(field => IsSequential(field.Type, types));
    }
}
