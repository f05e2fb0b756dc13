using System.Globalization;
using System.Text.RegularExpressions;
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

    /// <summary>Runs the primal and propagates cotangents, for calls that keep their arguments only.</summary>
    Vjp,

    /// <summary>Runs the primal and propagates tangents.</summary>
    Tangent,

    /// <summary>Runs the primal and computes the coefficients of power series, each a value.</summary>
    Coefficients,

    /// <summary>Runs the primal and computes power series in spans.</summary>
    Series,

    /// <summary>Computes on which inputs the results depend, and not the results.</summary>
    Dependencies,

    /// <summary>The same for a function of which nobody knows whether it is called.</summary>
    UnsureDependencies,
}

/// <summary>
/// A function derived from a callee that is not inlined, for one choice of active parameters (one character each, 1 or 0), and of power
/// series up to an order.
/// </summary>
internal sealed record Variant(VariantKind Kind, string Callee, string Mask, int Order = 0);

/// <summary>
/// Names the functions that one differentiation derives from the callees of a module, and remembers the requested ones in order. A name
/// ends in a hash of the callee and of all functions it calls. Equal names therefore mean equal functions, and methods of one type can
/// share them.
/// </summary>
internal sealed class DerivedCallees
{
    private static readonly Regex NameEnd = new("(_[01]+)?_[0-9a-f]{8}$", RegexOptions.CultureInvariant);

    private readonly string _prefix;
    private readonly Dictionary<string, Function> _functions;
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly List<Variant> _requested = new();
    private readonly Dictionary<string, Function> _added = new(StringComparer.Ordinal);

    public DerivedCallees(Module module)
    {
        _prefix = module.IsGeneric ? module.Root.Name + "_" + Hash(IrText.Print(module.Root)) + "_" : "";
        _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        Dependence = new CalleeDependence(Primal);
    }

    /// <summary>Which results of the functions depend on the numbers in their arguments.</summary>
    public CalleeDependence Dependence { get; }

    public IReadOnlyList<Variant> Requested => _requested;

    /// <summary>The functions of the module, and those that the transform has made to derive others from.</summary>
    public ImmutableArray<Function> Primals => _functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>Functions that the transform calls as they are.</summary>
    public IEnumerable<Function> Added => _added.Values;

    public bool IsPrimal(string callee) => _functions.ContainsKey(callee);

    public Function Primal(string callee) => _functions[callee];

    /// <summary>Whether a function calls itself, directly or not.</summary>
    public bool IsRecursive(string callee) => CallGraph.Reachable(_functions[callee], _functions).Any(f => f.Name == callee);

    /// <summary>Adds a function that variants can be derived from. Equal names mean equal functions.</summary>
    public void AddPrimal(Function function)
    {
        if (!_functions.ContainsKey(function.Name)) _functions[function.Name] = function;
    }

    /// <summary>Adds a function to call as it is, which calls no other; its name gets a hash of its text. Gives the name.</summary>
    public string Add(Function function)
    {
        var name = _prefix + function.Name + "_" + Hash(IrText.Print(function));
        if (!_added.ContainsKey(name)) _added[name] = function with { Name = name, IsNamedByContent = true };
        return name;
    }

    /// <summary>The name to call the variant by.</summary>
    public string Request(VariantKind kind, string callee, string mask, int order = 0)
    {
        var variant = new Variant(kind, callee, mask, order);
        if (!_requested.Contains(variant)) _requested.Add(variant);
        return Name(variant);
    }

    public string Name(Variant variant) =>
        variant.Kind == VariantKind.Primal && _functions[variant.Callee].IsNamedByContent ? variant.Callee
        : _prefix + Stem(_functions[variant.Callee]) + variant.Kind + (variant.Order > 0 ? variant.Order.ToString(CultureInfo.InvariantCulture) : "")
            + (variant.Mask.Contains('0') ? "_" + variant.Mask : "") + "_" + ContentHash(variant.Callee);

    /// <summary>
    /// The name without the mask and the hash at its end. The new name's hash covers them, since it is that of a text which contains the name.
    /// </summary>
    private static string Stem(Function function) => function.IsNamedByContent ? NameEnd.Replace(function.Name, "") : function.Name;

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

    /// <summary>The end of a name by content.</summary>
    public static string Hash(string text) => StableHash.Of(text).ToString("x8", CultureInfo.InvariantCulture);
}
