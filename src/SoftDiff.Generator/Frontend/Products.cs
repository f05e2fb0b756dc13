using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Frontend.Numerics;

namespace SoftDiff.Generator.Frontend;

/// <summary>Maps C# types to products: tuples, and the structs of the compilation.</summary>
internal static class Products
{
    /// <summary>How deep values may lie in each other. Code that is being typed can have a struct that holds itself.</summary>
    private const int MaxDepth = 64;

    /// <summary>How many elements of an inline array become values of their own.</summary>
    private const int MaxInline = 64;

    /// <summary>The product that a type is; null if it is none, or has a member without place in one.</summary>
    /// <param name="type">The type.</param>
    /// <param name="types">Maps type parameters.</param>
    /// <param name="isAccessible">Which members generated code may name; null where it does not matter.</param>
    public static ProductType? Map(ITypeSymbol type, TypeMapping types, Func<ISymbol, bool>? isAccessible = null) => Map(type, types, isAccessible, 0);

    private static ProductType? Map(ITypeSymbol type, TypeMapping types, Func<ISymbol, bool>? isAccessible, int depth)
    {
        if (depth > MaxDepth) return null;
        type = types.Resolve(type);
        if (type.IsAnonymousType) return Anonymous(type, types, depth);
        if (NumericTypes.IsComplex(type)) return Complex(type, types);
        if (IsNullable(type))
        {
            var value = MemberType(((INamedTypeSymbol)type).TypeArguments[0], types, isAccessible, depth);
            return HasNumbers(value) ? Optional(types.Name(type), value!) : null;
        }

        if (InlineLength(type) is var length and > 0)
        {
            var element = length > MaxInline ? null : MemberType(type.GetMembers().OfType<IFieldSymbol>().First().Type, types, isAccessible, depth);
            return element is null ? null : new ProductType(types.Name(type), ProductForm.InlineArray, Enumerable.Range(0, length)
                .Select(i => new ProductMember(i.ToString(CultureInfo.InvariantCulture), element) { IsFixed = true }).ToImmutableArray());
        }

        var members = ImmutableArray.CreateBuilder<ProductMember>();
        foreach (var field in Fields(type))
        {
            if (MemberType(field.Type, types, isAccessible, depth) is not { } member) return null;
            members.Add(Access(new ProductMember(Name(field), member), field, type, isAccessible));
        }

        return members.Count == 0 ? null : new ProductType(types.Name(type), Form((INamedTypeSymbol)type, members), members.ToImmutable());
    }

    /// <summary>The number of elements of an inline array; 0 for any other type.</summary>
    private static int InlineLength(ITypeSymbol type) => type.GetAttributes()
        .FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.InlineArrayAttribute")
        ?.ConstructorArguments.FirstOrDefault().Value as int? ?? 0;

