using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Checkpoints;
using SoftDiff.Generator.Transforms.Reverse;
using SoftDiff.Generator.Transforms.Sparsity;
using SoftDiff.Generator.Transforms.Taylor;

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

    public static Module Apply(Module module, CompanionKind kind, TransformOptions options, CancellationToken cancellation)
    {
        module = Preparation.For(kind == CompanionKind.Jvp ? Passes.BeforeForward : Passes.BeforeReverse, module, options, cancellation);
        return Apply(module, kind.ToString(), options, cancellation, callees => kind == CompanionKind.Jvp
            ? Forward.Apply(module.Root, callees, options, cancellation)
            : ReverseTransform.Apply(module.Root, kind == CompanionKind.Gradient, callees, options, cancellation));
    }

    /// <summary>The module as it is, with its calls under the names that derivatives call the same functions by.</summary>
    public static Module Plain(Module module, TransformOptions options, CancellationToken cancellation) =>
        Apply(module, "Plain", options, cancellation, _ => module.Root);

    /// <param name="module">The module.</param>
    /// <param name="name">The name of the transform, for messages of the verifier.</param>
    /// <param name="options">The switches.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="transform">Makes the new root, and requests derivatives of callees.</param>
    public static Module Apply(
        Module module, string name, TransformOptions options, CancellationToken cancellation, Func<DerivedCallees, Function> transform) =>
        new Differentiation(module, options, cancellation).Run(name, transform);

    private Module Run(string name, Func<DerivedCallees, Function> transform)
    {
        var root = Finish(transform(_callees));
        var derived = new Dictionary<string, Function>(StringComparer.Ordinal);
        for (var i = 0; i < _callees.Requested.Count; i++)
        {
            foreach (var function in Derive(_callees.Requested[i])) derived[function.Name] = function;
        }

        foreach (var function in _callees.Added) derived[function.Name] = Finish(function);

        // Abandoned attempts may have requested functions that nothing calls. Only the next differentiation calls bodies of rules' methods.
        var called = CallGraph.Reachable(root, derived).ToList();
        var bodies = NestedRules.Bodies(called.Prepend(root), _module with { Callees = _callees.Primals });
        var reachable = called.Concat(bodies).OrderBy(f => f.Name, StringComparer.Ordinal);
        var result = new Module(root, reachable.ToImmutableArray()) { IsGeneric = _module.IsGeneric };
        Passes.Verify(name, _options, () => Verifier.Check(result), () => IrText.Print(result));
        return result;
    }

    private Function Finish(Function function) =>
        Passes.Simplify.Run(PlainCalls.Rename(_rules?.Expand(function) ?? function, _callees), _options, _cancellation);

    /// <summary>
    /// The functions of a variant. What is derived from a callee that calls no other is kept with the callee, which other methods may
    /// share; but series call functions that are added to the module when they are derived.
    /// </summary>
    private ImmutableArray<Function> Derive(Variant variant)
    {
        var primal = _callees.Primal(variant.Callee);
        ImmutableArray<Function> Functions() => Transform(variant, primal)
            .Select(f => Finish(Signatures.WithDistinctNames(f)) with { IsNamedByContent = true }).ToImmutableArray();
        var isShared = !_module.IsGeneric && variant.Order == 0 && primal.IsLeaf;
        return isShared ? LeafCache.Of(primal).Variant(variant, _options, Functions) : Functions();
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
            case VariantKind.Vjp:
                yield return SplitTransform.Recomputed(primal, variant, _callees, _options, _cancellation);
                break;
            case VariantKind.Forward:
                // Forward and pullback come in pairs and are asked for in pairs, this one first.
                var (forward, pullback) = primal.Checkpoint is { IsLoop: true }
                    ? new LoopReversal(primal, variant, _callees).Build()
                    : SplitTransform.Apply(primal, variant, _callees, _options, _cancellation);
                yield return forward;
                yield return pullback;
                break;
            case VariantKind.Dependencies or VariantKind.UnsureDependencies:
                yield return DependencyWalk.OfCallee(primal, variant, _callees, _cancellation);
                break;
            case VariantKind.Coefficients or VariantKind.Series:
                yield return TaylorFunction.ApplyToCallee(primal, variant, _callees, TaylorOptions.For(variant, _options), _cancellation);
                break;
        }
    }
}
