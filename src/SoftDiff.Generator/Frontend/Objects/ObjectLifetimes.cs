using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>Says which of the objects that a method makes are the same for all who hold them, even if one of them holds a copy.</summary>
internal static class ObjectLifetimes
{
    /// <summary>
    /// Whether no code assigns a field of the object after its constructor, or while the method runs; of a struct none may. A copy of it then behaves like
    /// the object itself.
    /// </summary>
    public static bool IsUnchanging(MadeObject made) => made.IsTree || made.Of.IsValueType || made.Fields.Symbols.All(IsUnchanging);

    private static bool IsUnchanging(ISymbol symbol) => symbol switch
    {
        IFieldSymbol { AssociatedSymbol: IPropertySymbol property } => property.SetMethod is null or { IsInitOnly: true },
        IFieldSymbol field => field.IsReadOnly,
        _ => symbol.ContainingType is { IsRecord: true } || !IsWritten(symbol),
    };

    /// <summary>Whether the class writes a parameter of its primary constructor.</summary>
    private static bool IsWritten(ISymbol parameter) => parameter.ContainingType.DeclaringSyntaxReferences
        .SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<IdentifierNameSyntax>()
        .Any(name => name.Identifier.ValueText == parameter.Name && IsTarget(name));

    private static bool IsTarget(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } } => true,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        PostfixUnaryExpressionSyntax step => step.IsKind(SyntaxKind.PostIncrementExpression) || step.IsKind(SyntaxKind.PostDecrementExpression),
        PrefixUnaryExpressionSyntax step => step.IsKind(SyntaxKind.PreIncrementExpression) || step.IsKind(SyntaxKind.PreDecrementExpression),
        RefExpressionSyntax => true,
        _ => false,
    };
}
