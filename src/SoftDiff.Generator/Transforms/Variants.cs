using System.Collections.Immutable;
using SoftDiff.Generator.IR;

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

/// <summary>Names the variants a companion calls and remembers which are needed, in the order they were asked for.</summary>
internal sealed class Variants
{
    private readonly string _prefix;
    private readonly Dictionary<string, Function> _functions;
    private readonly List<Variant> _requested = new();

    public Variants(Module module)
    {
        _prefix = module.Root.Name + "_" + (StableHash.Of(string.Join(",", module.Root.Parameters.Select(p => p.Mode + " " + p.Value.Type))) & 0xffff)
            .ToString("x4", System.Globalization.CultureInfo.InvariantCulture);
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
        _prefix + "_" + variant.Callee + variant.Kind + (variant.Mask.Contains('0') ? "_" + variant.Mask : "");
}
