using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>
/// How a module lowers calls of objects. Only the lowered module tells whether a choice was right. If one was wrong, the module is lowered
/// again.
/// </summary>
/// <param name="Sources">The keys of the methods and types that get numbers which are differentiated. They are lowered from source.</param>
/// <param name="MembersChange">
/// Whether a call may change members of the receiver. They are then read where the method reads them, and are no constants.
/// </param>
internal sealed record ObjectChoices(ImmutableHashSet<string> Sources, bool MembersChange)
{
    public static readonly ObjectChoices None = new(ImmutableHashSet<string>.Empty, MembersChange: false);

    /// <summary>The key among the sources that says: arrays under interfaces of lists stay arrays.</summary>
    public const string ArraysAsLists = "[]";

    /// <summary>The same text for the same choices.</summary>
    public string Key => (MembersChange ? "!" : "") + string.Join(",", Sources.OrderBy(source => source, StringComparer.Ordinal));

    public bool IsSame(ObjectChoices other) => MembersChange == other.MembersChange && Sources.SetEquals(other.Sources);

    /// <summary>The key of a type whose objects are taken apart where the method makes them; empty for a type without source, lists of numbers apart.</summary>
    public static string KeyOf(ITypeSymbol? type) =>
        MadeList.IsMade(type) ? MadeList.KeyOf(type!)
        : type is INamedTypeSymbol { IsReferenceType: true } && !type.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty
            ? type.OriginalDefinition.GetDocumentationCommentId() ?? ""
            : "";

    /// <summary>The key of a struct with arrays, which is taken apart where it is a parameter tree.</summary>
    public static string KeyOfStruct(INamedTypeSymbol type) => type.OriginalDefinition.GetDocumentationCommentId() ?? "";

    /// <summary>
    /// Whether objects of a class are taken apart where the method makes them: the class, a base class or an interface is among the sources.
    /// </summary>
    public bool IsTakenApart(INamedTypeSymbol type)
    {
        if (type.IsValueType) return Sources.Contains(KeyOfStruct(type));
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (Sources.Contains(KeyOf(at))) return true;
        }

        return type.AllInterfaces.Any(i => Sources.Contains(KeyOf(i)));
    }

    public bool IsFromSource(IMethodSymbol method) => Sources.Contains(Declarations.Key(method.OriginalDefinition));
}
