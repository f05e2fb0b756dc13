using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Caches the derivatives of a function that calls no other. The frontend lowers such a callee once per compilation, and all methods that
/// call it share the object. The cache lives as long as the function.
/// </summary>
internal sealed class LeafCache
{
    private static readonly ConditionalWeakTable<Function, LeafCache> Caches = new();

    private readonly Lazy<string> _text;
    private readonly ConcurrentDictionary<(Variant Variant, TransformOptions Options), ImmutableArray<Function>> _variants = new();
    private readonly ConcurrentDictionary<TransformOptions, Function> _simplified = new();
    private readonly ConcurrentDictionary<TransformOptions, Function> _lowered = new();

    private LeafCache(Function function) => _text = new Lazy<string>(() => IrText.Print(function));

    /// <summary>The function as text.</summary>
    public string Text => _text.Value;

    public static bool IsLeaf(Function function) => !function.Body.AllOps().Any(op => op is Call);

    public static LeafCache Of(Function function) => Caches.GetValue(function, f => new LeafCache(f));

    public Function Simplified(TransformOptions options, Func<Function> simplify) => _simplified.GetOrAdd(options, _ => simplify());

    public Function Lowered(TransformOptions options, Func<Function> lower) => _lowered.GetOrAdd(options, _ => lower());

    /// <summary>The functions of a variant, derived at the first request.</summary>
    public ImmutableArray<Function> Variant(Variant variant, TransformOptions options, Func<ImmutableArray<Function>> derive) =>
        _variants.GetOrAdd((variant, options), _ => derive());
}
