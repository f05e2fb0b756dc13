using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Pipeline;

namespace SoftDiff.Generator.Analyzers;

/// <summary>
/// Reports what the frontend finds in marked methods. The generator reads the same methods and drops the diagnostics: only an analyzer's
/// obey <c>#pragma</c> and carry code fixes.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DifferentiableAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        Descriptors.All.Where(descriptor => descriptor != Descriptors.InternalError).ToImmutableArray();

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var findings = new Findings();
            start.RegisterSymbolAction(symbol => Analyze(symbol, findings), SymbolKind.Method);
        });
        context.RegisterSyntaxNodeAction(AnalyzeMark, SyntaxKind.Attribute);
    }

    /// <summary>Marks on local functions and lambdas, which are no members.</summary>
    private static void AnalyzeMark(SyntaxNodeAnalysisContext context)
    {
        var marked = context.Node.Parent?.Parent;
        if (marked is not (LocalFunctionStatementSyntax or LambdaExpressionSyntax)) return;
        var mark = context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol?.ContainingType;
        if (mark is null || !MarkerAttributes.MetadataNames.Contains(mark.ToDisplayString())) return;
        var symbol = marked is LocalFunctionStatementSyntax
            ? context.SemanticModel.GetDeclaredSymbol(marked, context.CancellationToken)
            : context.SemanticModel.GetSymbolInfo(marked, context.CancellationToken).Symbol;
        if (symbol is not IMethodSymbol method) return;
        var reports = new Reports(method);
        if (marked is LocalFunctionStatementSyntax function)
        {
            const string Local = "it is a local function; make it a static method of the type";
            reports.Add(Descriptors.UnsupportedMethod, function.Identifier.GetLocation(), null, method.Name, Local);
        }
        else
        {
            const string Lambda = "it is a lambda; make it a static method of the type";
            reports.Add(Descriptors.UnsupportedMethod, marked.GetLocation(), null, SourceLines.Short(marked), Lambda);
        }

        foreach (var diagnostic in reports.Diagnostics) context.ReportDiagnostic(diagnostic);
    }

    private static void Analyze(SymbolAnalysisContext context, Findings findings)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null) return;
        foreach (var diagnostic in SharedParameters(method).Diagnostics) context.ReportDiagnostic(diagnostic);
        foreach (var diagnostic in CheckpointAttributes.Check(method).Diagnostics) context.ReportDiagnostic(diagnostic);
        if (!MarkerAttributes.Of(method).Any()) return;
        if (HasDerivatives(method, context.CancellationToken)) return;

        foreach (var diagnostic in Lower(method, context.Compilation, context.CancellationToken))
        {
            if (findings.Belongs(diagnostic, method)) context.ReportDiagnostic(diagnostic);
        }
    }

    /// <summary>Parameters that are [Shared] among the examples of a batch where there is no batch.</summary>
    private static Reports SharedParameters(IMethodSymbol method)
    {
        var reports = new Reports(method);
        if (!method.Parameters.Any(TransformationAttributes.IsShared) || RuleLookup.Attribute(method, "VmapAttribute") is not null) return reports;
        foreach (var parameter in method.Parameters)
        {
            if (TransformationAttributes.SharedMark(parameter)?.ApplicationSyntaxReference is not { } mark) continue;
            reports.Add(Descriptors.SharedParameter, mark.SyntaxTree.GetLocation(mark.Span), null, parameter.Name, method.Name);
        }

        return reports;
    }

    /// <summary>
    /// Whether the generator has already written the companions of exactly this text of the method. The method then has no errors. If the
    /// file names no warnings either, the analyzer does not read the method a second time.
    /// </summary>
    private static bool HasDerivatives(IMethodSymbol method, CancellationToken cancellation)
    {
        var written = TransformationAttributes.IsMarked(method)
            ? method.PartialImplementationPart is { } body ? [body] : []
            : method.ContainingType.GetMembers(method.Name + "Jvp");
        foreach (var member in written)
        {
            var tree = member.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree;
            if (tree is null || !tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)) continue;
            var declaration = Declarations.Of(method, cancellation);
            if (Path.GetFileName(tree.FilePath) != declaration.HintName) continue;
            var lines = tree.GetText(cancellation).Lines;
            return lines.Count > 2 && lines[1].ToString() == "// SoftDiff: " + declaration.Title
                && !lines[2].ToString().StartsWith(IR.Declaration.WarningMark, StringComparison.Ordinal);
        }

        return false;
    }

    private static ImmutableArray<Diagnostic> Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        try
        {
            var lowered = CheckedLowering.Lower(method, compilation, cancellation);
            RuleChecks.Run(method, compilation, lowered, cancellation);
            return lowered.Reports.Any ? lowered.Reports.Diagnostics : lowered.Advice;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The generator meets the same exception and reports it.
            return ImmutableArray<Diagnostic>.Empty;
        }
    }

    /// <summary>
    /// The method that reports a finding. All methods that call one helper meet its errors. The first method reports them, and reports them
    /// again if an editor analyses that method once more.
    /// </summary>
    private sealed class Findings
    {
        private readonly ConcurrentDictionary<(string Id, Location Location), IMethodSymbol> _methods = new();

        public bool Belongs(Diagnostic diagnostic, IMethodSymbol method) =>
            SymbolEqualityComparer.Default.Equals(_methods.GetOrAdd((diagnostic.Id, diagnostic.Location), method), method);
    }
}
