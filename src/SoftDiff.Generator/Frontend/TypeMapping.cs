using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>Maps C# types to types of the IR. A type parameter of a called generic method stands for the call's type argument.</summary>
internal sealed class TypeMapping
{
    public static readonly TypeMapping Plain = new(new Dictionary<ITypeParameterSymbol, ITypeSymbol>(SymbolEqualityComparer.Default));

    /// <summary>The advice for a type that is not supported.</summary>
    public const string Supported = "use float, double, integers, bool, and arrays, spans, memories and tensor spans of them";

    private readonly Dictionary<ITypeParameterSymbol, ITypeSymbol> _arguments;

    private TypeMapping(Dictionary<ITypeParameterSymbol, ITypeSymbol> arguments) => _arguments = arguments;

    public static TypeMapping Of(IMethodSymbol method, TypeMapping outer)
    {
        var arguments = new Dictionary<ITypeParameterSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
        void Add(ImmutableArray<ITypeParameterSymbol> parameters, ImmutableArray<ITypeSymbol> given)
        {
            for (var i = 0; i < parameters.Length; i++) arguments[parameters[i]] = outer.Resolve(given[i]);
        }

        Add(method.OriginalDefinition.TypeParameters, method.TypeArguments);

        // The body of a partial method in two parts names the type parameters of its own part.
        if (method.OriginalDefinition.PartialImplementationPart is { } implementation) Add(implementation.TypeParameters, method.TypeArguments);
        for (var around = method.ContainingSymbol as IMethodSymbol; around is not null; around = around.ContainingSymbol as IMethodSymbol)
        {
            foreach (var parameter in around.TypeParameters) arguments[parameter] = outer.Resolve(parameter);
        }

        for (var type = method.ContainingType; type is not null; type = type.ContainingType) Add(type.OriginalDefinition.TypeParameters, type.TypeArguments);

        return new TypeMapping(arguments);
    }

    /// <summary>The types that replace the type parameters of the method and of the types around it, from the inside out.</summary>
    public string Arguments => string.Join(",", _arguments.Values.Select(Global));

    public ITypeSymbol Resolve(ITypeSymbol type) =>
        type is ITypeParameterSymbol parameter && _arguments.TryGetValue(parameter, out var argument) ? argument : type;

    /// <summary>The type as generated code names it. Type parameters of the callee are replaced, because they are unknown there.</summary>
    public string Name(ITypeSymbol type) => Global(Substitute(type));

    private ITypeSymbol Substitute(ITypeSymbol type)
    {
        if (Resolve(type) is not INamedTypeSymbol { IsGenericType: true, IsTupleType: false } generic) return Resolve(type);
        var definition = generic.ContainingType is { } around
            ? ((INamedTypeSymbol)Substitute(around)).GetTypeMembers(generic.Name, generic.Arity)[0]
            : generic.OriginalDefinition;
        return generic.Arity == 0 ? definition : definition.Construct(generic.TypeArguments.Select(Substitute).ToArray());
    }

    public IrType? Map(ITypeSymbol? type) => type is null ? null : (IrType?)Scalar(type) ?? (IrType?)Array(type) ?? (IrType?)Tensor(type) ?? Container(type);

    public ScalarType? Scalar(ITypeSymbol? symbol)
    {
        if (symbol is null) return null;
        var type = Resolve(symbol);
        if (type.TypeKind == TypeKind.Enum) return new ScalarType(ScalarKind.Int, Global(type));
        if (type is ITypeParameterSymbol parameter)
        {
            return parameter.ConstraintTypes.Any(IsFloatingPoint) ? new ScalarType(ScalarKind.Float, parameter.Name) : null;
        }

        return type.SpecialType switch
        {
            SpecialType.System_Double => ScalarType.Double,
            SpecialType.System_Single => ScalarType.Single,
            SpecialType.System_Boolean => ScalarType.Bool,
            SpecialType.System_Int32 => ScalarType.Int32,
            SpecialType.System_Int64 => ScalarType.Int64,
            SpecialType.System_SByte => new ScalarType(ScalarKind.Int, "sbyte"),
            SpecialType.System_Byte => new ScalarType(ScalarKind.Int, "byte"),
            SpecialType.System_Int16 => new ScalarType(ScalarKind.Int, "short"),
            SpecialType.System_UInt16 => new ScalarType(ScalarKind.Int, "ushort"),
            SpecialType.System_UInt32 => new ScalarType(ScalarKind.Int, "uint"),
            SpecialType.System_UInt64 => new ScalarType(ScalarKind.Int, "ulong"),
            SpecialType.System_Char => new ScalarType(ScalarKind.Int, "char"),
            SpecialType.System_IntPtr => new ScalarType(ScalarKind.Int, "nint"),
            SpecialType.System_UIntPtr => new ScalarType(ScalarKind.Int, "nuint"),
            _ => null,
        };
    }

