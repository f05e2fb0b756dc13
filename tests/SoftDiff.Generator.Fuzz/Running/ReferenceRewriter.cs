using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>
/// Turns a program into its reference: <c>double</c> and <c>float</c> become dual numbers, and every loop and every method takes
/// <c>Fuel</c>. Names such as <c>Math</c> and
/// <c>Soft</c> stay; in the namespace of the reference they mean the classes for dual numbers.
/// </summary>
internal sealed class ReferenceRewriter : CSharpSyntaxRewriter
{
    /// <summary>The namespace whose members a reference sees before those of the framework and the runtime.</summary>
    public const string Namespace = "SoftDiff.Generator.Fuzz.Reference";

    private static readonly StatementSyntax s_useFuel = SyntaxFactory.ParseStatement("Fuel.Use();");

    public static SyntaxNode Rewrite(SyntaxNode root) => new ReferenceRewriter().Visit(root);

    public override SyntaxNode? VisitPredefinedType(PredefinedTypeSyntax node) =>
        node.Keyword.Kind() is SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword
            ? SyntaxFactory.ParseTypeName($"Dual<{node.Keyword.ValueText}>").WithTriviaFrom(node)
            : base.VisitPredefinedType(node);

    /// <summary>An expression or a type of C#, on dual numbers.</summary>
    public static string OfExpression(string text) => Rewrite(SyntaxFactory.ParseExpression(text)).ToFullString();

    /// <summary>A constant of dual numbers is a variable.</summary>
    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node)
    {
        var visited = (LocalDeclarationStatementSyntax)base.VisitLocalDeclarationStatement(node)!;
        return visited.IsConst ? visited.WithModifiers(default).WithLeadingTrivia(node.GetLeadingTrivia()) : visited;
    }

    /// <summary>Patterns compare with constants of the language, so with the value alone.</summary>
    public override SyntaxNode? VisitSwitchExpression(SwitchExpressionSyntax node)
    {
        var visited = (SwitchExpressionSyntax)base.VisitSwitchExpression(node)!;
        return node.Arms.Any(arm => ComparesNumbers(arm.Pattern)) ? visited.WithGoverningExpression(ValueOf(visited.GoverningExpression))
            : visited;
    }

    public override SyntaxNode? VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        var visited = (IsPatternExpressionSyntax)base.VisitIsPatternExpression(node)!;
        return ComparesNumbers(node.Pattern) ? visited.WithExpression(ValueOf(visited.Expression)) : visited;
    }

    /// <summary>A member that a pattern compares: <c>{ X.Value: > 0.5 }</c>.</summary>
    public override SyntaxNode? VisitSubpattern(SubpatternSyntax node)
    {
        var visited = (SubpatternSyntax)base.VisitSubpattern(node)!;
        if (node.ExpressionColon is not { } colon || !ComparesNumbers(node.Pattern)) return visited;
        ExpressionSyntax member = ValueOf(colon.Expression);
        return visited.WithExpressionColon(SyntaxFactory.ExpressionColon(member, SyntaxFactory.Token(SyntaxKind.ColonToken)));
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var visited = (ForStatementSyntax)base.VisitForStatement(node)!;
        return visited.WithStatement(WithFuel(visited.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var visited = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return visited.WithStatement(WithFuel(visited.Statement));
    }

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var visited = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return visited.WithStatement(WithFuel(visited.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var visited = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return visited.WithStatement(WithFuel(visited.Statement));
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var visited = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (visited.Body is { } body) return visited.WithBody((BlockSyntax)WithFuel(body));
        if (visited.ExpressionBody is not { } arrow) return visited;
        return visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(arrow, node.ReturnType));
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (visited.ExpressionBody is not { } arrow) return visited.WithBody((BlockSyntax)WithFuel(visited.Body!));
        return visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(arrow, node.ReturnType));
    }

    private static BlockSyntax Block(ArrowExpressionClauseSyntax arrow, TypeSyntax returns)
    {
        bool isVoid = returns is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        StatementSyntax last = isVoid
            ? SyntaxFactory.ExpressionStatement(arrow.Expression)
            : SyntaxFactory.ReturnStatement(arrow.Expression.WithLeadingTrivia(SyntaxFactory.Space));
        return SyntaxFactory.Block(s_useFuel, last);
    }

    private static StatementSyntax WithFuel(StatementSyntax body) => body is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, s_useFuel))
        : SyntaxFactory.Block(s_useFuel, body);

    private static bool ComparesNumbers(SyntaxNode patterns) => patterns.DescendantNodesAndSelf(node => node is not RecursivePatternSyntax).Any(node =>
        node is RelationalPatternSyntax or ConstantPatternSyntax
        && node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.NumericLiteralToken) && token.Value is double or float));

    private static ExpressionSyntax ValueOf(ExpressionSyntax number) => SyntaxFactory.MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression,
        number is SimpleNameSyntax ? number.WithoutTrivia() : SyntaxFactory.ParenthesizedExpression(number.WithoutTrivia()),
        SyntaxFactory.IdentifierName("Value")).WithTriviaFrom(number);
}
