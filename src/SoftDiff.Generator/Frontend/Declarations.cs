using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDiff.Generator.Frontend;

/// <summary>A method's surroundings as text.</summary>
internal static class Declarations
{
    public static Declaration Of(IMethodSymbol method, CancellationToken cancellation)
    {
        var types = ImmutableArray.CreateBuilder<TypeDeclaration>();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType) types.Insert(0, Shell(type));
        var space = method.ContainingNamespace.IsGlobalNamespace ? "" : method.ContainingNamespace.ToDisplayString();
        var display = (space.Length > 0 ? space + "." : "") + string.Join(".", types.Select(t => t.Name)) + "." + method.Name;
        var (fingerprint, identifiers) = Tokens(method, cancellation);
        return new Declaration(
            HintNameOf(method, space), string.Join(".", space.Split('.').Select(Identifiers.Escape)), types.ToImmutable(), AccessibilityOf(method),
            TypeParameters(method.TypeParameters), Constraints(method), Cref(method), display, fingerprint, Reserved(method, identifiers))
        {
            IsInstance = !method.IsStatic,
            Header = TransformationAttributes.IsMarked(method) ? MethodHeaders.Of(method, cancellation) : null,
            Documentation = MethodDocumentation.Of(method, cancellation),
        };
    }

    /// <summary>The key of a method. For a local function or a lambda it includes its position in the member around it.</summary>
    public static string Key(IMethodSymbol method) => method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction
        ? (method.ContainingSymbol is IMethodSymbol around ? Key(around) : method.ContainingSymbol.ToDisplayString()) + "." + method.Name
            + "@" + method.Locations[0].SourceSpan.Start.ToString(CultureInfo.InvariantCulture)
        : method.GetDocumentationCommentId() ?? method.ToDisplayString();

    private static TypeDeclaration Shell(INamedTypeSymbol type) => new(
        type switch
        {
            { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        },
        Identifiers.Escape(type.Name), TypeParameters(type.TypeParameters));

    public static string TypeParameters(ImmutableArray<ITypeParameterSymbol> parameters) =>
        parameters.IsEmpty ? "" : "<" + string.Join(", ", parameters.Select(p => Identifiers.Escape(p.Name))) + ">";

    private static string AccessibilityOf(IMethodSymbol method) => method.DeclaredAccessibility switch
    {
        Accessibility.Public => "public",
        Accessibility.Internal => "internal",
        Accessibility.Protected => "protected",
        Accessibility.ProtectedOrInternal => "protected internal",
        Accessibility.ProtectedAndInternal => "private protected",
        _ => "private",
    };

    public static string Constraints(IMethodSymbol method)
    {
        var clauses = new List<string>();
        foreach (var parameter in method.TypeParameters)
        {
            var parts = new List<string>();
            if (parameter.HasUnmanagedTypeConstraint) parts.Add("unmanaged");
            else if (parameter.HasValueTypeConstraint) parts.Add("struct");
            else if (parameter.HasReferenceTypeConstraint) parts.Add("class");
            else if (parameter.HasNotNullConstraint) parts.Add("notnull");
            parts.AddRange(parameter.ConstraintTypes.Select(TypeMapping.Global));
            if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint) parts.Add("new()");
            if (parts.Count > 0) clauses.Add("where " + Identifiers.Escape(parameter.Name) + " : " + string.Join(", ", parts));
        }

        return string.Join(" ", clauses);
    }

    private static string Cref(IMethodSymbol method)
    {
        // A documentation comment has no names for the elements of tuples.
        var format = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);
        var parameters = method.Parameters.Select(p => (p.RefKind switch { RefKind.Ref => "ref ", RefKind.Out => "out ", RefKind.In => "in ", _ => "" })
            + p.Type.ToDisplayString(format).Replace('<', '{').Replace('>', '}'));
        var generic = method.TypeParameters.IsEmpty ? "" : "{" + string.Join(", ", method.TypeParameters.Select(p => p.Name)) + "}";
        return Identifiers.Escape(method.Name) + generic + "(" + string.Join(", ", parameters) + ")";
    }

    private static string HintNameOf(IMethodSymbol method, string space)
    {
        var path = new List<string>();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            path.Insert(0, type.Arity > 0 ? type.Name + "-" + type.Arity : type.Name);
        }

        var readable = (space.Length > 0 ? space + "." : "") + string.Join("+", path) + "." + method.Name + (method.Arity > 0 ? "-" + method.Arity : "");
        return HintName.Of(readable, method.GetDocumentationCommentId() ?? readable);
    }

    /// <summary>A hash of the method's text but for its layout, and the identifiers in it.</summary>
    private static (string Fingerprint, HashSet<string> Identifiers) Tokens(IMethodSymbol method, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var identifiers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in new[] { method.PartialDefinitionPart ?? method, method.PartialImplementationPart })
        {
            foreach (var token in part?.DeclaringSyntaxReferences.SelectMany(r => r.GetSyntax(cancellation).DescendantTokens()) ?? [])
            {
                text.Append(token.Text).Append(' ');
                if (token.IsKind(SyntaxKind.IdentifierToken)) identifiers.Add(token.ValueText);
            }
        }

        return (StableHash.Of(text.ToString()).ToString("x8", System.Globalization.CultureInfo.InvariantCulture), identifiers);
    }

    private static ImmutableArray<string> Reserved(IMethodSymbol method, HashSet<string> identifiers)
    {
        var names = new SortedSet<string>(identifiers, StringComparer.Ordinal);
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            names.Add(type.Name);
            names.UnionWith(type.MemberNames);
            names.UnionWith(type.TypeParameters.Select(p => p.Name));
        }

        names.UnionWith(method.TypeParameters.Select(p => p.Name));
        return names.ToImmutableArray();
    }
}
