using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Pipeline;

/// <summary>Writes what a companion's documentation repeats of its method, and says what each further parameter is.</summary>
internal static class CompanionDocumentation
{
    /// <summary>The elements after the summary; none for a method without documentation.</summary>
    public static ImmutableArray<string> Elements(Companion companion, Declaration declaration)
    {
        if (declaration.Documentation is not { } documentation) return ImmutableArray<string>.Empty;
        var names = companion.Function.Parameters.Select(p => p.Part?.Whole ?? p.Value.Name).Distinct(StringComparer.Ordinal).ToList();
        return names.Select(name => (name, text: documentation.Of(name) ?? Added(name, names))).Where(p => p.text is not null)
            .Select(p => "<param name=\"" + p.name + "\">" + p.text + "</param>").Concat(documentation.Others).ToImmutableArray();
    }

    /// <summary>What a parameter is that the method does not have: a gradient, a tangent, a cotangent; null for one of the method's own.</summary>
    private static string? Added(string name, List<string> names)
    {
        switch (name)
        {
            case "cResult":
                return "The cotangent of the result.";
            case "tResult":
                return "Receives the tangent of the result.";
            case "dThis":
                return "Receives the gradient by the members of this object.";
            case "tThis":
                return "The tangent of the members of this object.";
        }

        if (name.Length < 2 || !char.IsUpper(name[1])) return null;
        var own = char.ToLowerInvariant(name[1]) + name.Substring(2);
        var of = "<paramref name=\"" + own + "\"/>";
        return !names.Contains(own) ? null : name[0] switch
        {
            'd' => "Receives the gradient by " + of + "; for a buffer that the method writes, its cotangent on entry.",
            't' => "The tangent of " + of + ".",
            'c' => "The cotangent of " + of + ".",
            _ => null,
        };
    }
}