    public ArrayType? Array(ITypeSymbol symbol)
    {
        if (symbol is IArrayTypeSymbol { Rank: 1 } array) return Scalar(array.ElementType) is { } element ? new ArrayType(element, ArrayForm.Array) : null;
        if (symbol is not INamedTypeSymbol { Arity: 1 } named || !IsIn(named, "System")) return null;
        if (Scalar(named.TypeArguments[0]) is not { } item) return null;
        return named.Name switch
        {
            "Span" => new ArrayType(item, ArrayForm.Span),
            "Memory" => new ArrayType(item, ArrayForm.Memory),
            "ReadOnlyMemory" => new ArrayType(item, ArrayForm.ReadOnlyMemory),
            "ReadOnlySpan" => new ArrayType(item, ArrayForm.ReadOnlySpan),
            _ => null,
        };
    }

    /// <summary>A rectangular array of two or three axes.</summary>
    public MatrixType? Matrix(ITypeSymbol? symbol) =>
        symbol is IArrayTypeSymbol { Rank: 2 or 3 } array && Scalar(array.ElementType) is { } element
            ? new MatrixType(element, array.Rank) : null;

    /// <summary>An array of arrays.</summary>
    public JaggedType? Jagged(ITypeSymbol? symbol) =>
        symbol is IArrayTypeSymbol { Rank: 1, ElementType: IArrayTypeSymbol { Rank: 1 } row } && Scalar(row.ElementType) is { } element
            ? new JaggedType(element) : null;

    /// <summary>An array that is several values in the frontend.</summary>
    public PartedType? InParts(ITypeSymbol? symbol) => (PartedType?)Matrix(symbol) ?? Jagged(symbol);

    /// <summary>Such an array as parameters and static fields hold it.</summary>
    private ArrayType? Container(ITypeSymbol symbol) =>
        Matrix(symbol) is { } matrix ? new ArrayType(matrix.Element, ArrayForm.Matrix) { Rank = matrix.Rank }
        : Jagged(symbol) is { } jagged ? new ArrayType(jagged.Element, ArrayForm.Jagged)
        : null;

    public ArrayType? Tensor(ITypeSymbol symbol)
    {
        if (symbol is not INamedTypeSymbol { Arity: 1, Name: "TensorSpan" or "ReadOnlyTensorSpan" } named) return null;
        if (named.ContainingNamespace?.ToDisplayString() != "System.Numerics.Tensors") return null;
        var form = named.Name == "TensorSpan" ? ArrayForm.Tensor : ArrayForm.ReadOnlyTensor;
        return Scalar(named.TypeArguments[0]) is { } element ? new ArrayType(element, form) : null;
    }

    /// <summary>
    /// A type whose values a method can only pass on, such as the axis of an operator (an <c>int?</c>) or a random stream.
    /// </summary>
    public ScalarType? Passive(ITypeSymbol type) =>
        IsOptional(type) || (type.Name == "SoftRandom" && IsIn(type, "SoftDiff")) ? new ScalarType(ScalarKind.Opaque, Global(type)) : null;

    /// <summary>The matrix that a sparse Jacobian returns.</summary>
    public ScalarType? SparseMatrix(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "SparseMatrix", Arity: 1 } named && IsIn(type, "SoftDiff") && Scalar(named.TypeArguments[0]) is { IsFloat: true } element
            ? SparseTypes.Matrix(element)
            : null;

    private static bool IsIn(ITypeSymbol type, string space) =>
        type.ContainingNamespace is { ContainingNamespace.IsGlobalNamespace: true } own && own.Name == space;

    /// <summary>A number or <c>null</c>.</summary>
    public bool IsOptional(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && Scalar(nullable.TypeArguments[0]) is not null;

    public static bool IsFloatingPoint(ITypeSymbol constraint) =>
        constraint.Name is "IFloatingPointIeee754" or "IBinaryFloatingPointIeee754" && constraint.ContainingNamespace?.ToDisplayString() == "System.Numerics";

    public static string Global(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
