namespace SoftDiff.Runtime.Build;

/// <summary>The method of a derivative that goes with an operator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Returns">The type of its result.</param>
/// <param name="Parameters">Its parameters, in the usual order.</param>
internal sealed record Expected(string Name, string Returns, EquatableArray<ParameterSpec> Parameters)
{
    /// <summary>The name of the softness. It is the one differentiable number that operators pass together with their options.</summary>
    public const string Softness = "softness";

    public static Expected Vjp(MethodSpec value)
    {
        var cotangents = value.IsVoid
            ? value.Destinations.Select(d => Plain(d.Cotangent, ReadOnly(d)) with { Modifiers = d.Modifiers })
            : [Plain("cResult", value.Returns)];
        var gradients = value.Inputs.Select(p => p.Role == Role.Number
            ? Plain(p.Gradient, p.Type) with { Modifiers = "out" }
            : Plain(p.Gradient, Writable(p)) with { Modifiers = p.Modifiers });
        return new Expected(value.Name + "Vjp", value.Returns, Insert(value, cotangents.Concat(gradients)));
    }

    public static Expected Jvp(MethodSpec value)
    {
        var tangents = value.Parameters
            .Where(p => p.HasDerivative || p.Role == Role.Destination)
            .Select(p => Plain(p.Tangent, p.Type) with { Modifiers = p.Modifiers });
        ParameterSpec[] result = value.IsVoid ? [] : [Plain("tResult", value.Returns) with { Modifiers = "out" }];
        return new Expected(value.Name + "Jvp", value.Returns, Insert(value, tangents.Concat(result)));
    }

    public static string ReadOnly(ParameterSpec p) =>
        p.Type.StartsWith("ReadOnly", StringComparison.Ordinal) ? p.Type : "ReadOnly" + p.Type;

    public static string Writable(ParameterSpec p) => p.Type.Replace("ReadOnly", "");

    /// <summary>Whether a method has these parameters, in any order, and no other.</summary>
    public bool Fits(MethodSpec method) =>
        method.Name == Name && method.Returns == Returns && method.Parameters.Count == Parameters.Count
        && Parameters.All(p => method.Parameters.Any(q => q.Name == p.Name && q.Type == p.Type && IsOut(q) == IsOut(p)));

    public string Missing(MethodSpec value) =>
        $"'{value.Name}' needs 'public static {Returns} {Name}({string.Join(", ", Parameters.Select(Text))})', in any order of parameters. "
        + "A floating-point option without derivative must be marked [NonDifferentiable].";

    private static string Text(ParameterSpec p) => (p.Modifiers.Length > 0 ? p.Modifiers + " " : "") + p.Type + " " + p.Name;

    private static bool IsOut(ParameterSpec p) => p.Modifiers == "out";

    private static ParameterSpec Plain(string name, string type) => new("", "", type, name, null, ParameterSpec.RoleOf(type));

    // Required parameters come before those with a default value.
    private static EquatableArray<ParameterSpec> Insert(MethodSpec value, IEnumerable<ParameterSpec> more)
    {
        var required = value.Parameters.Where(p => p.Default is null);
        return new EquatableArray<ParameterSpec>(required.Concat(more).Concat(value.Parameters.Where(p => p.Default is not null)));
    }
}
