using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Pipeline;

/// <summary>Writes what a companion's documentation repeats of its method, and says what each further parameter is.</summary>
internal static class CompanionDocumentation
{
    /// <summary>The elements after the summary; none for a method without documentation.</summary>
    public static ImmutableArray<string> Elements(Companion companion, Declaration declaration)
    {
        if (declaration.Documentation is not { } documentation) return ImmutableArray<string>.Empty;
        return companion.Function.Parameters.GroupBy(p => Identifiers.Unescape(p.DeclaredName), StringComparer.Ordinal)
            .Select(parts => (Name: parts.Key, Text: parts.First().Added is { } added ? Added(parts.First(), added) : documentation.Of(parts.Key)))
            .Where(p => p.Text is not null).Select(p => "<param name=\"" + p.Name + "\">" + p.Text + "</param>").Concat(documentation.Others).ToImmutableArray();
    }

    /// <summary>What a gradient, a tangent or a cotangent is.</summary>
    private static string Added(Parameter parameter, AddedRole added)
    {
        var of = added.Of switch
        {
            null => "the result",
            "this" => "the members of this object",
            { } name => "<paramref name=\"" + Identifiers.Unescape(name) + "\"/>",
        };
        return added.Kind switch
        {
            AddedKind.Gradient when added.IsInOut => "The cotangent of " + of + ": on entry of its final value, on return of its initial value.",
            AddedKind.Gradient => "Receives the gradient by " + of + ".",
            AddedKind.Tangent when added.IsInOut => "The tangent of " + of + ": on entry of its initial value, on return of its final value.",
            AddedKind.Tangent when parameter.PassedAs == ParameterMode.Out => "Receives the tangent of " + of + ".",
            AddedKind.Tangent => "The tangent of " + of + ".",
            _ => "The cotangent of " + of + ".",
        };
    }
}
