using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>Source text for comments and messages. Lines are counted from the method's own first line, so that moving it changes nothing.</summary>
internal static class SourceLines
{
    private const int MostCharacters = 100;

    public static int First(SyntaxNode method)
    {
        var start = method is MethodDeclarationSyntax declaration
            ? (declaration.Modifiers.Count > 0 ? declaration.Modifiers[0].SpanStart : declaration.ReturnType.SpanStart)
            : method.SpanStart;
        return method.SyntaxTree.GetText().Lines.GetLinePosition(start).Line;
    }

    public static int Relative(SyntaxNode node, int first) => node.SyntaxTree.GetText().Lines.GetLinePosition(node.SpanStart).Line - first;

    public static ImmutableArray<string> Of(SyntaxNode method)
    {
        var lines = method.SyntaxTree.GetText().Lines;
        var last = lines.GetLinePosition(method.Span.End).Line;
        return Enumerable.Range(First(method), last - First(method) + 1).Select(i => Cut(lines[i].ToString().Trim())).ToImmutableArray();
    }

    /// <summary>The expression on one line, for a message.</summary>
    public static string Short(SyntaxNode node)
    {
        var lines = node.ToString().Split(new[] { '\r', '\n' }, StringSplitOptions.RemoveEmptyEntries);
        return Cut(string.Join(" ", lines.Select(l => l.Trim())));
    }

    private static string Cut(string text) => text.Length <= MostCharacters ? text : text.Substring(0, MostCharacters - 1) + "…";
}
