using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SoftDiff.Generator.Analyzers;
using SoftDiff.Generator.Diagnostics;

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
        foreach (var marker in MarkerAttributes.MetadataNames)
        {
            var files = context.SyntaxProvider
                .ForAttributeWithMetadataName(marker, (node, _) => node is MethodDeclarationSyntax, _phases.Lower)
                .WithTrackingName(StepNames.Lower)
                .Where(lowered => lowered is not null)
                .Select((lowered, cancellation) => _phases.Generate(lowered!, cancellation))
                .WithTrackingName(StepNames.Generate);

            context.RegisterSourceOutput(files, AddFile);
        }
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
