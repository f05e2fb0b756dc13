using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Emit;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Sparsity;

namespace SoftDiff.Generator.Pipeline;

internal delegate LoweringResult LowerMethod(IMethodSymbol method, Compilation compilation, CancellationToken cancellation);

internal delegate ImmutableArray<Companion> Differentiate(Module module, CancellationToken cancellation);

/// <summary>
/// The generator's two steps. An exception is a bug of ours: each step catches it for one method, so that the other methods keep their
/// companions, and hands it on as a <see cref="Failure"/>. Tests put failing functions in the place of the compiler's.
/// </summary>
internal sealed class Phases(LowerMethod lower, Differentiate differentiate)
{
    private const string InternalErrorId = "SD9000";

    private const string MissingRuleId = "SD2004";

    private const string UnknowablePatternId = "SD0017";

    /// <summary>Stands for whatever the compiler itself reports about a method we have no complaint about.</summary>
    private const string CompilerErrorId = "CS";

    public static readonly Phases Default = new(CheckedLowering.Lower, Companions.Generate);

    /// <summary>Null when there is nothing to emit for the match.</summary>
    public Lowered? Lower(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        try
        {
            if (!Matches.Emits(context)) return null;

            var method = (IMethodSymbol)context.TargetSymbol;
            var result = lower(method.PartialDefinitionPart ?? method, context.SemanticModel.Compilation, cancellation);
            if (result.Signature is not { } signature) return null;

            var errorId = result.Module is null ? FirstError(result.Reports.Diagnostics) : null;
            var warnings = result.Advice.Select(warning => warning.Id).Distinct().ToImmutableArray();
            return new Lowered(new MethodSpec(result.Declaration with { Warnings = warnings }, signature, result.Module, errorId, result.TakenNames), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new Lowered(null, Failure.Of(context.TargetSymbol.ToDisplayString(), exception));
        }
    }

    public GeneratedFile Generate(Lowered lowered, CompilationFacts facts, CancellationToken cancellation)
    {
        if (lowered.Spec is not { } spec) return new GeneratedFile("", null, lowered.Failure, []);

        try
        {
            if (spec.Module is not { } module) return new GeneratedFile(spec.Declaration.HintName, Stubs(spec, spec.ErrorId ?? CompilerErrorId), null, []);
            var (file, shared) = CompanionFiles.Assemble(spec.Declaration.Title, spec.Declaration, differentiate(module, cancellation));
            return new GeneratedFile(spec.Declaration.HintName, Print(file, facts), null, shared) { Trees = Trees(spec.Signature) };
        }
        catch (MissingRuleException)
        {
            // An error in the user's program, which the analyzer reports on the call.
            return new GeneratedFile(spec.Declaration.HintName, Stubs(spec, MissingRuleId), null, []);
        }
        catch (UnknowablePatternException)
        {
            return new GeneratedFile(spec.Declaration.HintName, Stubs(spec, UnknowablePatternId), null, []);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new GeneratedFile(
                spec.Declaration.HintName, PrintStubs(spec), Failure.Of(spec.Declaration.DisplayName, exception), []);
        }
    }

    private static ImmutableArray<ProductType> Trees(Function signature) =>
        signature.Parameters.Where(p => p.IsLeaf).Select(p => p.Part!.Type).Where(tree => tree.IsObject).Where(TreeFile.IsWritten).Distinct().ToImmutableArray();

    /// <summary>The file that gives the leaves of a class to the runtime.</summary>
    public static GeneratedFile Generate(ProductType tree) => new(HintName.Of(TreeFile.NameOf(tree), tree.Name), TreeFile.Write(tree), null, []);

    private static string Stubs(MethodSpec spec, string errorId)
    {
        var stubs = spec.Declaration.Header is null ? Companions.Stubs(spec.Signature, errorId) : ImmutableArray.Create(Companions.Stub(spec.Signature, errorId));
        var title = (spec.Declaration.Header is null ? "no derivatives of " : "no body of ") + spec.Declaration.DisplayName;
        return FileWriter.Write(CompanionFiles.Assemble(title, spec.Declaration, stubs.RemoveAll(c => spec.TakenNames.Contains(c.Function.Name))).File);
    }

    /// <summary>The file of a method that others share.</summary>
    public static GeneratedFile Generate(SharedMethod method, CompilationFacts facts, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return new GeneratedFile(method.HintName, Print(CompanionFiles.Assemble(method), facts), null, []);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new GeneratedFile(method.HintName, null, Failure.Of(method.Declaration.DisplayName, exception), []);
        }
    }

    private static string Print(CompanionFile file, CompilationFacts facts) => FileWriter.Write(file with { ChecksOverflow = facts.ChecksOverflow });

    private static string? FirstError(ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.OrderByDescending(diagnostic => diagnostic.Severity).FirstOrDefault()?.Id;

    /// <summary>After a failure: keeps the call sites of the companions free of errors, unless the stubs are what failed.</summary>
    private static string? PrintStubs(MethodSpec spec)
    {
        try
        {
            return Stubs(spec, InternalErrorId);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }
}
