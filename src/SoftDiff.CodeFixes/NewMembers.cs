using Microsoft.CodeAnalysis.Editing;

namespace SoftDiff.CodeFixes;

/// <summary>Lays out members that a fix adds. The editor's own insertion loses empty lines, so the layout is written by hand.</summary>
internal static class NewMembers
{
    /// <summary>The line end of the file.</summary>
    public static SyntaxTrivia NewLine(SyntaxNode root) => SyntaxFactory.EndOfLine(root.ToFullString().Contains("\r\n") ? "\r\n" : "\n");

    /// <summary>Writes a method below another one, with an empty line between.</summary>
    /// <param name="editor">The editor of the file.</param>
    /// <param name="type">The type of both methods.</param>
    /// <param name="above">The method that exists.</param>
    /// <param name="method">The method to write. Its attributes get lines of their own.</param>
    public static void InsertBelow(
        SyntaxEditor editor, TypeDeclarationSyntax type, MethodDeclarationSyntax above, MethodDeclarationSyntax method)
    {
        var newLine = NewLine(type);
        var indentation = above.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).LastOrDefault();
        if (method.AttributeLists.Count > 0)
        {
            var lists = method.AttributeLists.Select((list, i) =>
                (i == 0 ? list : list.WithLeadingTrivia(indentation)).WithTrailingTrivia(newLine));
            method = method.WithAttributeLists(SyntaxFactory.List(lists));
            method = method.ReplaceToken(method.Modifiers[0], method.Modifiers[0].WithLeadingTrivia(indentation));
        }

        method = method.WithLeadingTrivia(newLine, indentation).WithTrailingTrivia(newLine);
        editor.TrackNode(above);
        editor.ReplaceNode(type, (current, _) => current.InsertNodesAfter(current.GetCurrentNode(above)!, [method]));
    }
}
