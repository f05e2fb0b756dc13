using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>
/// A list, a stack or a queue of values that a method makes and keeps to itself: arrays with room for all that is ever added, and how many values are in use.
/// </summary>
/// <param name="Of">Its type.</param>
/// <param name="Element">The type of the values: a floating-point number, or several numbers.</param>
/// <param name="Columns">An array for each number of a value.</param>
/// <param name="End">The variable that holds the place after the last value.</param>
/// <param name="First">The variable that holds the place of the first value of a queue; null for lists and stacks, which start at 0.</param>
internal sealed record MadeList(INamedTypeSymbol Of, IrType Element, ImmutableArray<Value> Columns, Cell End, Cell? First) : KeptObject(Of)
{
    /// <summary>The array of the first number. It grows; the others are as long.</summary>
    public Value Numbers => Columns[0];

    public bool IsList => Of.Name == "List";

    public bool IsStack => Of.Name == "Stack";

    /// <summary>Whether objects of the type can be such lists.</summary>
    public static bool IsMade(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "List" or "Stack" or "Queue", Arity: 1 } list
        && list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic" && HasFloats(list.TypeArguments[0]);

    /// <summary>The type without the names of tuple elements, which differ where the type does not.</summary>
    public static string KeyOf(ITypeSymbol type) => type.ToDisplayString(new SymbolDisplayFormat(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.ExpandValueTuple));

    private static bool HasFloats(ITypeSymbol type) => type.SpecialType is SpecialType.System_Double or SpecialType.System_Single
        || (type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None }
            && type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && HasFloats(field.Type)));
}
