using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Numerics;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Caches facts about a compilation that several methods ask for. A compilation never changes, so the facts stay true. The table holds each
/// compilation weakly, and its entry dies with it.
/// </summary>
internal sealed class CompilationCache
{
    private static readonly ConditionalWeakTable<Compilation, CompilationCache> Caches = new();

    private readonly Lazy<Formulas> _formulas;

    private CompilationCache(Compilation compilation) => _formulas = new Lazy<Formulas>(() => new Formulas(compilation));

    /// <summary>The formulas of System.Numerics, once a method has used one of these types.</summary>
    public Formulas Formulas => _formulas.Value;

    /// <summary>One semantic model per tree. A model remembers what it has bound, so a helper that many methods call is bound once.</summary>
    public ConcurrentDictionary<SyntaxTree, SemanticModel> Models { get; } = new();

    /// <summary>The callees that call no others, as lowered.</summary>
    public ConcurrentDictionary<string, Function> Leaves { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a member of a struct changes its receiver, by the member's key.</summary>
    public ConcurrentDictionary<string, bool> Changes { get; } = new(StringComparer.Ordinal);

    /// <summary>The classes of the compilation that are of a type, by the key of the type.</summary>
    public ConcurrentDictionary<string, ImmutableArray<INamedTypeSymbol>> Implementations { get; } = new(StringComparer.Ordinal);

    /// <summary>The [DerivativeOf] rules, once a call has asked for them.</summary>
    public DerivativeOfIndex? Rules { get; set; }

    public static CompilationCache Of(Compilation compilation) => Caches.GetValue(compilation, key => new CompilationCache(key));
}
