using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Numerics;

/// <summary>
/// The formulas of System.Numerics, bound against the references of a compilation. They form a compilation of their own, in which the types have
/// the names that they have in the framework. So a member of the framework and its formula have the same documentation id.
/// </summary>
internal sealed class Formulas
{
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, IMethodSymbol>> _members = new(StringComparer.Ordinal);

    public Formulas(Compilation user) => Compilation = user.RemoveAllSyntaxTrees().AddSyntaxTrees(FormulaTexts.Trees);

    /// <summary>The compilation that holds them. It has the same metadata as the user's, and so the same symbols for it.</summary>
    public Compilation Compilation { get; }

    /// <summary>The compilation that a tree belongs to: the given one, or that of the formulas.</summary>
    public static Compilation Owner(SyntaxTree tree, Compilation user) =>
        FormulaTexts.Contain(tree) && !user.ContainsSyntaxTree(tree) ? CompilationCache.Of(user).Formulas.Compilation : user;

    /// <summary>Whether a symbol is part of the formulas.</summary>
    public static bool Contain(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Any(reference => FormulaTexts.Contain(reference.SyntaxTree));

    /// <summary>The formula of a method, operator, constructor or accessor of System.Numerics; null if there is none, or for any other method.</summary>
    public static IMethodSymbol? Of(IMethodSymbol? method, Compilation user)
    {
        if (method is not { DeclaringSyntaxReferences.IsEmpty: true, ContainingType: { } type } || !NumericTypes.HasFormulas(type)) return null;
        var members = CompilationCache.Of(user).Formulas.MembersOf(type.MetadataName);
        return method.GetDocumentationCommentId() is { } id && members.TryGetValue(id, out var formula) ? formula : null;
    }

    /// <summary>The formula of a static field, which is a property.</summary>
    public static IMethodSymbol? Of(IFieldSymbol field, Compilation user) =>
        field is { IsStatic: true, DeclaringSyntaxReferences.IsEmpty: true } && NumericTypes.Is(field.ContainingType)
        && CompilationCache.Of(user).Formulas.MembersOf(field.ContainingType.MetadataName)
            .TryGetValue("M:System.Numerics." + field.ContainingType.MetadataName + ".get_" + field.Name, out var formula) ? formula : null;

    private ImmutableDictionary<string, IMethodSymbol> MembersOf(string type) => _members.GetOrAdd(type, name =>
        Compilation.Assembly.GetTypeByMetadataName("System.Numerics." + name) is { } holder
            ? holder.GetMembers().OfType<IMethodSymbol>().Where(method => !method.IsImplicitlyDeclared || method.AssociatedSymbol is not null)
                .ToImmutableDictionary(method => method.GetDocumentationCommentId()!, StringComparer.Ordinal)
            : ImmutableDictionary<string, IMethodSymbol>.Empty);
}
