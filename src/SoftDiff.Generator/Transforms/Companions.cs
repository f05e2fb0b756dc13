using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Derivative functions of a method: the whole middle of the compiler behind one name. Input: a lowered module. Output: the derivatives that were asked for,
/// ready to print, and the helpers they call.
/// </summary>
internal static class Companions
{
    /// <summary>The companions of the public surface.</summary>
    public static ImmutableArray<Companion> Generate(Module module, CancellationToken cancellation) =>
        Generate(module, TransformOptions.Default, cancellation);

    /// <inheritdoc cref="Generate(Module, CancellationToken)"/>
    public static ImmutableArray<Companion> Generate(Module module, TransformOptions options, CancellationToken cancellation) =>
        Generate(module, Kinds(module.Root).Select(kind => (Derivation)kind), options, cancellation);

    /// <summary>One derivative for each derivation, of any order. A helper that several of them call is listed once.</summary>
    public static ImmutableArray<Companion> Generate(
        Module module, IEnumerable<Derivation> derivations, TransformOptions options, CancellationToken cancellation)
    {
        var prepared = Simplify(Passes.Prepare.Run(module, options), options, cancellation);
        var companions = ImmutableArray.CreateBuilder<Companion>();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var derivation in derivations)
        {
            if (companions.FirstOrDefault(c => c.Derivation.Equals((Derivation)CompanionKind.Gradient)) is { } gradient
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

            var called = CallGraph.Reachable(derived.Root, derived.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal));
            var helpers = called.Where(f => listed.Add(f.Name)).Select(f => Lower(f, derived.IsGeneric, options, cancellation));
            companions.Add(new Companion(derivation, Passes.Lower.Run(derived.Root, options, cancellation), helpers.ToImmutableArray()));
        }

        return companions.ToImmutable();

        // From the second time on, calls of rules' methods are differentiated too. Those, and the derivatives of callees, take and write arrays of their own.
        Module Prepared(Module derived) => ReferenceEquals(derived, prepared)
            ? derived
            : Passes.PrepareAgain.Run(NestedRules.Resolve(derived, options, cancellation), options);
    }

    /// <summary>The companions' signatures with bodies that throw, for a method that has an error.</summary>
    public static ImmutableArray<Companion> Stubs(Function signature, string diagnosticId)
    {
        // Which arrays the body writes is unknown; every companion of the signature as it stands.
        var message = $"new global::System.NotSupportedException(\"{signature.Name} has an error ({diagnosticId}) and no derivative.\")";
        var body = new Block(ImmutableArray.Create<Op>(new Throw(message, ImmutableArray<Operand>.Empty)), ImmutableArray<Operand>.Empty);
        var zeros = new List<Operand>();
        if (signature.Returns is ScalarType returns) zeros.Add(Operand.Zero(returns));
        zeros.AddRange(signature.Parameters.Where(p => p.IsResult).Select(p => Operand.Zero(p.Value.Type)));
        var function = signature with { Body = new Block(ImmutableArray<Op>.Empty, zeros.ToImmutableArray()) };
        return Generate(new Module(function, ImmutableArray<Function>.Empty), CancellationToken.None)
            .Select(c => c with { Function = c.Function with { Body = body } })
            .ToImmutableArray();
    }

    private static IEnumerable<CompanionKind> Kinds(Function root)
    {
        if (root.Returns is { IsFloat: true }) yield return CompanionKind.Gradient;
        yield return CompanionKind.Vjp;
        yield return CompanionKind.Jvp;
    }

    private static Module Simplify(Module module, TransformOptions options, CancellationToken cancellation)
    {
        Function Run(Function function) => Passes.Simplify.Run(function, options, cancellation);
        return module with
        {
            Root = Run(module.Root),
            Callees = module.Callees.Select(f => LeafCache.IsLeaf(f) ? LeafCache.Of(f).Simplified(options, () => Run(f)) : Run(f)).ToImmutableArray(),
        };
    }

    private static Function Lower(Function function, bool isGeneric, TransformOptions options, CancellationToken cancellation)
    {
        Function Run() => Passes.Lower.Run(function, options, cancellation);
        return !isGeneric && LeafCache.IsLeaf(function) ? LeafCache.Of(function).Lowered(options, Run) : Run();
    }
}
