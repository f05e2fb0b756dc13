using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>Maps C# types to products. Only tuples are products today.</summary>
internal static class Products
{
    /// <summary>The product that a type is; null if it is none, or has a member that is neither a scalar nor a product.</summary>
    public static ProductType? Map(ITypeSymbol type, TypeMapping types)
    {
        var members = ImmutableArray.CreateBuilder<(string, IrType)>();
        foreach (var field in Fields(type))
        {
            if (((IrType?)types.Scalar(field.Type) ?? Map(field.Type, types)) is not { } member) return null;
            members.Add((Name(field), member));
        }

        return members.Count == 0 ? null : new ProductType(members.ToImmutable());
    }

    /// <summary>The member that a field reference names; null if it is a field of another kind of type.</summary>
    public static string? Member(IFieldReferenceOperation reference) =>
        reference.Instance?.Type is { } type && Fields(type).Any(field => Name(field) == Name(reference.Field)) ? Name(reference.Field) : null;

    /// <summary>A tuple of values.</summary>
    public static Product Tuple(params Operand[] values) =>
        new(new ProductType(values.Select((value, i) => ("Item" + (i + 1), value.Type)).ToImmutableArray()), values.ToImmutableArray());

    private static IEnumerable<IFieldSymbol> Fields(ITypeSymbol type) => type is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements : [];

    /// <summary>The element of a tuple by its position, however it is called.</summary>
    private static string Name(IFieldSymbol field) => (field.CorrespondingTupleField ?? field).Name;
}
