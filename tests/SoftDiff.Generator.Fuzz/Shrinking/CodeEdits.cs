using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SoftDiff.Generator.Fuzz.Shrinking;

/// <summary>
/// Smaller forms of a program: members and statements left out, bodies without their loop or branch, operands in the place of
/// expressions.
/// </summary>
internal static class CodeEdits
{
    private const string Before = "class C\n{\n";

    private static readonly string[] s_constants = ["0.5", "1", "true"];

    public static IEnumerable<Edit> Of(string members)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(Before + members + "\n}").GetRoot();
        return root.DescendantNodes().SelectMany(Of).Where(edit => edit.Gain > 0);
    }

    private static IEnumerable<Edit> Of(SyntaxNode node) => node switch
    {
        ClassDeclarationSyntax { Parent: CompilationUnitSyntax } or MethodDeclarationSyntax { Identifier.ValueText: "F" } => [],
        MemberDeclarationSyntax => [Replace(node.Span, "")],
        SwitchSectionSyntax or ElseClauseSyntax => [Replace(node.FullSpan, "")],
        IfStatementSyntax branch => [.. Removal(branch), Replace(node.Span, Content(branch.Statement)), .. Else(branch)],
        ForStatementSyntax { Statement: var body } => [.. Removal(node), Replace(node.Span, Content(body))],
        ForEachStatementSyntax { Statement: var body } => [.. Removal(node), Replace(node.Span, Content(body))],
        WhileStatementSyntax { Statement: var body } => [.. Removal(node), Replace(node.Span, Content(body))],
        DoStatementSyntax { Statement: var body } => [.. Removal(node), Replace(node.Span, Content(body))],
        BlockSyntax { Parent: SwitchSectionSyntax or BlockSyntax } => Removal(node),
        BlockSyntax => [],
        StatementSyntax => Removal(node),
        ExpressionSyntax expression when !IsTarget(expression) => Simpler(expression),
        _ => [],
    };

    private static IEnumerable<Edit> Removal(SyntaxNode statement) =>
        [Replace(statement.Span, statement.Parent is BlockSyntax or SwitchSectionSyntax ? "" : ";")];

    private static IEnumerable<Edit> Else(IfStatementSyntax branch) => branch.Else is { } other
        ? [Replace(branch.Span, Content(other.Statement))] : [];

    private static string Content(StatementSyntax body) => body is BlockSyntax block
        ? string.Join(' ', block.Statements.Select(statement => statement.ToString())) : body.ToString();

    private static bool IsTarget(ExpressionSyntax expression) =>
        expression is TypeSyntax or LiteralExpressionSyntax || expression.Parent is AssignmentExpressionSyntax assignment
            && assignment.Left == expression;

    private static IEnumerable<Edit> Simpler(ExpressionSyntax expression)
    {
        IEnumerable<string> operands = expression.DescendantNodes(node => node == expression || node is not ExpressionSyntax)
            .OfType<ExpressionSyntax>().Where(operand => operand is not TypeSyntax || operand is IdentifierNameSyntax)
                .Select(operand => operand.ToString());
        return s_constants.Concat(operands).Select(text => Replace(expression.Span, text));
    }

    private static Edit Replace(TextSpan span, string text) =>
        new(new TextChange(new TextSpan(span.Start - Before.Length, span.Length), text));
}
