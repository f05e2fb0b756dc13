using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>Says which C# types are objects: what the IR passes on as a whole, and asks C# expressions about.</summary>
internal static class ObjectTypes
{
    public static readonly ScalarType Text = new(ScalarKind.Opaque, "string");

    public static readonly ScalarType Any = new(ScalarKind.Opaque, "object");

    /// <summary>The type of a variable that holds an object; null for numbers to differentiate, and for a type without variables.</summary>
    public static ScalarType? Map(ITypeSymbol type, TypeMapping types) => IsObject(types.Resolve(type), types) ? Of(type, types) : null;

    /// <summary>
    /// As <see cref="Map"/>, for parameters of the marked method. Values that may hold numbers, and arrays of them, would need a gradient unless the
    /// method is not differentiated by the parameter.
    /// </summary>
    public static ScalarType? Parameter(ITypeSymbol type, TypeMapping types, bool isPassive) =>
        types.Resolve(type) switch
        {
            IArrayTypeSymbol array when !isPassive && HasNumbers(types.Resolve(array.ElementType), types) => null,
            { IsValueType: false } or { IsUnmanagedType: true, ContainingNamespace.Name: "System" } or { Name: "ImmutableArray" } => Map(type, types),
            _ => null,
        };

    private static bool HasNumbers(ITypeSymbol element, TypeMapping types) =>
        Products.Map(element, types) is { } product && product.Leaves.Any(leaf => leaf.CarriesDerivative);

    /// <summary>Any type as that of an object.</summary>
    public static ScalarType Of(ITypeSymbol type, TypeMapping types) => new(ScalarKind.Opaque, types.Name(type));

    /// <summary>Whether an operand is an object.</summary>
    public static bool IsObject(Operand operand) => operand.Type is ScalarType { Kind: ScalarKind.Opaque };

    private static bool IsObject(ITypeSymbol type, TypeMapping types) => type switch
    {
        { IsRefLikeType: true } => false,
        { TypeKind: TypeKind.Error or TypeKind.Delegate or TypeKind.Dynamic or TypeKind.Pointer or TypeKind.TypeParameter } => false,
        IArrayTypeSymbol array => IsElement(array, types),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => Products.Map(type, types) is null,
        INamedTypeSymbol { IsValueType: true } value => IsPlainValue(value, types),
        { IsReferenceType: true } => !HoldsNumbers(type) && !ThrownTexts.IsText(type),
        _ => false,
    };

    /// <summary>
    /// Elements that are numbers, values of numbers of one type, or arrays of numbers are differentiated. Values with members of several types are not.
    /// </summary>
    private static bool IsElement(IArrayTypeSymbol array, TypeMapping types)
    {
        var element = types.Resolve(array.ElementType);
        return element is not IArrayTypeSymbol && types.Scalar(element) is null
            && (Products.Map(element, types) is not null ? StructArrays.Map(array, types) is null
                : element.SpecialType == SpecialType.System_String || IsObject(element, types));
    }

    private static bool IsPlainValue(INamedTypeSymbol type, TypeMapping types) =>
        types.Scalar(type) is null && type.SpecialType != SpecialType.System_Decimal && !type.IsTupleType && !HoldsNumbers(type)
        && type.Name is not "Half" && type.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>Whether the framework's type holds numbers that have derivatives.</summary>
    private static bool HoldsNumbers(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is "System.Numerics" or "System.Numerics.Tensors" or "System.Runtime.Intrinsics"
        || type.Name is "Memory" or "ReadOnlyMemory" or "Tape" or "SparseMatrix";
}
