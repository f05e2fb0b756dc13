using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace SoftDiff.CodeFixes;

/// <summary>Declares the derivative that a method to differentiate needs, and calls it instead of a generated companion.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareDerivativeCodeFix)), Shared]
public sealed class DeclareDerivativeCodeFix : CodeFixProvider
{
    /// <summary>The property of the diagnostic that holds the declaration.</summary>
    internal const string DeclarationProperty = "declaration";

    private const string Title = "Declare the derivative and call it";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["SD0005"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostics = context.Diagnostics.Where(diagnostic => Declaration(diagnostic) is not null).ToImmutableArray();
        if (diagnostics.IsEmpty) return Task.CompletedTask;
        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellation => FixAsync(context.Document, diagnostics, cancellation), equivalenceKey: Title), diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var declared = new HashSet<(TypeDeclarationSyntax Type, string Name)>();
        var newLine = NewMembers.NewLine(editor.OriginalRoot);
        foreach (var diagnostic in diagnostics)
        {
            var call = editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>();
            if (call?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || Declaration(diagnostic) is not { } declaration) continue;

            editor.ReplaceNode(call.Expression, (current, _) => SyntaxFactory.IdentifierName(declaration.Identifier).WithTriviaFrom(current));
            var name = declaration.Identifier.ValueText;
            var exists = type.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.ValueText == name);
            if (!exists && declared.Add((type, name))) editor.AddMember(type, OnItsOwnLines(declaration, newLine));
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The declaration below an empty line, and its attribute on a line of its own.</summary>
    private static MethodDeclarationSyntax OnItsOwnLines(MethodDeclarationSyntax declaration, SyntaxTrivia newLine) => declaration
        .WithAttributeLists(SyntaxFactory.List(declaration.AttributeLists.Select(list => list.WithTrailingTrivia(newLine))))
        .WithLeadingTrivia(newLine);

    private static MethodDeclarationSyntax? Declaration(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(DeclarationProperty, out var text) && text is not null
            && SyntaxFactory.ParseMemberDeclaration(text) is MethodDeclarationSyntax declaration
            ? declaration.WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation)
            : null;
}
