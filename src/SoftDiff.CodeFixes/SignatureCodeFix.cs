using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace SoftDiff.CodeFixes;

/// <summary>
/// Gives a declared derivative, or a method of a custom rule, the signature that the diagnostic prints; writes rules' methods that are missing.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SignatureCodeFix)), Shared]
public sealed class SignatureCodeFix : CodeFixProvider
{
    /// <summary>The property of the diagnostic that holds the right header, from the modifiers to the closing parenthesis or the constraints.</summary>
    internal const string SignatureProperty = "signature";

    /// <summary>The property that holds the name the rule's method has or should have.</summary>
    internal const string NameProperty = "name";

    private const string Title = "Give the method the right signature";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["SD2001", "SD0006"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new AllFixes();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null) return;

        var diagnostics = context.Diagnostics
            .Where(diagnostic => Header(diagnostic) is not null && !IsInBody(root.FindNode(diagnostic.Location.SourceSpan)))
            .ToImmutableArray();
        if (diagnostics.IsEmpty) return;

        var found = ImmutableArray.Create((context.Document, diagnostics));
        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellation => FixAsync(context.Document.Project.Solution, found, cancellation), equivalenceKey: Title),
            diagnostics);
    }

    private static async Task<Solution> FixAsync(
        Solution solution, ImmutableArray<(Document Document, ImmutableArray<Diagnostic> Diagnostics)> found, CancellationToken cancellation)
    {
        var editor = new SolutionEditor(solution);
        var done = new HashSet<(INamedTypeSymbol Type, string Header)>();
        foreach (var (document, diagnostics) in found)
        {
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            if (model is null || root is null) continue;

            foreach (var diagnostic in diagnostics)
            {
                var at = root.FindNode(diagnostic.Location.SourceSpan);
                if (Header(diagnostic) is not { } header
                    || IsInBody(at)
                    || at.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
                    || model.GetDeclaredSymbol(declaration, cancellation) is not { } type
                    || !done.Add((type, header.ToString())))
                {
                    continue;
                }

                var written = await FindAsync(solution, type, header, at, cancellation).ConfigureAwait(false);
                if (written is var (home, method))
                {
                    var target = await editor.GetDocumentEditorAsync(home, cancellation).ConfigureAwait(false);
                    target.ReplaceNode(method, WithSignature(method, header));
                }
                else
                {
                    var target = await editor.GetDocumentEditorAsync(document.Id, cancellation).ConfigureAwait(false);
                    Add(target, declaration, at.FirstAncestorOrSelf<MethodDeclarationSyntax>(), header);
                }
            }
        }

        return editor.GetChangedSolution();
    }

    /// <summary>The rule's method in any part of the type: the one the diagnostic stands on, or the first of its name.</summary>
    private static async Task<(DocumentId Home, MethodDeclarationSyntax Method)?> FindAsync(
        Solution solution, INamedTypeSymbol type, MethodDeclarationSyntax header, SyntaxNode at, CancellationToken cancellation)
    {
        var methods = new List<MethodDeclarationSyntax>();
        foreach (var reference in type.GetMembers(header.Identifier.ValueText).SelectMany(member => member.DeclaringSyntaxReferences))
        {
            if (await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is MethodDeclarationSyntax method) methods.Add(method);
        }

        var found = methods.FirstOrDefault(method => method.Contains(at)) ?? methods.FirstOrDefault();
        return found is not null && solution.GetDocumentId(found.SyntaxTree) is { } home ? (home, found) : null;
    }

    private static MethodDeclarationSyntax? Header(Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(SignatureProperty, out var text) || text is null) return null;
        if (SyntaxFactory.ParseMemberDeclaration(text.TrimEnd(';') + ";") is not MethodDeclarationSyntax header) return null;
        return diagnostic.Properties.TryGetValue(NameProperty, out var name) && !string.IsNullOrEmpty(name)
            ? header.WithIdentifier(SyntaxFactory.Identifier(name!))
            : header;
    }

    /// <summary>Whether the diagnostic is on a call. The rule then belongs to another type, so there is nothing to fix here.</summary>
    private static bool IsInBody(SyntaxNode at) =>
        at.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && ((SyntaxNode?)method.Body ?? method.ExpressionBody)?.Span.Contains(at.Span) == true;

    /// <summary>Writes the method below the marked one, with an empty line between.</summary>
    private static void Add(SyntaxEditor editor, TypeDeclarationSyntax type, MethodDeclarationSyntax? marked, MethodDeclarationSyntax header)
    {
        var method = ((MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(
            header.WithSemicolonToken(default).ToString() + " => throw new global::System.NotImplementedException();")!)
            .WithAdditionalAnnotations(Simplifier.Annotation);

        if (marked is null)
        {
            editor.AddMember(type, method);
            return;
        }

        NewMembers.InsertBelow(editor, type, marked, method);
    }

    /// <summary>The method with the header's types; attributes, accessibility, body and what the body calls its parameters stay.</summary>
    private static MethodDeclarationSyntax WithSignature(MethodDeclarationSyntax method, MethodDeclarationSyntax header)
    {
        var parameters = method.ParameterList
            .WithParameters(Renamed(header.ParameterList.Parameters, method.ParameterList.Parameters))
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);

        var changed = method
            .WithReturnType(header.ReturnType.WithTriviaFrom(method.ReturnType).WithAdditionalAnnotations(Simplifier.Annotation))
            .WithTypeParameterList(header.TypeParameterList)
            .WithParameterList(parameters)
            .WithConstraintClauses(header.ConstraintClauses);

        return header.Modifiers.Any(SyntaxKind.StaticKeyword) && !method.Modifiers.Any(SyntaxKind.StaticKeyword)
            ? AsStatic(changed)
            : changed;
    }

    private static MethodDeclarationSyntax AsStatic(MethodDeclarationSyntax method)
    {
        var keyword = SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (method.Modifiers.Count > 0) return method.AddModifiers(keyword);

        var lead = method.ReturnType.GetLeadingTrivia();
        return method
            .WithReturnType(method.ReturnType.WithoutLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(keyword.WithLeadingTrivia(lead)));
    }

    /// <summary>The new parameters. Each keeps the old name at its position, unless another new parameter has this name.</summary>
    private static SeparatedSyntaxList<ParameterSyntax> Renamed(
        SeparatedSyntaxList<ParameterSyntax> parameters, SeparatedSyntaxList<ParameterSyntax> old)
    {
        var names = parameters.Select(parameter => parameter.Identifier.ValueText).ToImmutableHashSet();
        var oldNames = old.Select(parameter => parameter.Identifier.ValueText).ToImmutableHashSet();
        var renamed = parameters.Select((parameter, i) =>
            i < old.Count && !oldNames.Contains(parameter.Identifier.ValueText) && !names.Contains(old[i].Identifier.ValueText)
                ? parameter.WithIdentifier(old[i].Identifier.WithoutTrivia())
                : parameter);
        return SyntaxFactory.SeparatedList(renamed, parameters.GetSeparators());
    }

    private sealed class AllFixes : FixAllProvider
    {
        public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(
            CodeAction.Create(Title, cancellation => FixAllAsync(context.WithCancellationToken(cancellation)), equivalenceKey: Title));

        private static async Task<Solution> FixAllAsync(FixAllContext context)
        {
            var documents = context.Scope switch
            {
                FixAllScope.Document => context.Document is null ? [] : [context.Document],
                FixAllScope.Project => context.Project.Documents,
                _ => context.Solution.Projects.SelectMany(project => project.Documents),
            };

            var found = ImmutableArray.CreateBuilder<(Document, ImmutableArray<Diagnostic>)>();
            foreach (var document in documents)
            {
                var diagnostics = await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
                if (!diagnostics.IsEmpty) found.Add((document, diagnostics));
            }

            return await FixAsync(context.Solution, found.ToImmutable(), context.CancellationToken).ConfigureAwait(false);
        }
    }
}
