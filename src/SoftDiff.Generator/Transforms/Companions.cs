using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Declared;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Generates the derivative functions of a method. Everything between frontend and emitter runs from here. Input: a lowered module. Output:
/// the requested derivatives, ready to print, and the helpers they call.
/// </summary>
internal static class Companions
{
    /// <summary>The companions of the public surface.</summary>
    public static ImmutableArray<Companion> Generate(Module module, CancellationToken cancellation) =>
        Generate(module, TransformOptions.Default, cancellation);

    /// <inheritdoc cref="Generate(Module, CancellationToken)"/>
    public static ImmutableArray<Companion> Generate(Module module, TransformOptions options, CancellationToken cancellation) =>
        Transform.Of(module.Root) is null && !module.IsBody
            ? Generate(module, Kinds(module.Root).Select(kind => (Derivation)kind), options, cancellation)
            : ImmutableArray.Create(Declared(module, options, cancellation));

    /// <summary>The body of a declared transformation.</summary>
    private static Companion Declared(Module module, TransformOptions options, CancellationToken cancellation)
    {
        var expanded = Passes.Vectorize.Run(ExpandTransformations.Run(module, options, cancellation), options, cancellation);
        var helpers = CallGraph.Reachable(expanded.Root, expanded.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal))
            .Select(f => Lower(f, expanded.IsGeneric, options, cancellation)).ToImmutableArray();
        var (root, added) = LowerRoot(expanded, options, cancellation);
        return new Companion(null, ReceiverGuards.Add(root, helpers), helpers.AddRange(added));
    }

    /// <summary>One derivative for each derivation, of any order. A helper that several of them call is listed once.</summary>
    public static ImmutableArray<Companion> Generate(
        Module module, IEnumerable<Derivation> derivations, TransformOptions options, CancellationToken cancellation)
    {
        var prepared = Preparation.Run(Passes.Prepare, module, options, cancellation);
        var companions = ImmutableArray.CreateBuilder<Companion>();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var derivation in derivations)
        {
            if (companions.FirstOrDefault(c => ((Derivation)CompanionKind.Gradient).Equals(c.Derivation)) is { } gradient
                && derivation.Kinds.Length == 1 && options.ByGradient && ByGradient.Applies(prepared.Root, gradient.Function))
            {
                var byGradient = ByGradient.Derive(derivation.Kinds[0], gradient.Function, prepared.Root);
                companions.Add(new Companion(derivation, byGradient, ImmutableArray<Function>.Empty));
                continue;
            }

            var derived = prepared;
            for (var i = 0; i < derivation.Kinds.Length; i++)
            {
                var next = Prepared(derived);
                if (i < derivation.Kinds.Length - 1) next = NestedRules.WithoutResiduals(next);
                derived = Differentiation.Apply(next, derivation.Kinds[i], options, cancellation);
            }

            var called = CallGraph.Reachable(derived.Root, derived.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal)).ToImmutableArray();
            var (root, added) = LowerRoot(derived, options, cancellation);
            var helpers = called.Where(f => listed.Add(f.Name)).Select(f => Lower(f, derived.IsGeneric, options, cancellation));
            companions.Add(new Companion(derivation, ReceiverGuards.Add(root, called), helpers.Concat(added.Where(f => listed.Add(f.Name))).ToImmutableArray()));
        }

        return companions.ToImmutable();

        // From the second time on, calls of rules' methods are differentiated too. Those, and the derivatives of callees, take and write arrays of their own.
        Module Prepared(Module derived) => ReferenceEquals(derived, prepared) ? derived : Preparation.Again(derived, options, cancellation);
    }

    /// <summary>The companions' signatures with bodies that throw, for a method that has an error.</summary>
    public static ImmutableArray<Companion> Stubs(Function signature, string diagnosticId)
    {
        // The arrays that the body writes are unknown, so every companion follows from the declared signature alone.
        var body = Throwing($"{signature.Name} has an error ({diagnosticId}) and no derivative.");
        var zeros = new List<Operand>();
        if (signature.Returns is ScalarType returns) zeros.Add(Operand.Zero(returns));
        zeros.AddRange(signature.Parameters.Where(p => p.IsResult).Select(p => Operand.Zero(p.Value.Type)));
        var function = signature with { Body = new Block(ImmutableArray<Op>.Empty, zeros.ToImmutableArray()) };
        return Generate(new Module(function, ImmutableArray<Function>.Empty), CancellationToken.None)
            .Select(c => c with { Function = c.Function with { Body = body } })
            .ToImmutableArray();
    }

    /// <summary>The body that throws, for a declared transformation that has an error.</summary>
    public static Companion Stub(Function signature, string diagnosticId) =>
        new(null, signature with { Body = Throwing($"{signature.Name} has an error ({diagnosticId}) and no body.") }, ImmutableArray<Function>.Empty);

    private static Block Throwing(string message) => new(
        ImmutableArray.Create<Op>(new Throw($"new global::System.NotSupportedException(\"{message}\")", ImmutableArray<Operand>.Empty)),
        ImmutableArray<Operand>.Empty);

    private static IEnumerable<CompanionKind> Kinds(Function root)
    {
        if (root.Returns is { IsFloat: true }) yield return CompanionKind.Gradient;
        yield return CompanionKind.Vjp;
        yield return CompanionKind.Jvp;
    }

    private static Function Lower(Function function, bool isGeneric, TransformOptions options, CancellationToken cancellation)
    {
        Function Run() => Passes.Lower.Run(function, options, cancellation);
        return Flat(!isGeneric && function.IsLeaf ? LeafCache.Of(function).Lowered(options, Run) : Run());
    }

    /// <summary>The root, and the functions of it that are new: those for several examples at once, and loops that occur several times.</summary>
    private static (Function Root, ImmutableArray<Function> Added) LowerRoot(Module module, TransformOptions options, CancellationToken cancellation)
    {
        var lowered = module with { Root = Passes.LowerElements.Run(module.Root, options, cancellation) };
        var inLanes = Passes.Examples.Run(lowered, options, cancellation);
        var added = inLanes.Callees.RemoveRange(module.Callees).Select(f => Passes.LowerRows.Run(f, options, cancellation));
        var rows = inLanes with { Root = Passes.LowerRows.Run(inLanes.Root, options, cancellation) };
        var shared = Passes.Share.Run(rows, options, cancellation);
        return (shared.Root, added.Concat(shared.Callees.RemoveRange(rows.Callees)).ToImmutableArray());
    }

    /// <summary>A helper takes the scalars of values one by one, and arrays of structs as arrays of numbers.</summary>
    private static Function Flat(Function function) => !function.HasValueTypes ? function : function with
    {
        Parameters = function.Parameters.Select(p => p with { Part = null, ElementsOf = null }).ToImmutableArray(),
    };
}
