using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Tests.Architecture;

/// <summary>Which folder of the generator may use which: the sources are bound, and every symbol they mention is looked up in the table.</summary>
public class ArchitectureTests
{
    private const string Root = "SoftDiff.Generator";
    private const string Roslyn = "Microsoft.CodeAnalysis";

    /// <summary>What each folder may use besides itself and the base class library. A folder that is not here is a fault.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["IR"] = [],
        ["Analysis"] = ["IR"],
        ["Transforms"] = ["IR", "Analysis"],
        ["Emit"] = ["IR"],
        ["Diagnostics"] = [Roslyn],
        ["Frontend"] = [Roslyn, "IR", "Diagnostics"],
        ["Analyzers"] = [Roslyn, "IR", "Frontend", "Diagnostics", "Pipeline"],
        ["Pipeline"] = [Roslyn, "IR", "Analysis", "Transforms", "Emit", "Frontend", "Diagnostics"],
    };

    [Fact]
    public void FoldersUseOnlyWhatTheTableAllows()
    {
        var faults = Faults(Sources());
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public void EveryFolderIsInTheTable()
    {
        var folders = Sources().Select(source => source.Path).Where(IsInRoom).Select(Folder).Distinct();
        Assert.Empty(folders.Except(MayUse.Keys));
    }

    [Theory]
    [InlineData("IR", "namespace SoftDiff.Generator.IR; class C { Microsoft.CodeAnalysis.SyntaxNode? N; }", "IR/Probe.cs:1: uses Microsoft.CodeAnalysis")]
    [InlineData("Emit", "using SoftDiff.Generator.Analysis;\nnamespace SoftDiff.Generator.Emit;\nclass C { }", "Emit/Probe.cs:1: uses Analysis")]
    [InlineData("Analysis", "namespace SoftDiff.Generator.Analysis;\nclass C { object? O = new Emit.D(); }", "Analysis/Probe.cs:2: uses Emit")]
    [InlineData("Analysis", "namespace SoftDiff.Generator.IR;\nclass C { }", "Analysis/Probe.cs:1: declares the namespace SoftDiff.Generator.IR")]
    public void TheTestItselfFindsFaults(string folder, string text, string fault)
    {
        var others = new[]
        {
            (Path: "Analysis/Other.cs", Text: "namespace SoftDiff.Generator.Analysis; class R { }"),
            (Path: "Emit/Other.cs", Text: "namespace SoftDiff.Generator.Emit; class D { }"),
        };
        Assert.Contains(fault, Faults(others.Append((folder + "/Probe.cs", text)).ToArray()));
    }

    private static List<string> Faults(IReadOnlyCollection<(string Path, string Text)> sources)
    {
        // Nullable analysis takes most of the time and says nothing about who uses whom.
        var options = new CSharpParseOptions(LanguageVersion.Latest).WithFeatures([new("run-nullable-analysis", "never")]);
        var trees = sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Path)).ToArray();
        var usings = CSharpSyntaxTree.ParseText(
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;",
            options);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("SoftDiff.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Bound", trees.Append(usings), references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        // A name that does not bind would go unchecked.
        var faults = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{d.Location.SourceTree?.FilePath}:{d.Location.GetLineSpan().StartLinePosition.Line + 1}: {d.GetMessage(null)}").ToList();
        foreach (var tree in trees.Where(t => IsInRoom(t.FilePath)))
        {
            var (model, folder) = (compilation.GetSemanticModel(tree), Folder(tree.FilePath));
            var allowed = MayUse.GetValueOrDefault(folder, []);
            foreach (var node in tree.GetRoot().DescendantNodes(node => !IsCode(node)))
            {
                if (node is BaseNamespaceDeclarationSyntax declaration && !Inside(declaration.Name.ToString(), Root + "." + folder))
                {
                    faults.Add(At(node) + "declares the namespace " + declaration.Name);
                }

                // Code is bound once as a whole: asking for one name after the other binds each lambda again and again.
                var uses = IsCode(node) ? OfCode(model.GetOperation(node)) : node is SimpleNameSyntax name && !NamesNamespace(name) ? [(node, model.GetSymbolInfo(name).Symbol)] : [];
                foreach (var (where, symbol) in uses)
                {
                    if (Place(symbol) is { } place && place != folder && !allowed.Contains(place)) faults.Add(At(where) + "uses " + place);
                }
            }

            string At(SyntaxNode node) => $"{tree.FilePath}:{tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}: ";
        }

        return faults.Distinct().ToList();
    }

    private static bool IsCode(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax;

    private static bool NamesNamespace(SimpleNameSyntax name) =>
        name.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault() is { } declaration && declaration.Name.Span.Contains(name.Span);

    /// <summary>The members and types that code mentions, and the types of its expressions.</summary>
    private static IEnumerable<(SyntaxNode Where, ISymbol? Symbol)> OfCode(IOperation? code)
    {
        foreach (var operation in code is null ? [] : code.DescendantsAndSelf())
        {
            yield return (operation.Syntax, operation.Type);
            var mentioned = operation switch
            {
                IInvocationOperation o => [o.TargetMethod, .. o.TargetMethod.TypeArguments],
                IMemberReferenceOperation o => [o.Member],
                IObjectCreationOperation o => [o.Constructor],
                ITypeOfOperation o => [o.TypeOperand],
                IIsTypeOperation o => [o.TypeOperand],
                IPatternOperation o => [o.NarrowedType],
                IVariableDeclaratorOperation o => [o.Symbol.Type],
                ICatchClauseOperation o => [o.ExceptionType],
                _ => Array.Empty<ISymbol?>(),
            };
            foreach (var symbol in mentioned) yield return (operation.Syntax, symbol);
        }
    }

    /// <summary>The folder a symbol comes from, or Roslyn; null for the base class library.</summary>
    private static string? Place(ISymbol? symbol)
    {
        var space = symbol switch
        {
            INamespaceSymbol named => named,
            IArrayTypeSymbol array => array.ElementType.ContainingNamespace,
            _ => symbol?.ContainingNamespace,
        };
        var full = space?.ToDisplayString() ?? "";
        return Inside(full, Roslyn) ? Roslyn : Inside(full, Root) && full != Root ? full.Substring(Root.Length + 1).Split('.')[0] : null;
    }

    private static bool Inside(string space, string outer) => space == outer || space.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string Folder(string path) => path.Split('/')[0];

    /// <summary>Not so polyfills, and the global usings beside the folders: only what a folder uses counts.</summary>
    private static bool IsInRoom(string path) => path.Contains('/') && Folder(path) != "Polyfills";

    private static List<(string Path, string Text)> Sources()
    {
        var root = Path.Combine(Rules.Repository.Root, "src", Root);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(source => Folder(source.Path) is not ("obj" or "bin"))
            .OrderBy(source => source.Path, StringComparer.Ordinal).ToList();
    }
}
