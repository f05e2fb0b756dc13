using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.CodeFixes;

/// <summary>Applies a code fix to the diagnostics of source files and gives back the texts.</summary>
internal static class FixHarness
{
    /// <summary>Finds the diagnostics of a project.</summary>
    public delegate ImmutableArray<Diagnostic> Find(Compilation compilation);

    /// <summary>Applies the fix of the first diagnostic.</summary>
    public static async Task<string[]> FixFirst(CodeFixProvider provider, Find find, params string[] sources)
    {
        (Project project, ImmutableArray<Diagnostic> diagnostics) = await Open(provider, find, sources);
        CodeAction action = await Register(provider, project, diagnostics[0]);
        return await Apply(action, project);
    }

    /// <summary>Applies the fix of all diagnostics of the project at once.</summary>
    public static async Task<string[]> FixAll(CodeFixProvider provider, Find find, params string[] sources)
    {
        (Project project, ImmutableArray<Diagnostic> diagnostics) = await Open(provider, find, sources);
        Document first = project.GetDocument(diagnostics[0].Location.SourceTree)!;
        CodeAction one = await Register(provider, project, diagnostics[0]);
        FixAllContext context = new(
            first, provider, FixAllScope.Project, one.EquivalenceKey!, provider.FixableDiagnosticIds, new Diagnostics(diagnostics), CancellationToken.None);
        CodeAction? all = await provider.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(all);
        return await Apply(all, project);
    }

    /// <summary>The changed sources that a refactoring offers, by title. The caret is behind the first occurrence of some text.</summary>
    public static async Task<Dictionary<string, string>> Offers(CodeRefactoringProvider provider, string source, string at)
    {
        Project project = Open([source]);
        int position = source.IndexOf(at, StringComparison.Ordinal);
        Assert.True(position >= 0, at);
        TextSpan caret = new(position + at.Length, 0);
        List<CodeAction> actions = [];
        await provider.ComputeRefactoringsAsync(
            new CodeRefactoringContext(project.Documents.Single(), caret, actions.Add, CancellationToken.None));
        Dictionary<string, string> texts = [];
        foreach (CodeAction action in actions) texts.Add(action.Title, Assert.Single(await Apply(action, project)));
        return texts;
    }

    private static async Task<(Project Project, ImmutableArray<Diagnostic> Diagnostics)> Open(CodeFixProvider provider, Find find, string[] sources)
    {
        Project project = Open(sources);
        Compilation? compilation = await project.GetCompilationAsync();
        ImmutableArray<Diagnostic> diagnostics = [.. find(compilation!).Where(found => provider.FixableDiagnosticIds.Contains(found.Id))];
        Assert.NotEmpty(diagnostics);
        return (project, diagnostics);
    }

    private static Project Open(string[] sources)
    {
        AdhocWorkspace workspace = new();
        Project project = workspace.AddProject("Probe", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest))
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithMetadataReferences(TestReferences.All);
        foreach (string source in sources)
        {
            string name = $"{(char)('A' + project.DocumentIds.Count)}.cs";
            project = project.AddDocument(name, SourceText.From(source), filePath: name).Project;
        }

        return project;
    }

    private static async Task<CodeAction> Register(CodeFixProvider provider, Project project, Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(
            project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return Assert.Single(actions);
    }

    private static async Task<string[]> Apply(CodeAction action, Project project)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Project changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetProject(project.Id)!;
        return await Task.WhenAll(changed.Documents.Select(async document => (await document.GetTextAsync()).ToString()));
    }

    private sealed class Diagnostics(ImmutableArray<Diagnostic> found) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellation) =>
            Task.FromResult<IEnumerable<Diagnostic>>(found);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellation)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellation);
            return found.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellation) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
