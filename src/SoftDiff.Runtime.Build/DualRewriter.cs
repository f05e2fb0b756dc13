using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Runtime.Build;

/// <summary>
/// Rewrites code for dual numbers. The type double and the literals become Dual, except in constants. Default values, loops for wide
/// vectors and documentation are removed.
/// </summary>
internal sealed class DualRewriter : CSharpSyntaxRewriter
{
    private const string Dual = "Dual";

    public static SyntaxNode Of(SyntaxNode node) => new DualRewriter().Visit(node)!;

    public override SyntaxNode? VisitPredefinedType(PredefinedTypeSyntax node) => node.Keyword.IsKind(SyntaxKind.DoubleKeyword)
        ? SyntaxFactory.IdentifierName(Dual).WithTriviaFrom(node)
        : base.VisitPredefinedType(node);

    public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node) => node.Token.Value is double
        ? SyntaxFactory.ParseExpression($"({Dual}){node.Token.Text}").WithTriviaFrom(node)
        : base.VisitLiteralExpression(node);

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) =>
        node.Modifiers.Any(SyntaxKind.ConstKeyword) ? node.WithoutLeadingTrivia() : base.VisitFieldDeclaration(node);

    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node) =>
        node.IsConst ? node : base.VisitLocalDeclarationStatement(node);

    // A dual number has no constant but its default value.
    public override SyntaxNode? VisitParameter(ParameterSyntax node) => base.VisitParameter(
        node is { Type: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.DoubleKeyword }, Default.Value: LiteralExpressionSyntax { Token.ValueText: "0" } value }
            ? node.ReplaceNode(value, SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression))
            : node);

    // A vector holds one dual number.
    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node) =>
        node.Condition.GetFirstToken().Text is "Vector512" or "Vector256"
            ? Visit(node.Else?.Statement)
            : base.VisitIfStatement(node);

    public override SyntaxTrivia VisitTrivia(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) ? default : base.VisitTrivia(trivia);
}
