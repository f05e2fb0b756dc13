using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

internal enum VariantKind
{
    /// <summary>The function as it is.</summary>
    Primal,

    /// <summary>Value and partials of a function of scalars.</summary>
    Gradient,

    /// <summary>Runs the primal and leaves what the pullback needs on the tape.</summary>
    Forward,

    /// <summary>Takes the tape back and propagates cotangents.</summary>
    Pullback,

    /// <summary>Runs the primal and propagates tangents.</summary>
    Tangent,
}

/// <summary>A function derived from a callee that is not inlined, for one choice of active parameters (one character each, 1 or 0).</summary>
internal sealed record Variant(VariantKind Kind, string Callee, string Mask);

/// <summary>
/// Names the functions that one differentiation derives from the callees of a module, and remembers the requested ones in order. A name
/// ends in a hash of the callee and of all functions it calls. Equal names therefore mean equal functions, and methods of one type can
/// share them.
/// </summary>
internal sealed class DerivedCallees
{
    private readonly string _prefix;
    private readonly Dictionary<string, Function> _functions;
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly List<Variant> _requested = new();

    public DerivedCallees(Module module)
    {
        _prefix = module.IsGeneric ? module.Root.Name + "_" + Hash(IrText.Print(module.Root)) + "_" : "";
        _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<Variant> Requested => _requested;

    public bool IsPrimal(string callee) => _functions.ContainsKey(callee);

    public Function Primal(string callee) => _functions[callee];

    /// <summary>The name to call the variant by.</summary>
    public string Request(VariantKind kind, string callee, string mask)
    {
        var variant = new Variant(kind, callee, mask);
        if (!_requested.Contains(variant)) _requested.Add(variant);
        return Name(variant);
    }

    public string Name(Variant variant) =>
        variant.Kind == VariantKind.Primal && _functions[variant.Callee].IsNamedByContent ? variant.Callee
        : _prefix + variant.Callee + variant.Kind + (variant.Mask.Contains('0') ? "_" + variant.Mask : "") + "_" + ContentHash(variant.Callee);

    private string ContentHash(string callee)
    {
        if (_hashes.TryGetValue(callee, out var known)) return known;
        var function = _functions[callee];
        var text = function.IsLeaf ? LeafCache.Of(function).Text : string.Concat(WithCallees(function).Select(IrText.Print));
        return _hashes[callee] = Hash(text);
    }

    /// <summary>The function, and what it calls, directly or not, in ordinal order.</summary>
    private IEnumerable<Function> WithCallees(Function function) =>
        CallGraph.Reachable(function, _functions).Where(f => f.Name != function.Name).OrderBy(f => f.Name, StringComparer.Ordinal).Prepend(function);

    private static string Hash(string text) => StableHash.Of(text).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
}
