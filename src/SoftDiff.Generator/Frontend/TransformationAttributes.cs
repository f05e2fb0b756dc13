using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>The attributes that declare a transformation, and what they say.</summary>
internal static class TransformationAttributes
{
    private const string Suffix = "Attribute";

    public static readonly ImmutableArray<string> MetadataNames =
        Enum.GetNames(typeof(TransformationKind)).Select(name => "SoftDiff." + name + Suffix).ToImmutableArray();

    /// <summary>Whether the method is declared as a derivative of another one.</summary>
    public static bool IsMarked(IMethodSymbol method) => Of(method).Any();

    /// <summary>The marks of a method; more than one is an error.</summary>
    public static IEnumerable<AttributeData> Of(IMethodSymbol method) => method.GetAttributes().Where(attribute =>
        attribute.AttributeClass is { ContainingNamespace.Name: "SoftDiff" } type && MetadataNames.Contains(type.ToDisplayString()));

    public static TransformationKind Kind(AttributeData mark)
    {
        var name = mark.AttributeClass!.Name;
        return (TransformationKind)Enum.Parse(typeof(TransformationKind), name.Substring(0, name.Length - Suffix.Length));
    }

    /// <param name="mark">The attribute.</param>
    /// <param name="declared">The method that it stands on.</param>
    public static Transformation Read(AttributeData mark, IMethodSymbol declared)
    {
        var kind = Kind(mark);
        var order = kind == TransformationKind.Derivative ? Order(mark) : Transformation.OrderOf(kind);
        var mode = Option(mark, "Mode").Value is int value ? (JacobianMode)value : JacobianMode.Auto;
        var what = new Transformation(kind, order, mode, Wrt(mark));
        if (kind == TransformationKind.Jacobian) return what with { Sparse = IsSparse(mark) };
        if (kind != TransformationKind.Vmap) return what;
        return what with { Shared = Shared(declared), Parallel = Option(mark, "Parallel").Value is true };
    }

    /// <summary>The order of a derivative, which may be too small.</summary>
    public static int Order(AttributeData mark) => Option(mark, "Order").Value is int order ? order : 1;

    public static bool IsSparse(AttributeData mark) => Option(mark, "Sparse").Value is true;

    /// <summary>Whether the method is declared as a sparse Jacobian.</summary>
    public static bool IsSparse(IMethodSymbol method) => Of(method).Any(IsSparse);

    /// <summary>The type that is searched for the target, and the target's name; null while the attribute is being typed.</summary>
    public static (INamedTypeSymbol Type, string Name)? Target(AttributeData mark, IMethodSymbol method)
    {
        var arguments = mark.ConstructorArguments;
        if (arguments.Length == 0 || arguments[arguments.Length - 1].Value is not string name) return null;
        if (arguments.Length == 1) return (method.ContainingType, name);
        return arguments[0].Value is INamedTypeSymbol { TypeKind: not TypeKind.Error } type ? (type, name) : null;
    }

    /// <summary>Whether all examples of a batch share the parameter.</summary>
    public static bool IsShared(IParameterSymbol parameter) => SharedMark(parameter) is not null;

    /// <summary>The parameter's [Shared]; null if it has none.</summary>
    public static AttributeData? SharedMark(IParameterSymbol parameter) =>
        parameter.GetAttributes().FirstOrDefault(a => a.AttributeClass is { Name: "SharedAttribute", ContainingNamespace.Name: "SoftDiff" });

    /// <summary>The positions of the target's parameters that are shared. The number of examples stands before them.</summary>
    private static ImmutableArray<int> Shared(IMethodSymbol batch) =>
        batch.Parameters.Where(IsShared).Select(p => p.Ordinal - 1).ToImmutableArray();

    /// <summary>The names of the parameters to differentiate by; none if the attribute gives none.</summary>
    public static ImmutableArray<string> Wrt(AttributeData mark) => Option(mark, "Wrt") is { Kind: TypedConstantKind.Array, IsNull: false } array
        ? array.Values.Select(value => value.Value as string ?? "").ToImmutableArray()
        : ImmutableArray<string>.Empty;

    private static TypedConstant Option(AttributeData mark, string name) => mark.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;
}
