using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Emit;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// Puts a method's companions into one file, with a documentation line each, and what was derived from its callees into others, which the methods
/// of the type share.
/// </summary>
internal static class CompanionFiles
{
    public static (CompanionFile File, ImmutableArray<SharedMethod> Shared) Assemble(
        string title, Declaration declaration, ImmutableArray<Companion> companions)
    {
        var methods = companions.Select(c => Method(c, declaration)).ToImmutableArray();
        var helpers = companions.SelectMany(c => c.Helpers).ToImmutableArray();
        var receiving = ReceiverUse.Of(helpers);
        var shared = helpers.Select(h => new SharedMethod(declaration with { IsInstance = receiving.Contains(h.Name) }, h, Callees(h, helpers))).ToImmutableArray();
        return (new CompanionFile(title, declaration, methods, helpers), shared);
    }

    /// <summary>The body of a declared transformation has the documentation of its declaration.</summary>
    private static EmittedMethod Method(Companion companion, Declaration declaration)
    {
        var method = new EmittedMethod(companion.Function, "", declaration.Accessibility) { Header = declaration.Header, IsInstance = declaration.IsInstance };
        if (companion.Derivation is not { } derivation) return method;
        var own = declaration.Documentation is { Summary: { Length: > 0 } text } ? " " + text : "";
        return method with { Summary = Summary(derivation, declaration) + own, Documentation = CompanionDocumentation.Elements(companion, declaration) };
    }

    public static CompanionFile Assemble(SharedMethod method) => new(
        method.Declaration.DisplayName + ", which other generated methods call",
        method.Declaration,
        ImmutableArray.Create(new EmittedMethod(method.Function, "", method.Declaration.Accessibility) { IsInstance = method.Declaration.IsInstance }),
        method.Callees);

    private static ImmutableArray<Function> Callees(Function caller, ImmutableArray<Function> helpers)
    {
        var names = new HashSet<string>(caller.Body.AllOps().OfType<Call>().Select(call => call.Callee), StringComparer.Ordinal);
        return helpers.Where(helper => names.Contains(helper.Name)).ToImmutableArray();
    }

    private static string Summary(Derivation derivation, Declaration declaration)
    {
        var of = "<see cref=\"" + Escape(declaration.Cref) + "\"/>";
        if (derivation.Kinds.Length == 1) return Summary(derivation.Kinds[0], of);
        foreach (var kind in derivation.Kinds.Take(derivation.Kinds.Length - 1)) of = "the " + Name(kind) + " of " + of;
        return Summary(derivation.Kinds[derivation.Kinds.Length - 1], of);
    }

    private static string Summary(CompanionKind kind, string of) => kind switch
    {
        CompanionKind.Gradient => "Value and gradient of " + of + ".",
        CompanionKind.Vjp => "Value and vector-Jacobian product of " + of + ": gradients for given cotangents of its results.",
        CompanionKind.Jvp => "Value and Jacobian-vector product of " + of + ": tangents of its results for given tangents of its inputs.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Name(CompanionKind kind) => kind switch
    {
        CompanionKind.Gradient => "gradient",
        CompanionKind.Vjp => "vector-Jacobian product",
        CompanionKind.Jvp => "Jacobian-vector product",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Escape(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}
