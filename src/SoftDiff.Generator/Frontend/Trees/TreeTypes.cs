using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend.Trees;

/// <summary>
/// Maps classes and structs with arrays to parameter trees: products whose members are the fields of the type, those of base classes first. Only a
/// parameter that <c>Wrt</c> names is a tree if it is an object; everywhere else an object is a constant. A struct with arrays is always a tree.
/// </summary>
/// <param name="types">Maps type parameters.</param>
/// <param name="module">The module of the method; it says what generated code may name.</param>
internal sealed class TreeTypes(TypeMapping types, ModuleLowering module)
{
    /// <summary>How deep objects may lie in each other: a generic class can have a field of a type that is always larger.</summary>
    private const int MaxDepth = 64;

    /// <summary>How many types are looked through for numbers.</summary>
    private const int MaxTypes = 256;

    private readonly Stack<ITypeSymbol> _open = new();
    private bool _isInList;
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Why the last class that was mapped is no tree: a path and a reason.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The keys of the classes of the tree and of their base classes. Their methods are lowered where they are called.</summary>
    public IReadOnlyCollection<string> Keys => _keys;

    /// <summary>Whether parameters of the type are trees where <c>Wrt</c> names them.</summary>
    public static bool IsTree(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAnonymousType: false, SpecialType: SpecialType.None }
        && !type.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>Whether parameters of the type are trees although they are no objects: structs with arrays among their members.</summary>
    public bool IsStructTree(ITypeSymbol type)
    {
        type = types.Resolve(type);
        return type.IsValueType && Products.IsStruct(type) && !NumericTypes.Is(type)
            && Products.Map(type, types) is null && NumberIn(type) is not null;
    }

