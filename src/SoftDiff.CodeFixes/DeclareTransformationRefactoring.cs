using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;
using SoftDiff.Generator.Pipeline;

namespace SoftDiff.CodeFixes;

/// <summary>
/// Offers on the name and the attribute of a <c>[Differentiable]</c> method to declare its derivatives and its batch. The types around it
/// become partial if they are not.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(DeclareTransformationRefactoring)), Shared]
public sealed class DeclareTransformationRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var cancellation = context.CancellationToken;
        var root = await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || Marked(root, context.Span) is not { } method) return;

        // The method has no derivatives unless its types are partial, so it is read with them partial.
        var insertions = PartialTypes.Around([method]);
        var text = await context.Document.GetTextAsync(cancellation).ConfigureAwait(false);
        var document = insertions.IsEmpty ? context.Document : context.Document.WithText(text.WithChanges(insertions));
        var shift = insertions.Sum(insertion => insertion.NewText!.Length);
        var name = new TextSpan(method.Identifier.SpanStart + shift, method.Identifier.Span.Length);
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model) return;
        if (Marked(await model.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false), name) is not { } declared) return;
        if (model.GetDeclaredSymbol(declared, cancellation) is not { } symbol) return;

        foreach (var (derivative, declaration) in FirstDeclarations.Of(symbol, model.Compilation, cancellation))
        {
            context.RegisterRefactoring(CodeAction.Create(
                $"Declare the {derivative} of '{symbol.Name}'", token => WriteAsync(document, name, declaration, token),
                equivalenceKey: derivative));
        }
    }

    /// <summary>The method whose name, or one of whose attributes, the span is in.</summary>
    private static MethodDeclarationSyntax? Marked(SyntaxNode root, TextSpan span)
    {
        if (root.FindNode(span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method) return null;
        return method.Identifier.Span.Contains(span) || method.AttributeLists.Any(list => list.Span.Contains(span)) ? method : null;
    }

    private static async Task<Document> WriteAsync(Document document, TextSpan name, string declaration, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var method = Marked(editor.OriginalRoot, name)!;
        var written = (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(declaration)!;
        written = written.WithAdditionalAnnotations(Simplifier.Annotation);
        NewMembers.InsertBelow(editor, (TypeDeclarationSyntax)method.Parent!, method, written);
        return editor.GetChangedDocument();
    }
}
