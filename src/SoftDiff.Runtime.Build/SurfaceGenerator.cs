using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SoftDiff.Runtime.Build;

/// <summary>
/// Writes, while the runtime is built, what follows from the double forms of its operators (the methods marked [SoftOperator], with their
/// Vjp and Jvp): the float forms, the straight-through forms, and the rules by which generated code calls them.
/// </summary>
[Generator]
public sealed class SurfaceGenerator : IIncrementalGenerator
{
    public const string Marker = "SoftDiff.SoftOperatorAttribute";

    /// <summary>The names of the steps, for tests of what is done anew after an edit.</summary>
    public const string ReadStep = "Read", GroupStep = "Group", WriteStep = "Write";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var read = context.SyntaxProvider
            .ForAttributeWithMetadataName(Marker, (node, _) => node is MethodDeclarationSyntax, OperatorReader.Read)
            .WithTrackingName(ReadStep);

        context.RegisterSourceOutput(
            read.Where(r => r.Problem is not null).Select((r, _) => r.Problem!),
            (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));

        var files = read
            .Where(r => r.Operator is not null).Select((r, _) => r.Operator!)
            .Collect()
            .SelectMany((operators, _) => operators
                .GroupBy(o => o.FullName, StringComparer.Ordinal)
                .Select(group => (Name: group.Key, Operators: new EquatableArray<OperatorSpec>(group))))
            .WithTrackingName(GroupStep)
            .Select((group, _) => (group.Name, Text: OperatorFile.Write(group.Operators)))
            .WithTrackingName(WriteStep);

        context.RegisterSourceOutput(files, (output, file) => output.AddSource(file.Name + ".g.cs", SourceText.From(file.Text, Encoding.UTF8)));
    }
}
