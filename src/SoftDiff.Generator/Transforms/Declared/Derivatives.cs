using SoftDiff.Generator.Transforms.Simplify;
using SoftDiff.Generator.Transforms.Sparsity;
using SoftDiff.Generator.Transforms.Taylor;

namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>Differentiates the target of a declared transformation, and remembers the functions that the derivatives call.</summary>
internal sealed class Derivatives
{
    private readonly Module _target;
    private readonly TransformOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, Function> _callees = new(StringComparer.Ordinal);

    /// <param name="target">The target and what it calls, prepared.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellation">Ends the work.</param>
    public Derivatives(Module target, TransformOptions options, CancellationToken cancellation)
    {
        _target = target;
        _options = options;
        _cancellation = cancellation;
    }

    public Function Target => _target.Root;

    /// <summary>What the derivatives so far call.</summary>
    public IEnumerable<Function> Callees => _callees.Values;

    /// <summary>The target itself.</summary>
    public Derived Plain() => Plain(Target);

    /// <summary>The target, with a body that does the same.</summary>
    public Derived Plain(Function target)
    {
        var module = _target with { Root = target };
        return Noted(Derived.Of(module) with { Module = Differentiation.Plain(module, _options, _cancellation) });
    }

    /// <summary>A derivative of the target.</summary>
    public Derived Of(CompanionKind kind) => Of(kind, Target);

    /// <summary>A derivative of the target with other marks on its parameters, or with fewer results.</summary>
    public Derived Of(CompanionKind kind, Function target) => Then(Derived.Of(_target with { Root = target }), kind);

    /// <summary>Another derivative of a derivative, with other marks on its parameters.</summary>
    public Derived Of(CompanionKind kind, Derived derivative, Func<Function, Function> choose)
    {
        var module = derivative.Module with { Root = choose(derivative.Module.Root) };
        return Then(derivative with { Module = Preparation.Again(module, _options, _cancellation) }, kind);
    }

    /// <summary>The derivative of some order by the one number that is differentiated. It returns that derivative in the place of the value.</summary>
    public Derived OfOrder(int order) => Noted(Derived.Of(TaylorTransform.Apply(_target, order, _options, _cancellation)));

    /// <summary>The name of the function that finds the pattern of the Jacobian. It ends in a hash of what the function does.</summary>
    /// <param name="target">The target, with its rows and columns.</param>
    /// <param name="mode">Whether the Jacobian is computed by columns or by rows.</param>
    /// <param name="declared">The name of the declared method.</param>
    /// <param name="members">The members of the receiver that it takes after its parameters.</param>
    public string Pattern(TargetShape target, JacobianMode mode, string declared, out ImmutableArray<Operand> members)
    {
        var (name, decisive) = (declared + "Pattern", PatternFunction.Members(_target));
        members = decisive;
        var module = Differentiation.Apply(
            _target, name, _options, _cancellation, callees => PatternFunction.Write(target, decisive, mode, name, callees, _cancellation));
        foreach (var callee in module.Callees) _callees[callee.Name] = callee;
        var finder = module.Root with { Name = name + "_" + DerivedCallees.Hash(IrText.Print(module.Root)), IsNamedByContent = true };
        _callees[finder.Name] = finder;
        return finder.Name;
    }

    public Derived Then(Derived derivative, CompanionKind kind) =>
        Noted(derivative.Then(kind, module => Differentiation.Apply(module, kind, _options, _cancellation)));

    /// <summary>The function, whose branches on the same condition share what they compute.</summary>
    public Function SharingBranches(Function function) => _options.Simplify ? Simplifier.ShareBranches(function, _cancellation) : function;

    public Function Simplified(Function function) => Passes.Simplify.Run(function, _options, _cancellation);

    private Derived Noted(Derived derived)
    {
        foreach (var callee in derived.Module.Callees) _callees[callee.Name] = callee;
        return derived;
    }
}
