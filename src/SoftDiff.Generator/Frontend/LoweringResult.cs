using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The result of lowering one marked method. <see cref="Module"/> is null if the IR cannot express some part of the method or of a method
/// that it calls. <see cref="Signature"/> (a function with an empty body) is null if even the signature is unsupported. Reports hold
/// locations, so they never travel in the pipeline: the analyzer reports them, the generator drops them.
/// </summary>
internal sealed record LoweringResult(Declaration Declaration, Function? Signature, Module? Module, Reports Reports, PassedArguments Arguments)
{
    /// <summary>The declared transformations in the module, targets first.</summary>
    public IReadOnlyList<DeclaredTransformation> Transformations { get; init; } = Array.Empty<DeclaredTransformation>();

    /// <summary>The methods from which the functions that the root calls come, by the functions' names.</summary>
    public IReadOnlyDictionary<string, IMethodSymbol> Methods { get; init; } = new Dictionary<string, IMethodSymbol>();

    /// <summary>Warnings: the method has its derivatives all the same.</summary>
    public ImmutableArray<Diagnostic> Advice { get; init; } = ImmutableArray<Diagnostic>.Empty;

    /// <summary>The names of companions that cannot be generated, since the type has members in their place.</summary>
    public ImmutableArray<string> TakenNames { get; init; } = ImmutableArray<string>.Empty;
}
