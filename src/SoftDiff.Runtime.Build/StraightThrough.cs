namespace SoftDiff.Runtime.Build;

/// <summary>
/// Writes the straight-through forms of an operator: the value of the hard mode with the derivatives of the requested mode. The derivative
/// runs first, with the caller's own arguments, and checks them. Then the hard value replaces the soft one.
/// </summary>
internal static class StraightThrough
{
    public const string Suffix = "St";

    public static WrittenMember ValueOf(OperatorSpec spec)
    {
        var value = spec.Value;
        return new WrittenMember(
            value.Name + Suffix,
            value.Returns,
            value.Parameters,
            [
                $"<summary>Straight-through <see cref=\"{Member.Cref(value)}\"/>:",
                "the value of the hard operator (<see cref=\"SoftMode.Hard\"/>), with the derivative of the soft one.</summary>",
                Member.InheritDetails(value),
            ],
            Rules.Attributes(value.Name + Rules.Backward, value.Name + Suffix + Rules.Tangent),
            [$"SoftArguments.Exists({value.Mode!.Name});", (value.IsVoid ? "" : "return ") + Hard(value) + ";"]);
    }

    public static WrittenMember VjpOf(OperatorSpec spec)
    {
        var name = Named(spec, spec.Vjp.Name);
        string[] attributes = spec.Nests ? Rules.Attributes(spec.Vjp.Name + Rules.Backward, name + Rules.Tangent) : [];
        return Derivative(spec, spec.Vjp, Documentation(spec, spec.Vjp, "the cotangents of its inputs"), attributes);
    }

    public static WrittenMember JvpOf(OperatorSpec spec) => Derivative(spec, spec.Jvp, Documentation(spec, spec.Jvp, "its tangent"), []);

    /// <summary>
    /// The forward rule of the reverse mode. The value has the soft value's tangent; the reverse rule is that of the soft reverse mode.
    /// </summary>
    public static WrittenMember NestedTangentOf(OperatorSpec spec)
    {
        var soft = SecondOrderRules.TangentOf(spec);
        var documentation = SecondOrderRules.Documentation("forward", spec.Vjp with { Name = Named(spec, spec.Vjp.Name) });
        return Derivative(spec, soft.Spec, documentation, soft.Attributes);
    }

    /// <summary>The forward rule of the operator; its reverse rule is that of the soft one's.</summary>
    public static WrittenMember TangentOf(OperatorSpec spec, WrittenMember value, WrittenMember jvp)
    {
        var name = value.Name + Rules.Tangent;
        string[] attributes = spec.Nests ? Rules.Attributes(spec.Value.Name + Rules.Tangent + Rules.Backward, name + Rules.Tangent) : [];
        return Rules.TangentOf(value.Name, spec.Value, spec.Jvp with { Name = jvp.Name }, attributes);
    }

    /// <summary>The forward rule of the forward rule.</summary>
    public static WrittenMember TangentOfTangent(OperatorSpec spec)
    {
        var soft = RulesOfRules.TangentOfTangent(spec, Rules.TangentOf(spec.Value.Name, spec.Value, spec.Jvp));
        var documentation = SecondOrderRules.Documentation("forward", spec.Jvp with { Name = Named(spec, spec.Jvp.Name) });
        return Derivative(spec, soft.Spec, documentation, soft.Attributes);
    }

    private static WrittenMember Derivative(OperatorSpec spec, MethodSpec derivative, string[] documentation, string[] attributes) => new(
        Named(spec, derivative.Name),
        derivative.Returns,
        derivative.Parameters,
        documentation,
        attributes,
        spec.Value.IsVoid ? Written(spec, derivative) : Returned(spec.Value, derivative));

    private static string Named(OperatorSpec spec, string derivative) => spec.Value.Name + Suffix + derivative.Substring(spec.Value.Name.Length);

    private static string[] Documentation(OperatorSpec spec, MethodSpec derivative, string what) =>
    [
        $"<summary>The value of <see cref=\"{Member.Cref(spec.Value.Name + Suffix, spec.Value.Parameters)}\"/>, which is the hard one,",
        $"and {what}, from <see cref=\"{Member.Cref(derivative)}\"/>.</summary>",
        Member.InheritDetails(derivative),
    ];

    // The hard value is computed first, because the gradient may overwrite an input. A rule returns it as the first of its results.
    private static string[] Returned(MethodSpec value, MethodSpec derivative) =>
    [
        $"var hard = {Hard(value)};",
        .. derivative.Returns == value.Returns
            ? new[] { $"{Member.Call(derivative)};", "return hard;" }
            : [$"var results = {Member.Call(derivative)};", "results.Item1 = hard;", "return results;"],
    ];

    // The destination and a gradient may both lie over an input, so the hard value is first written to memory of its own. A destination
    // that is not requested may be needed to compute the others; it then has the shape of its cotangent.
    private static string[] Written(OperatorSpec spec, MethodSpec derivative)
    {
        var (value, tensor) = (spec.Value, spec.Form == OperatorForm.Tensor);
        var destinations = value.Destinations.ToList();
        string Of(ParameterSpec d, string property) => destinations.Count > 1 && derivative.Parameters.Any(p => p.Name == d.Cotangent)
            ? $"{d.Name}.IsEmpty ? {d.Cotangent}.{property} : {d.Name}.{property}"
            : $"{d.Name}.{property}";
        string Target(ParameterSpec d) => Memory(d) + (tensor ? "Shaped" : ".Span");

        var lines = new List<string>();
        foreach (var d in destinations)
        {
            lines.Add($"using var {Memory(d)} = Scratch.Rent<double>({Of(d, tensor ? "FlattenedLength" : "Length")});");
            if (tensor) lines.Add($"var {Target(d)} = new {d.Type}({Memory(d)}.Span, {Of(d, "Lengths")});");
        }

        var wanted = string.Join(" || ", destinations.Select(d => $"!{d.Name}.IsEmpty"));
        lines.Add($"if ({wanted}) {Hard(value, [.. destinations.Select(d => (d.Name, Target(d)))])};");
        lines.Add((derivative.IsVoid ? "" : "var results = ") + Member.Call(derivative) + ";");
        lines.AddRange(destinations.Select(d => $"if (!{d.Name}.IsEmpty) {Target(d)}.CopyTo({d.Name});"));
        if (!derivative.IsVoid) lines.Add("return results;");
        return [.. lines];
    }

    private static string Memory(ParameterSpec destination) => "hard" + destination.Cotangent.Substring(1);

    private static string Hard(MethodSpec value, params (string, string)[] destinations) =>
        Member.Call(value, [.. destinations, (value.Mode!.Name, "SoftMode.Hard")]);
}
