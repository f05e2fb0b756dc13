using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Constructors that do nothing but assign their parameters to the members, in the order of the members. Generated code calls them to make
/// values whose members an initializer cannot set.
/// </summary>
internal static class PlainConstructors
{
    /// <summary>
    /// Whether a type has members that an initializer cannot set, and such a constructor. No other one may have as many parameters: a call might
    /// be ambiguous.
    /// </summary>
    public static bool IsMadeByOne(INamedTypeSymbol type, IReadOnlyList<IFieldSymbol> fields)
    {
        if (!fields.Any(IsFixed) || !fields.All(HasNoCode)) return false;
        var constructors = type.InstanceConstructors.Where(c => c.Parameters.Length >= fields.Count).ToList();
        return constructors.Count == 1 && constructors[0].DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
            && Fits(constructors[0], fields) && Assigns(constructors[0], fields);
    }

    /// <summary>Whether a C# expression without accessors makes a value of the type from its members.</summary>
    public static bool CanMake(ITypeSymbol type, TypeMapping types, Func<ISymbol, bool> isAccessible) =>
        Products.Map(type, types, isAccessible) is not { } product || CanMake(product);

    private static bool CanMake(ProductType type) =>
        !(type.Form == ProductForm.InlineArray || (type.Form is ProductForm.Initializer or ProductForm.With && type.Members.Any(member => member.IsFixed)))
        && type.Members.All(member => member.Type is not ProductType inner || CanMake(inner));

    private static bool IsFixed(IFieldSymbol field) =>
        field.AssociatedSymbol is IPropertySymbol property ? property.SetMethod is null : field.IsReadOnly;

    /// <summary>Whether assigning the member is assigning its field.</summary>
    private static bool HasNoCode(IFieldSymbol field) => Declaration(field) is not PropertyDeclarationSyntax { AccessorList: { } list }
        || list.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null);

    private static bool Fits(IMethodSymbol constructor, IReadOnlyList<IFieldSymbol> fields) => constructor.Parameters.Length == fields.Count
        && constructor.Parameters.Zip(fields, (p, f) => p.RefKind == RefKind.None && SymbolEqualityComparer.Default.Equals(p.Type, f.Type)).All(fit => fit);

    private static bool Assigns(IMethodSymbol constructor, IReadOnlyList<IFieldSymbol> fields)
    {
        var expected = fields.Zip(constructor.Parameters, (f, p) => (Products.Name(f), p.Name)).ToList();
        switch (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax())
        {
            case TypeDeclarationSyntax:
                return fields.Select(f => (Products.Name(f), InitialValue(f) ?? "")).SequenceEqual(expected);
            case ConstructorDeclarationSyntax { Initializer: null } declared when fields.All(field => InitialValue(field) is null):
                var assigned = Assignments(declared, constructor).ToList();
                return assigned.Count == fields.Count && expected.All(assigned.Contains);
            default:
                return false;
        }
    }

    private static SyntaxNode? Declaration(IFieldSymbol field) =>
        (field.AssociatedSymbol ?? field).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();

    /// <summary>The expression that a member's declaration assigns to it, such as the name of a parameter; null if it assigns none.</summary>
    private static string? InitialValue(IFieldSymbol field) => Declaration(field) switch
    {
        PropertyDeclarationSyntax { Initializer.Value: var value } => value.ToString(),
        VariableDeclaratorSyntax { Initializer.Value: var value } => value.ToString(),
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The members and the parameters that the body assigns to them; empty names for each statement of another kind.</summary>
    private static IEnumerable<(string Member, string Value)> Assignments(ConstructorDeclarationSyntax declared, IMethodSymbol constructor)
    {
        var body = declared.Body?.Statements.Select(s => (s as ExpressionStatementSyntax)?.Expression) ?? new[] { declared.ExpressionBody?.Expression };
        return body.SelectMany(expression => expression switch
        {
            AssignmentExpressionSyntax { Left: TupleExpressionSyntax left, Right: TupleExpressionSyntax right } =>
                left.Arguments.Zip(right.Arguments, (l, r) => Pair(l.Expression, r.Expression)),
            AssignmentExpressionSyntax { OperatorToken.Text: "=" } assignment => new[] { Pair(assignment.Left, assignment.Right) },
            _ => new[] { ("", "") },
        });

        (string, string) Pair(ExpressionSyntax target, ExpressionSyntax value) => (target switch
        {
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
            IdentifierNameSyntax { Identifier.ValueText: var name } when constructor.Parameters.All(p => p.Name != name) => name,
            _ => "",
        }, (value as IdentifierNameSyntax)?.Identifier.ValueText ?? "");
    }
}