    /// <summary>The fields of an object, those of the base class first.</summary>
    public static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) =>
        (type.BaseType is { } parent && IsTree(parent) ? Fields(parent) : [])
        .Concat(type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst));

    /// <summary>The tree; null if there is none, for which <see cref="Refusal"/> has the reason.</summary>
    /// <param name="type">The class or struct.</param>
    /// <param name="path">How messages name the object.</param>
    public ProductType? Map(INamedTypeSymbol type, string path)
    {
        if (_open.Count > MaxDepth || _open.Contains(type, SymbolEqualityComparer.Default))
        {
            return Refuse(path, "is an object of a type around it, so the tree has no end");
        }

        if (HiddenBase(type) is { } parent)
        {
            return Refuse(path, $"has the base class '{parent.Name}' of another project, whose fields are not known here");
        }

        if (!module.IsAccessible(type)) return Refuse(path, "is of a type that the derivative cannot name; make it internal");
        if (type.TypeArguments.Any(argument => argument is ITypeParameterSymbol)) return Refuse(path, "is of a type with open type parameters");
        _open.Push(type);
        var (members, fields) = (ImmutableArray.CreateBuilder<ProductMember>(), Fields(type).ToList());
        if (type.IsValueType) _keys.Add(ObjectChoices.KeyOfStruct(type));
        for (ITypeSymbol? at = type; at is not null && IsTree(at); at = at.BaseType) _keys.Add(ObjectChoices.KeyOf(at));
        foreach (var field in fields)
        {
            var name = NameOf(field);
            if (MemberType(field.Type, path + "." + name) is not { } member) break;
            var isCovered = fields.Any(other => NameOf(other) == name && !ReferenceEquals(other, field));
            members.Add(Member(field, member, type, isCovered));
            var isUnreachable = members[members.Count - 1].IsHidden && field.ContainingType.IsGenericType;
            if (isUnreachable) Refuse(path + "." + name, "is private in a generic type; make it internal");
        }

        _open.Pop();
        var form = type.IsValueType ? ProductForm.Struct : ProductForm.Object;
        return Refusal is not null ? null : new ProductType(types.Name(type), form, members.ToImmutable())
        {
            IsPrivate = !module.IsShared(type) || members.Any(member => member.Type is ProductType { IsPrivate: true })
                || fields.Zip(members, (field, member) => member.Type is ProductType && !module.IsShared(types.Resolve(field.Type))).Any(own => own),
        };
    }

    /// <summary>Whether the compiler declares the field, for a parameter of the class that its methods use.</summary>
    private static bool IsOfParameter(IFieldSymbol field) => field.AssociatedSymbol is null && field.Name.StartsWith("<", StringComparison.Ordinal);

    private static string NameOf(IFieldSymbol field) => IsOfParameter(field) ? field.Name.Substring(1, field.Name.IndexOf('>') - 1) : Products.Name(field);

    /// <summary>What an object's variable for a field belongs to: the field, or the parameter of the class that it is for.</summary>
    public static ISymbol Variable(IFieldSymbol field) => IsOfParameter(field)
        ? field.ContainingType.InstanceConstructors.Where(Products.IsPrimary).SelectMany(c => c.Parameters).First(parameter => parameter.Name == NameOf(field))
        : field;

    /// <summary>Whether a number of it is a part of a complex number, to which there is no reference.</summary>
    private static bool HoldsComplex(ProductType type) => type.IsComplex || type.Members.Any(member => member.Type is ProductType part && HoldsComplex(part));

    /// <summary>Whether a tree has numbers to differentiate by.</summary>
    public static bool HasNumbers(ProductType tree) => tree.Leaves.Any(leaf => leaf.CarriesDerivative);

    private ProductType? Refuse(string path, string reason)
    {
        Refusal ??= $"'{path}' {reason}";
        return null;
    }

    private ProductMember Member(IFieldSymbol field, IrType type, INamedTypeSymbol of, bool isCovered)
    {
        var member = Products.Access(new ProductMember(NameOf(field), type), field, of, module.IsAccessible);
        var property = field.AssociatedSymbol as IPropertySymbol;
        return member with
        {
            // An accessor with a body of the user's must not run.
            IsHidden = member.IsHidden || isCovered || IsOfParameter(field) || (property is not null && HasBody(property)),
            IsFixed = member.IsFixed || isCovered || IsOfParameter(field) || property?.SetMethod is { IsInitOnly: true } || (property is not null && HasBody(property)),
            IsReadOnly = property is null ? field.IsReadOnly : property.SetMethod is null or { IsInitOnly: true },
            MayBeNull = field.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated },
            Owner = SymbolEqualityComparer.Default.Equals(field.ContainingType, of) ? null : types.Name(field.ContainingType),
        };
    }

    private static bool HasBody(IPropertySymbol property) => FunctionLowering.Stored(property) is null;

    /// <summary>The type of a member: numbers and arrays of them, values, trees. Other objects are constants; null for what has no place.</summary>
    private IrType? MemberType(ITypeSymbol type, string path)
    {
        type = types.Resolve(type);
        if (type.TypeKind == TypeKind.Error) return Refuse(path, "is of an unknown type");
        if (types.IsOptional(type)) return Refuse(path, "is a number that may be null; keep it in a double, and whether there is one in a bool");
        if (Products.Map(type, types, module.IsAccessible) is { } value && !type.IsReferenceType)
        {
            return !_isInList || !HoldsComplex(value) ? value : Refuse(path, "has a complex number in each object of a list; keep its parts in two members of type double");
        }

        if (types.Map(type) is { } mapped)
        {
            if (_isInList && mapped is ArrayType { IsJagged: true, CarriesDerivative: true })
            {
                return Refuse(path, "is an array of arrays in each object of a list; let it be a matrix, or give the objects one array each");
            }

            return mapped is ScalarType or ArrayType { Form: ArrayForm.Array or ArrayForm.Matrix or ArrayForm.Jagged }
                ? mapped : Refuse(path, $"is a '{Short(type)}'; let it be an array");
        }

        if (ListedObject(type) is { } listed && NumberIn(listed) is not null) return List(listed, type, path);
        if (type is IArrayTypeSymbol array)
        {
            return !HoldsNumbers(array.ElementType) ? ObjectTypes.Of(type, types)
                : Refuse(path, "is an array of values with numbers, or of arrays of objects; keep their numbers in one array, or let it be an array of objects");
        }

        if (IsStructTree(type))
        {
            return !_isInList ? Map((INamedTypeSymbol)type, path)
                : Refuse(path, "is a struct with arrays in each object of a list; keep its members in the objects themselves");
        }

        if (IsTree(type) && NumberIn(type) is not null) return InStruct(Map((INamedTypeSymbol)type, path), path);
        return !HoldsNumbers(type) ? ObjectTypes.Of(type, types)
            : Refuse(path, $"is a '{Short(type)}', which has no place in a tree; keep its numbers in fields");
    }

    /// <summary>An object in a struct is the caller's: there is no new struct to which a new object could belong.</summary>
    private ProductType? InStruct(ProductType? tree, string path) => tree is not { IsRemade: true } || !_open.Any(type => type.IsValueType) ? tree
        : Refuse(path, "is an object in a struct, with numbers that cannot be assigned; give its members setters");

    /// <summary>The class of the objects in an array or a list; null for other types.</summary>
    private INamedTypeSymbol? ListedObject(ITypeSymbol type)
    {
        var element = type is IArrayTypeSymbol { Rank: 1 } array ? array.ElementType : IsList(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : null;
        return element is not null && types.Resolve(element) is INamedTypeSymbol own && IsTree(own) ? own : null;
    }

    private static bool IsList(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "List", Arity: 1 } list && list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    private ProductType? List(INamedTypeSymbol of, ITypeSymbol collection, string path)
    {
        if (_isInList) return Refuse(path, "is a list in each object of a list; keep the inner objects in members, or all of them in one list of the outer object");
        _isInList = true;
        var element = Map(of, path + "[]");
        _isInList = false;
        return element is null ? null : ListedObjects.Of(element, types.Name(collection));
    }

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>
    /// Whether objects of the type may hold numbers: in their fields, as elements of a collection, or in a class derived from theirs.
    /// </summary>
    private bool HoldsNumbers(ITypeSymbol type)
    {
        type = types.Resolve(type);
        if (NumberIn(type) is not null) return true;
        if (type is IArrayTypeSymbol array) return HoldsNumbers(array.ElementType);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct } named) return false;
        var isCollection = named.Name is "Tuple" or "Lazy" || named.AllInterfaces.Add(named).Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable);
        if (isCollection && named.TypeArguments.Any(HoldsNumbers)) return true;
        return !named.DeclaringSyntaxReferences.IsEmpty && !named.IsGenericType && !named.IsSealed
            && VisibleTypes.Concrete(module.Compilation, named).Any(derived => NumberIn(derived) is not null);
    }

    /// <summary>A field with floating-point numbers in values of the type, or one that is too deep to know; null if there is none.</summary>
    private ITypeSymbol? NumberIn(ITypeSymbol type) => NumberIn(types.Resolve(type), new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    private ITypeSymbol? NumberIn(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (types.Scalar(type) is { } scalar) return scalar.IsFloat ? type : null;
        if (type is IArrayTypeSymbol array) return NumberIn(types.Resolve(array.ElementType), seen);
        if (seen.Count > MaxTypes) return type;
        if (!seen.Add(type) || type is not INamedTypeSymbol named) return null;
        var fields = IsTree(type) ? Fields(named)
            : type.IsValueType ? type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst) : [];
        return fields.Select(field => NumberIn(types.Resolve(field.Type), seen)).FirstOrDefault(number => number is not null);
    }

    /// <summary>A base class whose fields are not known, unless it is one of the framework.</summary>
    private static INamedTypeSymbol? HiddenBase(INamedTypeSymbol type)
    {
        var parent = type.BaseType;
        while (parent is not null && IsTree(parent)) parent = parent.BaseType;
        return parent is null or { SpecialType: SpecialType.System_Object } || parent.ContainingNamespace.ToDisplayString().Split('.')[0] == "System"
            ? null : parent;
    }
}