    public static bool IsNullable(ITypeSymbol? type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    /// <summary>A value that may be null.</summary>
    /// <param name="name">The name of its type.</param>
    /// <param name="value">The type of the value if there is one.</param>
    public static ProductType Optional(string name, IrType value) => new(name, ProductForm.Optional, ImmutableArray.Create(
        new ProductMember("HasValue", ScalarType.Bool) { Field = "HasValue", IsFixed = true },
        new ProductMember("Value", value) { Field = "Value", IsFixed = true }));

    /// <summary>Whether a value has numbers to differentiate, all of which generated code can name.</summary>
    private static bool HasNumbers(IrType? type) => type is { IsFloat: true }
        || (type is ProductType product && product.Leaves.Any(leaf => leaf.IsFloat) && !product.Paths.Any(path => path.Any(member => member.IsHidden)));

    /// <summary>A complex number has properties in place of its fields, which are private.</summary>
    private static ProductType Complex(ITypeSymbol type, TypeMapping types) => new(
        types.Name(type), ProductForm.Positional,
        NumericTypes.ComplexParts.Select(name => new ProductMember(name, ScalarType.Double) { IsFixed = true }).ToImmutableArray());

    /// <summary>An object of an anonymous type is a value with names.</summary>
    private static ProductType? Anonymous(ITypeSymbol type, TypeMapping types, int depth)
    {
        var members = type.GetMembers().OfType<IPropertySymbol>()
            .Select(property => MemberType(property.Type, types, null, depth) is { } mapped ? new ProductMember(property.Name, mapped) : null).ToList();
        return members.Count == 0 || members.Contains(null) ? null : new ProductType("", ProductForm.Tuple, members.Select(m => m!).ToImmutableArray());
    }

    /// <summary>The name of the member that a field is; null if it is a field of another kind of type.</summary>
    public static string? Member(IFieldSymbol field, ITypeSymbol? of) =>
        of is not null && Fields(of).Any(own => Name(own) == Name(field)) ? Name(field) : null;

    /// <summary>The name of the member that an automatic property is; null if it is a property of another kind.</summary>
    public static string? Member(IPropertySymbol property, ITypeSymbol? of) =>
        of is not null && NumericTypes.IsComplex(of) ? NumericTypes.ComplexParts.Contains(property.Name) ? property.Name : null
        : of is not null && Fields(of).Any(own => own.AssociatedSymbol is { } automatic && Same(automatic, property)) ? property.Name : null;

    /// <summary>Whether values of the type are products, if their members have a place in the IR.</summary>
    public static bool IsStruct(ITypeSymbol type) => NumericTypes.Is(type) || IsDeclaredStruct(type);

    private static bool IsDeclaredStruct(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false, IsTupleType: false, SpecialType: SpecialType.None } own
        && own.OriginalDefinition.DeclaringSyntaxReferences.Length > 0 && !own.GetAttributes().Any(HidesNumbers);

    /// <summary>Whether the fields are not the value: those of a union share memory.</summary>
    private static bool HidesNumbers(AttributeData attribute) => attribute.AttributeClass?.Name switch
    {
        "StructLayoutAttribute" => attribute.ConstructorArguments.FirstOrDefault().Value is (int)LayoutKind.Explicit or (short)LayoutKind.Explicit,
        _ => false,
    };

    /// <summary>A tuple of values.</summary>
    public static Product Tuple(params Operand[] values)
    {
        var members = values.Select((value, i) => new ProductMember("Item" + (i + 1), value.Type)).ToImmutableArray();
        return new Product(new ProductType("", ProductForm.Tuple, members), values.ToImmutableArray());
    }

    /// <summary>The parameters of a positional record, if all its members are those.</summary>
    public static ImmutableArray<IParameterSymbol> Positions(INamedTypeSymbol type)
    {
        var constructor = type.IsRecord ? type.InstanceConstructors.FirstOrDefault(IsPrimary) : null;
        return constructor is null ? ImmutableArray<IParameterSymbol>.Empty : constructor.Parameters;
    }

    /// <summary>Whether a constructor is declared by the parameters of its type.</summary>
    public static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null });

    private static IEnumerable<IFieldSymbol> Fields(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements
        : IsStruct(type) && InlineLength(type) == 0 ? type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst)
        : [];

    private static IrType? MemberType(ITypeSymbol type, TypeMapping types, Func<ISymbol, bool>? isAccessible, int depth)
    {
        if (((IrType?)types.Scalar(type) ?? Map(type, types, isAccessible, depth + 1)) is { } mapped) return mapped;
        type = types.Resolve(type);

        // An object is passed on with the struct that holds it. Arrays would have to be differentiated.
        var isObject = type.IsReferenceType && type.TypeKind is not (TypeKind.Array or TypeKind.TypeParameter);
        return isObject ? new ScalarType(ScalarKind.Opaque, types.Name(type)) : null;
    }

    /// <summary>The member with how generated code reaches it.</summary>
    public static ProductMember Access(ProductMember member, IFieldSymbol field, ITypeSymbol type, Func<ISymbol, bool>? isAccessible)
    {
        if (isAccessible is null || type.IsTupleType) return member;
        var property = field.AssociatedSymbol as IPropertySymbol;
        var isRead = property is null ? isAccessible(field) : isAccessible(property) && property.GetMethod is { } getter && isAccessible(getter);
        var isSet = property is null ? isRead && !field.IsReadOnly : property.SetMethod is { } setter && isAccessible(setter);
        return member with { Field = field.Name, IsHidden = !isRead, IsFixed = !isSet };
    }

    private static ProductForm Form(INamedTypeSymbol type, IReadOnlyList<ProductMember> members)
    {
        if (type.IsTupleType) return ProductForm.Tuple;
        if (NumericTypes.Is(type)) return ProductForm.Positional;
        if (Positions(type).Select(p => p.Name).SequenceEqual(members.Select(m => m.Name)) && HasOnlyPositions(type)) return ProductForm.Positional;
        if (PlainConstructors.IsMadeByOne(type, Fields(type).ToList())) return ProductForm.Positional;
        return type.InstanceConstructors.Any(c => c.Parameters.IsEmpty && !c.IsImplicitlyDeclared) ? ProductForm.With : ProductForm.Initializer;
    }

    /// <summary>Whether the properties of a positional record are those that the compiler declares.</summary>
    private static bool HasOnlyPositions(INamedTypeSymbol type) => Fields(type).All(field =>
        field.AssociatedSymbol is { } property && property.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is ParameterSyntax));

    private static bool Same(ISymbol a, ISymbol b) => SymbolEqualityComparer.Default.Equals(a.OriginalDefinition, b.OriginalDefinition);

    /// <summary>The element of a tuple by its position, however it is called; of a property's field the property's name.</summary>
    public static string Name(IFieldSymbol field) => (field.AssociatedSymbol ?? field.CorrespondingTupleField ?? field).Name;
}
