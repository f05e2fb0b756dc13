using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Reverse;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// One differentiation of a module. Input: a prepared, simplified module. Output: a module of the same kind, which can be differentiated
/// again. Its root is the derivative of the root, and its callees are all functions that this derivative calls. The transform of a function
/// requests derivatives of its callees; they are derived one after the other until no request is open.
/// </summary>
internal sealed class Differentiation
{
    private readonly Module _module;
    private readonly DerivedCallees _callees;
    private readonly Inliner? _rules;
    private readonly TransformOptions _options;
    private readonly CancellationToken _cancellation;

    private Differentiation(Module module, TransformOptions options, CancellationToken cancellation)
    {
        _module = module;
        _callees = new DerivedCallees(module);
        _rules = Inliner.OfRules(module);
        _options = options;
        _cancellation = cancellation;
    }

    public static Module Apply(Module module, CompanionKind kind, TransformOptions options, CancellationToken cancellation) =>
        new Differentiation(module, options, cancellation).Run(kind);

    /// <summary>The module as it is, with its calls under the names that derivatives call the same functions by.</summary>
    public static Module Plain(Module module, TransformOptions options, CancellationToken cancellation)
    {
        var plain = new Differentiation(module, options, cancellation);
        return plain.Run("Plain", module.Root);
    }

    private Module Run(CompanionKind kind) => Run(kind.ToString(), kind == CompanionKind.Jvp
        ? Forward.Apply(_module.Root, _callees, _options, _cancellation)
        : ReverseTransform.Apply(_module.Root, kind == CompanionKind.Gradient, _callees, _options, _cancellation));

    private Module Run(string name, Function transformed)
    {
        var root = Finish(transformed);
        var derived = new Dictionary<string, Function>(StringComparer.Ordinal);
        for (var i = 0; i < _callees.Requested.Count; i++)
        {
            foreach (var function in Derive(_callees.Requested[i])) derived[function.Name] = function;
        }

        // Abandoned attempts may have requested functions that nothing calls. Only the next differentiation calls bodies of rules' methods.
        var called = CallGraph.Reachable(root, derived).ToList();
        var reachable = called.Concat(NestedRules.Bodies(called.Prepend(root), _module)).OrderBy(f => f.Name, StringComparer.Ordinal);
        var result = new Module(root, reachable.ToImmutableArray()) { IsGeneric = _module.IsGeneric };
        Passes.Verify(name, _options, () => Verifier.Check(result), () => IrText.Print(result));
        return result;
    }

    private Function Finish(Function function) =>
        Passes.Simplify.Run(PlainCalls.Rename(_rules?.Expand(function) ?? function, _callees), _options, _cancellation);

    /// <summary>The functions of a variant. What is derived from a callee that calls no other is kept with the callee, which other methods may share.</summary>
    private ImmutableArray<Function> Derive(Variant variant)
    {
        var primal = _callees.Primal(variant.Callee);
        ImmutableArray<Function> Functions() => Transform(variant, primal)
            .Select(f => Finish(Signatures.WithDistinctNames(f)) with { IsNamedByContent = true }).ToImmutableArray();
        return !_module.IsGeneric && primal.IsLeaf ? LeafCache.Of(primal).Variant(variant, _options, Functions) : Functions();
    }

    private IEnumerable<Function> Transform(Variant variant, Function primal)
    {
        switch (variant.Kind)
        {
            case VariantKind.Primal:
                yield return primal with { Name = _callees.Name(variant) };
                break;
            case VariantKind.Gradient:
                var masked = ScalarCalls.WithMask(primal, variant.Mask);
                yield return ReverseTransform.Apply(masked, gradient: true, _callees, _options, _cancellation) with { Name = _callees.Name(variant) };
                break;
            case VariantKind.Tangent:
                yield return Forward.ApplyToCallee(primal, variant, _callees, _options, _cancellation);
                break;
            case VariantKind.Forward:
                // Forward and pullback come in pairs and are asked for in pairs, this one first.
                var (forward, pullback) = SplitTransform.Apply(primal, variant, _callees, _options, _cancellation);
                yield return forward;
                yield return pullback;
                break;
        }
    }
}
