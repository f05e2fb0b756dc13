using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SoftDiff.Runtime.Build;

/// <summary>
/// Writes a large part of the runtime's public surface while the runtime is built. It starts from the declarations of the operators:
/// methods on double marked [SoftOperator]. It writes their derivatives, their forms for arrays and for float, the straight-through forms,
/// and the rules by which generated code calls them.
/// </summary>
[Generator]
public sealed class SurfaceGenerator : IIncrementalGenerator
{
    private const string Operator = "SoftDiff.SoftOperatorAttribute", Twin = "SoftDiff.FloatTwinAttribute";

    /// <summary>The names of the steps, for tests of incrementality.</summary>
    public const string ReadStep = "Read", WriteStep = "Write";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var operators = Read(Operator, OperatorReader.Read);
        var twins = Read(Twin, OperatorReader.ReadTwin);
        context.RegisterSourceOutput(
            operators.Where(r => r.Problem is not null).Select((r, _) => r.Problem!),
            (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));

        var files = Methods(operators)
            .Combine(Methods(twins))
            .SelectMany((both, _) => both.Left.Concat(both.Right)
                .GroupBy(m => m.FullName, StringComparer.Ordinal)
                .Select(group => (Name: group.Key, Methods: new EquatableArray<Marked>(group))))
            .Select((group, _) => (group.Name, Text: OperatorFile.Write(group.Methods)))
            .WithTrackingName(WriteStep);

        context.RegisterSourceOutput(
            files, (output, file) => output.AddSource(file.Name + ".g.cs", SourceText.From(file.Text, Encoding.UTF8)));

        var types = context.SyntaxProvider
            .CreateSyntaxProvider((node, _) => TypeSpec.IsCandidate(node), (node, _) => TypeSpec.Read((BaseTypeDeclarationSyntax)node.Node))
            .WithTrackingName(ReadStep)
            .Collect();
        var duals = Methods(operators)
            .Combine(types)
            .SelectMany((both, _) => DualFile.Write(both.Left.OfType<OperatorSpec>().Where(o => o.Nests), both.Right))
            .WithTrackingName(WriteStep);
        context.RegisterSourceOutput(
            duals, (output, file) => output.AddSource("SecondOrder." + file.Name + ".g.cs", SourceText.From(file.Text, Encoding.UTF8)));

        IncrementalValuesProvider<ReadMethod> Read(
            string marker, Func<GeneratorAttributeSyntaxContext, CancellationToken, ReadMethod> read) =>
            context.SyntaxProvider
                .ForAttributeWithMetadataName(marker, (node, _) => node is MethodDeclarationSyntax, read)
                .WithTrackingName(ReadStep);

        static IncrementalValueProvider<ImmutableArray<Marked>> Methods(IncrementalValuesProvider<ReadMethod> read) =>
            read.SelectMany((r, _) => r.Methods).Collect();
    }
}
