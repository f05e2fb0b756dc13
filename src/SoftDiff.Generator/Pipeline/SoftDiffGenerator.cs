using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>Finds the marked methods and adds one file of companions for each.</summary>
[Generator]
public sealed class SoftDiffGenerator : IIncrementalGenerator
{
    private readonly Phases _phases;

    public SoftDiffGenerator()
        : this(Phases.Default)
    {
    }

    internal SoftDiffGenerator(Phases phases) => _phases = phases;

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var facts = context.CompilationProvider.Select((compilation, _) => CompilationFacts.Of(compilation)).WithTrackingName(StepNames.Facts);
        IncrementalValueProvider<ImmutableArray<SharedMethod>>? shared = null;
        IncrementalValueProvider<ImmutableArray<ProductType>>? trees = null;
        foreach (var marker in MarkerAttributes.MetadataNames)
        {
            var files = context.SyntaxProvider
                .ForAttributeWithMetadataName(marker, (node, _) => node is MethodDeclarationSyntax, _phases.Lower)
                .WithTrackingName(StepNames.Lower)
                .Where(lowered => lowered is not null)
                .Combine(facts)
                .Select((both, cancellation) => _phases.Generate(both.Left!, both.Right, cancellation))
                .WithTrackingName(StepNames.Generate);

            context.RegisterSourceOutput(files, AddFile);

            var called = files.SelectMany((file, _) => file.Shared).Collect();
            shared = shared is { } others ? others.Combine(called).Select((both, _) => both.Left.AddRange(both.Right)) : called;

            var models = files.SelectMany((file, _) => file.Trees).Collect();
            trees = trees is { } known ? known.Combine(models).Select((both, _) => both.Left.AddRange(both.Right)) : models;
        }

        var sharedFiles = shared!.Value
            .SelectMany((methods, _) => methods.Distinct())
            .Combine(facts)
            .Select((both, cancellation) => Phases.Generate(both.Left, both.Right, cancellation))
            .WithTrackingName(StepNames.Share);

        context.RegisterSourceOutput(sharedFiles, AddFile);

        // Methods of several types may see one class with other members hidden, which makes no difference to its leaves.
        var treeFiles = trees!.Value
            .SelectMany((all, _) => all.GroupBy(tree => tree.Name, StringComparer.Ordinal).Select(same => same.First()))
            .Select((tree, _) => Phases.Generate(tree))
            .WithTrackingName(StepNames.Trees);

        context.RegisterSourceOutput(treeFiles, AddFile);
    }

    private static void AddFile(SourceProductionContext context, GeneratedFile file)
    {
        if (file.Text is not null) context.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
        if (file.Failure is { } failure)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.InternalError, Location.None, failure.Method, failure.ExceptionType, failure.Message));
        }
    }
}
