using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>
/// How a module lowers calls of objects. What they depend on is known only when the module is lowered, so it is lowered again where a choice turns
/// out wrong.
/// </summary>
/// <param name="Sources">What is lowered from its source, because it gets numbers that are differentiated: keys of methods and types.</param>
/// <param name="MembersChange">Whether a call may change members of the receiver, which then are read where the method says, and not as constants.</param>
internal sealed record ObjectChoices(ImmutableHashSet<string> Sources, bool MembersChange)
{
    public static readonly ObjectChoices None = new(ImmutableHashSet<string>.Empty, MembersChange: false);

    public bool IsSame(ObjectChoices other) => MembersChange == other.MembersChange && Sources.SetEquals(other.Sources);

    /// <summary>The key of a type whose objects are taken apart where the method makes them; empty for a type without source.</summary>
    public static string KeyOf(ITypeSymbol? type) =>
        type is INamedTypeSymbol { IsReferenceType: true } && !type.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty
            ? type.OriginalDefinition.GetDocumentationCommentId() ?? ""
            : "";

    /// <summary>Whether objects of a class are taken apart where the method makes them: one of its types gets numbers that are differentiated.</summary>
    public bool IsTakenApart(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (Sources.Contains(KeyOf(at))) return true;
        }

        return type.AllInterfaces.Any(i => Sources.Contains(KeyOf(i)));
    }

    public bool IsFromSource(IMethodSymbol method) => Sources.Contains(Declarations.Key(method.OriginalDefinition));
}
