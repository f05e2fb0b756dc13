using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Finds constructors of value types that store their parameters in the members, in the order of the members, and do nothing else. Generated code
/// may call those, and reads better with them: <c>new Point(x, y)</c>.
/// </summary>
internal static class StoringConstructors
{
    /// <param name="type">The value type.</param>
    /// <param name="fields">The fields of its members, in order.</param>
    /// <param name="isAccessible">What generated code may name; null where it does not matter.</param>
    public static bool Exists(INamedTypeSymbol type, IReadOnlyList<IFieldSymbol> fields, Func<ISymbol, bool>? isAccessible) =>
        !type.IsRecord && type.InstanceConstructors.Any(c => c.Parameters.Length == fields.Count && (isAccessible is null || isAccessible(c)) && Stores(c, fields));

    private static bool Stores(IMethodSymbol constructor, IReadOnlyList<IFieldSymbol> fields)
    {
        if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not ConstructorDeclarationSyntax { Initializer: null } syntax) return false;
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (to, from) in Assignments(syntax))
        {
            var member = Member(to, constructor);
            if (member is null || from is not IdentifierNameSyntax parameter || stored.ContainsKey(member)) return false;
            stored.Add(member, parameter.Identifier.ValueText);
        }

        return stored.Count == fields.Count && fields.Zip(constructor.Parameters, (field, parameter) =>
            parameter.RefKind == RefKind.None && SymbolEqualityComparer.Default.Equals(field.Type, parameter.Type)
            && stored.TryGetValue(Products.Name(field), out var given) && given == parameter.Name).All(fits => fits);
    }

    /// <summary>What the body assigns; a pair of nulls for anything else that it does.</summary>
    private static IEnumerable<(ExpressionSyntax? To, ExpressionSyntax? From)> Assignments(ConstructorDeclarationSyntax constructor)
    {
        var expressions = constructor.ExpressionBody is { } arrow ? [arrow.Expression]
            : constructor.Body?.Statements.Select(statement => (statement as ExpressionStatementSyntax)?.Expression) ?? [];
        foreach (var expression in expressions)
        {
            if (expression is not AssignmentExpressionSyntax assignment || !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)) yield return default;
            else if (assignment is not { Left: TupleExpressionSyntax to, Right: TupleExpressionSyntax from }) yield return (assignment.Left, assignment.Right);
            else
            {
                for (var i = 0; i < to.Arguments.Count; i++) yield return (to.Arguments[i].Expression, from.Arguments.ElementAtOrDefault(i)?.Expression);
            }
        }
    }

    /// <summary>The name of the member that an expression is; null for anything else.</summary>
    private static string? Member(ExpressionSyntax? expression, IMethodSymbol constructor) => expression switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } => constructor.Parameters.Any(p => p.Name == name) ? null : name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        _ => null,
    };
}
