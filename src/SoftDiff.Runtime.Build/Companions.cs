namespace SoftDiff.Runtime.Build;

/// <summary>The derivatives of an operator, XVjp and XJvp, where its body is one call of a driver: the same call in the other mode.</summary>
internal static class Companions
{
    public static WrittenMember Vjp(MethodSpec value, DriverCall call)
    {
        var expected = Expected.Vjp(value);
        var gradients = Comment.Names(value.Inputs.Select(p => p.Gradient).Where(g => expected.Parameters.Any(p => p.Name == g)));
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
        return new WrittenMember(
            expected.Name,
            expected.Returns,
            expected.Parameters,
            [
                $"<summary>Forward mode of <see cref=\"{Member.Cref(value)}\"/>: the value and,",
                $"for the tangents {Comment.Names(value.Inputs.Select(p => p.Tangent))} of the inputs, the tangent of the result.</summary>",
                .. Details(value, expected),
            ],
            [],
            [call.Jvp(value)]);
    }

    private static string Cotangents(MethodSpec value) =>
        value.IsVoid ? Comment.Names(value.Destinations.Select(d => d.Cotangent)) + " of what it writes" : Comment.Names(["cResult"]) + " of its result";

    // What is documented of the operator, and a line for each parameter that it does not have.
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
        foreach (var p in value.Parameters)
        {
            var reference = $"<paramref name=\"{p.Name}\"/>";
            if (name == p.Gradient) return p.Role == Role.Array ? $"Overwritten with the cotangent of {reference}." : $"Receives the cotangent of {reference}.";
            if (name == p.Cotangent) return $"The cotangent of {reference}.";
            if (name == p.Tangent) return p.Role == Role.Destination ? $"Receives the tangent of {reference}." : $"The tangent of {reference}.";
        }

        return null;
    }
}
