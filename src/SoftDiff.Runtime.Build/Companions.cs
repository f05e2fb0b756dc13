namespace SoftDiff.Runtime.Build;

/// <summary>
/// Writes the derivatives XVjp and XJvp of an operator whose body is one call of a driver. Each is the same call of the driver's reverse or
/// forward mode.
/// </summary>
internal static class Companions
{
    public static WrittenMember Vjp(MethodSpec value, DriverCall call)
    {
        var expected = Expected.Vjp(value);
        var gradients = Comment.Names(value.Inputs.Select(p => p.Gradient));
        var inputs = Comment.Names(value.Inputs.Select(p => p.Name));
        var wanted = value.IsVoid ? " An output that is not wanted may be empty." : "";
        return new WrittenMember(
            expected.Name,
            expected.Returns,
            expected.Parameters,
            [
                $"<summary>Reverse mode of <see cref=\"{Member.Cref(value)}\"/>: the value and,",
                $"for the cotangent {Cotangents(value)}, the cotangents {gradients} of {inputs}.{wanted}</summary>",
                .. Details(value, expected),
            ],
            Rules.Attributes(expected.Name),
            [call.Vjp(value)]);
    }

    public static WrittenMember Jvp(MethodSpec value, DriverCall call)
    {
        var expected = Expected.Jvp(value);
        var tangents = Comment.Names(value.Inputs.Select(p => p.Tangent));
        return new WrittenMember(
            expected.Name,
            expected.Returns,
            expected.Parameters,
            [
                $"<summary>Forward mode of <see cref=\"{Member.Cref(value)}\"/>: the value and,",
                $"for the tangents {tangents} of the inputs, the tangent of the result.</summary>",
                .. Details(value, expected),
            ],
            [],
            [call.Jvp(value)]);
    }

    private static string Cotangents(MethodSpec value) => value.IsVoid
        ? Comment.Names(value.Destinations.Select(d => d.Cotangent)) + " of what it writes"
        : Comment.Names(["cResult"]) + " of its result";

    // The operator's documentation, with a line for each further parameter.
    private static IEnumerable<string> Details(MethodSpec value, Expected expected)
    {
        yield return $"<inheritdoc cref=\"{Member.Cref(value)}\" path=\"/*[not(self::summary or self::param)]\"/>";
        foreach (var parameter in expected.Parameters)
        {
            var tag = value.Comment.Param(parameter.Name);
            if (tag is null && Meaning(value, parameter.Name) is { } meaning) tag = Comment.ParamTag(parameter.Name, meaning);
            if (tag is not null) yield return tag.Line;
        }
    }

    private static string? Meaning(MethodSpec value, string name)
    {
        if (name == "cResult") return "The cotangent of the result.";
        if (name == "tResult") return "Receives the tangent of the result.";
        return value.Parameters.Select(p => Meaning(value, p, name)).FirstOrDefault(meaning => meaning is not null);
    }

    private static string? Meaning(MethodSpec value, ParameterSpec p, string name)
    {
        var (of, isOneOfSeveral) = (Comment.Names([p.Name]), value.Destinations.Count() > 1);
        if (name == p.Gradient && p.Role == Role.Array) return $"Overwritten with the cotangent of {of}.";
        if (name == p.Gradient) return $"Receives the cotangent of {of}{(value.IsVoid ? ", summed over the elements" : "")}.";
        if (name == p.Cotangent) return $"The cotangent of {of}{(isOneOfSeveral ? "; empty for none" : "")}.";
        if (name == p.Tangent && p.Role != Role.Destination) return $"The tangent of {of}.";
        return name == p.Tangent ? $"Receives the tangent of {of}{(isOneOfSeveral ? "; empty if that is" : "")}." : null;
    }
}
