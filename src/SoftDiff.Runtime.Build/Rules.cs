namespace SoftDiff.Runtime.Build;

/// <summary>
/// Writes the rules by which generated code calls an operator's derivatives: XBackward for [CustomVjp], XTangent for [CustomJvp]. A rule
/// takes the operator's arguments in the operator's own order, so the public XVjp and XJvp cannot be rules themselves.
/// </summary>
internal static class Rules
{
    public const string Backward = "Backward", Tangent = "Tangent";

    public const string Hidden = "EditorBrowsable(EditorBrowsableState.Never)";

    // The documentation of an output that a rule receives but does not read.
    private const string Passive = "[NonDifferentiable] ";

    public static string[] Attributes(string backward, string tangent) =>
        [$"CustomVjp(nameof({backward}))", $"CustomJvp(nameof({tangent}))"];

    /// <summary>The attributes of a method whose rules have its name with the usual endings.</summary>
    public static string[] Attributes(string name) => Attributes(name + Backward, name + Tangent);

    /// <summary>The reverse rule. It returns the cotangents of numbers and writes those of arrays.</summary>
    public static WrittenMember BackwardOf(OperatorSpec spec)
    {
        var (value, vjp) = (spec.Value, spec.Vjp);
        var numbers = value.Numbers.ToList();
        var primal = Primal(value).Select(p => p.Role == Role.Destination ? p with { Type = Expected.ReadOnly(p), Attributes = Passive, Role = Role.Array } : p);
        var added = vjp.Parameters.Where(p => p.Modifiers != "out" && value.Parameters.All(q => q.Name != p.Name)).ToList();
        var cotangents = value.IsVoid ? value.Destinations.Select(d => d.Cotangent) : ["cResult"];
        var gradients = value.Inputs.Where(p => p.Role == Role.Array).Select(p => p.Gradient);
        var rest = cotangents.Concat(gradients).Select(name => added.Single(p => p.Name == name));

        var call = Member.Call(vjp,
            [.. value.Destinations.Select(d => (d.Name, "default")), .. numbers.Select(p => (p.Gradient, "out var " + p.Gradient))]);
        var result = numbers.Count == 1 ? numbers[0].Gradient : "(" + string.Join(", ", numbers.Select(p => p.Gradient)) + ")";
        string[] body = numbers.Count > 0 ? [call + ";", $"return {result};"] : [(value.IsVoid ? "" : "_ = ") + call];
        return new WrittenMember(
            value.Name + Backward,
            numbers.Count switch
            {
                0 => "void",
                1 => numbers[0].Type,
                _ => "(" + string.Join(", ", numbers.Select(p => p.Type + " D" + p.Gradient.Substring(1))) + ")",
            },
            new EquatableArray<ParameterSpec>(primal.Concat(rest)),
            Documentation("reverse", value, vjp),
            [Hidden, .. spec.Nests ? Attributes(spec.Value.Name + Backward) : []],
            body);
    }

    /// <summary>The forward rule of a method and its forward mode: the operator, or its straight-through form.</summary>
    /// <param name="name">The name of the method.</param>
    /// <param name="value">The operator.</param>
    /// <param name="jvp">The forward mode.</param>
    /// <param name="attributes">Its own rules.</param>
    public static WrittenMember TangentOf(string name, MethodSpec value, MethodSpec jvp, params string[] attributes)
    {
        var names = value.Inputs.Select(p => p.Tangent).Concat(value.IsVoid ? value.Destinations.Select(d => d.Tangent) : []);
        var rest = names.Select(name => jvp.Parameters.Single(p => p.Name == name) with { Attributes = "", Default = null });
        return new WrittenMember(
            name + Tangent,
            value.IsVoid ? "void" : $"({value.Returns} Value, {value.Returns} Tangent)",
            new EquatableArray<ParameterSpec>(Primal(value).Concat(rest)),
            Documentation("forward", value, jvp),
            [Hidden, .. attributes],
            [value.IsVoid ? Member.Call(jvp) : $"({Member.Call(jvp, ("tResult", "out var tResult"))}, tResult)"]);
    }

    private static IEnumerable<ParameterSpec> Primal(MethodSpec value) =>
        value.Parameters.Select(p => p with { Default = null });

    private static string[] Documentation(string mode, MethodSpec value, MethodSpec derivative) =>
    [
        $"<summary>The {mode} rule of <see cref=\"{Member.Cref(value)}\"/>, for generated code.</summary>",
        Member.InheritDetails(derivative),
    ];
}
