using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms.Lower;
using SoftDiff.Generator.Transforms.Polish;
using SoftDiff.Generator.Transforms.Reverse;
using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Transforms;

internal enum CompanionKind
{
    /// <summary>Value and gradient of a method with one floating-point result.</summary>
    Gradient,

    /// <summary>Vector–Jacobian product.</summary>
    Vjp,

    /// <summary>Jacobian–vector product.</summary>
    Jvp,
}

/// <summary>A derivative function and the private functions it calls.</summary>
internal sealed record Companion(CompanionKind Kind, Function Function, ImmutableArray<Function> Helpers);

/// <summary>
/// All derivative functions of a method: the whole middle of the compiler behind one name. Input: a lowered module. Output: its companions and the
/// helpers they call. Inlines and simplifies, transforms once for each companion, simplifies and polishes what comes out; then the same for the
/// variants of callees that were asked for on the way, until no more are.
/// </summary>
internal static class Companions
{
    /// <summary>The companions of a lowered method, simplified and ready to print. A helper that several companions call is listed once.</summary>
    public static ImmutableArray<Companion> Generate(Module module, CancellationToken cancellation) =>
        Generate(module, TransformOptions.Default, cancellation);

    public static ImmutableArray<Companion> Generate(Module module, TransformOptions options, CancellationToken cancellation)
    {
        var inlined = ReadOnlyCalls.Mark(SharedBuffers.Run(Inliner.Run(module)));
        var simplified = new Module(
            Simplifier.Run(inlined.Root, cancellation),
            inlined.Callees.Select(f => SimplifyCallee(f, cancellation)).ToImmutableArray()) { IsGeneric = module.IsGeneric };
        var variants = new Variants(simplified);
        Function Finish(Function function, int primalResults)
        {
            var simple = Simplifier.Run(Replacements.Resolve(PlainCalls.Rename(function, variants)), cancellation);
            return HoistScratch.Apply(Polisher.Run(SharedProducts.Run(simple, primalResults)));
        }

        var companionFunctions = new List<(CompanionKind Kind, Function Function)>();
        foreach (var kind in Kinds(simplified.Root))
        {
            if (kind != CompanionKind.Gradient && companionFunctions.Count > 0 && ByGradient.Applies(simplified.Root, companionFunctions[0].Function))
            {
                companionFunctions.Add((kind, ByGradient.Derive(kind, companionFunctions[0].Function, simplified.Root)));
                continue;
            }

            var function = kind == CompanionKind.Jvp
                ? Forward.Apply(simplified.Root, variants, options, cancellation)
                : ReverseTransform.Apply(simplified.Root, kind == CompanionKind.Gradient, variants, options, cancellation);
            companionFunctions.Add((kind, Finish(function, simplified.Root.Body.Yields.Length)));
        }

        var helpers = new Dictionary<string, Function>(StringComparer.Ordinal);
        for (var i = 0; i < variants.Requested.Count; i++)
        {
            var variant = variants.Requested[i];
            var primal = variants.Primal(variant.Callee);
            ImmutableArray<Function> Functions() => Derive(variant, variants, options, cancellation)
                .Select(f => Finish(Signatures.WithDistinctNames(f), primal.Body.Yields.Length)).ToImmutableArray();
            var shared = !module.IsGeneric && LeafCache.IsLeaf(primal);
            var functions = shared ? LeafCache.Of(primal).Variant(variant, options, Functions) : Functions();
            foreach (var helper in functions) helpers[helper.Name] = helper;
        }

        // An attempt that was given up may have asked for helpers that nobody calls.
        var companions = ImmutableArray.CreateBuilder<Companion>();
        foreach (var (kind, function) in companionFunctions) companions.Add(new Companion(kind, function, Reachable(function, helpers)));
        return companions.ToImmutable();
    }

    /// <summary>The helpers a function calls, directly or not, that were not listed before; takes them out of the dictionary.</summary>
    private static ImmutableArray<Function> Reachable(Function function, Dictionary<string, Function> helpers)
    {
        var found = ImmutableArray.CreateBuilder<Function>();
        var pending = new Queue<Function>(new[] { function });
        while (pending.Count > 0)
        {
            foreach (var call in pending.Dequeue().Body.AllOps().OfType<Call>())
            {
                if (!helpers.TryGetValue(call.Callee, out var helper)) continue;
                helpers.Remove(call.Callee);
                found.Add(helper);
                pending.Enqueue(helper);
            }
        }

        return found.ToImmutable();
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

    private static Function SimplifyCallee(Function callee, CancellationToken cancellation) =>
        LeafCache.IsLeaf(callee) ? LeafCache.Of(callee).Simplified(() => Simplifier.Run(callee, cancellation)) : Simplifier.Run(callee, cancellation);

    private static IEnumerable<CompanionKind> Kinds(Function root)
    {
        if (root.Returns is { IsFloat: true }) yield return CompanionKind.Gradient;
        yield return CompanionKind.Vjp;
        yield return CompanionKind.Jvp;
    }

    private static IEnumerable<Function> Derive(Variant variant, Variants variants, TransformOptions options, CancellationToken cancellation)
    {
        var primal = variants.Primal(variant.Callee);
        switch (variant.Kind)
        {
            case VariantKind.Primal:
                yield return primal with { Name = variants.Name(variant) };
                break;
            case VariantKind.Gradient:
                var masked = ScalarCalls.WithMask(primal, variant.Mask);
                yield return ReverseTransform.Apply(masked, gradient: true, variants, options, cancellation) with { Name = variants.Name(variant) };
                break;
            case VariantKind.Tangent:
                yield return Forward.ApplyToCallee(primal, variant, variants, options, cancellation);
                break;
            case VariantKind.Forward:
                // Forward and pullback come in pairs and are asked for in pairs, this one first.
                var (forward, pullback) = ReverseTransform.Split(primal, variant.Callee, variant.Mask, variants, options, cancellation);
                yield return forward;
                yield return pullback;
                break;
        }
    }
}
