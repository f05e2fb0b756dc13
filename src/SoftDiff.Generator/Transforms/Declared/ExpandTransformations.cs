using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Input: a module whose functions may be declared transformations. Output: the same with a body for each of them, which computes the
/// derivative and calls functions of the module. Targets come before what is declared of them, so a target is an ordinary function when
/// it is differentiated. Relies on the declared signatures, which the pipeline has checked, and on there being no cycle.
/// </summary>
internal sealed class ExpandTransformations
{
    private readonly Module _module;
    private readonly TransformOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, Function> _declared;
    private readonly Dictionary<string, Function> _functions;
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    private ExpandTransformations(Module module, TransformOptions options, CancellationToken cancellation)
    {
        _module = module;
        _options = options;
        _cancellation = cancellation;
        _declared = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    public static Module Run(Module module, TransformOptions options, CancellationToken cancellation) =>
        module.Callees.Add(module.Root).Any(f => Transform.Of(f) is not null)
            ? new ExpandTransformations(module, options, cancellation).Expand()
            : module;

    private Module Expand()
    {
        ExpandCallees(_module.Root);
        var isDeclared = Transform.Of(_module.Root) is not null;
        var expanded = Part(isDeclared ? Write(_module.Root) : _module.Root);

        // What is differentiated from here on calls derivatives, whose calls of rules' methods have derivatives of their own.
        return isDeclared ? expanded : NestedRules.Resolve(expanded, _options, _cancellation);
    }

    /// <summary>A function and all that it may come to call, as a module.</summary>
    private Module Part(Function root)
    {
        var all = new Module(root, _functions.Values.ToImmutableArray());
        var called = CallGraph.Reachable(root, _functions).ToList();
        var callees = called.Concat(NestedRules.Bodies(called.Prepend(root), all)).GroupBy(f => f.Name, StringComparer.Ordinal).Select(same => same.First());
        return new Module(root, callees.OrderBy(f => f.Name, StringComparer.Ordinal).ToImmutableArray()) { IsGeneric = _module.IsGeneric };
    }

    private void ExpandCallees(Function function)
    {
        foreach (var name in CallGraph.CallsOf(function).Concat(NestedRules.OfRules(function)).Distinct().ToList())
        {
            if (!_done.Add(name)) continue;
            var callee = _functions[name];
            ExpandCallees(callee);
            if (Transform.Of(callee) is not null) _functions[name] = Write(callee);
        }
    }

    private Function Write(Function declared)
    {
        _cancellation.ThrowIfCancellationRequested();
        var transform = Transform.Of(declared)!;
        var before = NestedRules.Resolve(Part(_functions[transform.Target]), _options, _cancellation);
        if (transform.What.Kind == TransformationKind.Vmap) return WriteBatch(declared, before, transform.What);
        var target = NestedRules.WithoutResiduals(Preparation.Run(Passes.PrepareExpanded, before, _options, _cancellation));
        var shape = TargetShape.Of(target.Root, transform.What, _declared);
        var derivatives = new Derivatives(target with { Root = shape.Function }, _options, _cancellation);
        var signature = DeclaredSignature.Of(shape, transform.What, declared);
        if (!signature.Fits(declared)) throw new InvalidOperationException($"The signature of {declared.Name} does not fit.");

        var code = new DeclaredCode(declared, signature, shape, derivatives);
        var written = derivatives.Simplified(transform.What.Kind switch
        {
            TransformationKind.Gradient => FirstOrderBody.Write(code, CompanionKind.Gradient),
            TransformationKind.Vjp => FirstOrderBody.Write(code, CompanionKind.Vjp),
            TransformationKind.Jvp => FirstOrderBody.Write(code, CompanionKind.Jvp),
            TransformationKind.Derivative => FirstOrderBody.WriteDerivative(code, transform.What.Order),
            TransformationKind.Hessian => new SecondOrderBody(code).WriteHessian(),
            TransformationKind.HessianVectorProduct => new SecondOrderBody(code).WriteProduct(),
            TransformationKind.Jacobian when transform.What.Sparse => new SparseJacobianBody(code).Write(transform.What.Mode),
            TransformationKind.Jacobian => new JacobianBody(code).Write(transform.What.Mode),
            _ => throw new ArgumentOutOfRangeException(nameof(declared)),
        });
        foreach (var callee in derivatives.Callees) _functions[callee.Name] = callee;
        return written;
    }

    private Function WriteBatch(Function declared, Module target, Transformation what)
    {
        var isRoot = ReferenceEquals(declared, _module.Root);
        var batch = BatchBody.Write(declared, target, what, what.Parallel && isRoot);
        if (isRoot) batch = Preparation.Run(Passes.PrepareExpanded, batch, _options, _cancellation);
        foreach (var callee in batch.Callees) _functions[callee.Name] = callee;
        return batch.Root;
    }
}
