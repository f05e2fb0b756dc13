namespace SoftDiff.Runtime.Build;

/// <summary>
/// The rules of an operator's rules XBackward and XTangent. There are four, and three of them are the rules of XVjp with the arguments in
/// another order. The reverse rule of XTangent is one run of the reverse mode on dual numbers. It runs at the point x + εt, with the
/// cotangent of the tangent plus ε times the cotangent of the value. The value of its result is the gradient for t, and the tangent of its
/// result is the gradient for x. The forward rule of XTangent is the forward mode on dual numbers.
/// </summary>
internal static class RulesOfRules
{
    public static IEnumerable<WrittenMember> Of(OperatorSpec spec)
    {
        var (backward, tangent) = (Rules.BackwardOf(spec), Rules.TangentOf(spec.Value.Name, spec.Value, spec.Jvp));
        var (vjpBackward, vjpTangent) = (SecondOrderRules.BackwardOf(spec), SecondOrderRules.TangentOf(spec));
        yield return TangentOfBackward(spec, backward, vjpTangent);
        yield return BackwardOfBackward(spec, backward, vjpBackward);
        yield return TangentOfTangent(spec, tangent);
        yield return BackwardOfTangent(spec, tangent, vjpTangent);
    }

    public static WrittenMember TangentOfTangent(OperatorSpec spec, WrittenMember tangent) =>
        SecondOrderRules.TangentOf(spec, spec.Jvp, tangent.Name + Rules.Tangent, tangent.Parameters);

    private static WrittenMember TangentOfBackward(OperatorSpec spec, WrittenMember backward, WrittenMember vjpTangent)
    {
        var (inputs, outputs) = (Inputs(backward), Written(backward));
        var dots = inputs.Concat(outputs).Select(p => p with { Name = SecondOrderRules.Dot(p.Name) });
        var results = SecondOrderRules.Results(spec.Vjp);
        var wanted = Numbers(spec).Select(p => results.IndexOf(p.Gradient)).ToList();
        var omitted = spec.Value.Destinations.SelectMany(d => new[] { (d.Name, "default"), (SecondOrderRules.Dot(d.Name), "default") });
        return Forwarding(
            backward, "forward", Rules.Tangent, backward.Parameters.Concat(dots), vjpTangent, omitted,
            wanted.Concat(wanted.Select(i => i + results.Count)), results.Count * 2);
    }

    private static WrittenMember BackwardOfBackward(OperatorSpec spec, WrittenMember backward, WrittenMember vjpBackward)
    {
        var (inputs, outputs) = (Inputs(backward), Written(backward));
        var primal = backward.Parameters.Select(p => p.Role == Role.Destination ? p with { Type = Expected.ReadOnly(p) } : p);
        var bars = Numbers(spec).Select(p => new ParameterSpec("", "", p.Type, SecondOrderRules.Bar(p.Gradient), null, Role.Passive))
            .Concat(outputs.Select(p => p with { Type = Expected.ReadOnly(p), Name = SecondOrderRules.Bar(p.Name) }))
            .Concat(inputs.Where(p => p.Role == Role.Array).Select(p => p with { Type = Expected.Writable(p), Name = SecondOrderRules.Bar(p.Name) }));
        var omitted = spec.Value.Destinations.SelectMany(d => new[] { (d.Name, "default"), (SecondOrderRules.Bar(d.Name), "default") })
            .Append((SecondOrderRules.Bar(SecondOrderRules.Result), "0.0"));
        var given = SecondOrderRules.Inputs(spec.Vjp).Where(p => p.Role == Role.Number).Select(p => p.Name).ToList();
        var wanted = inputs.Where(p => p.Role == Role.Number).Select(p => given.IndexOf(p.Name));
        return Forwarding(backward, "reverse", Rules.Backward, primal.Concat(bars), vjpBackward, omitted, wanted, given.Count);
    }

    private static WrittenMember BackwardOfTangent(OperatorSpec spec, WrittenMember tangent, WrittenMember vjpTangent)
    {
        var value = spec.Value;
        var inputs = Inputs(tangent);
        var primal = tangent.Parameters.Select(p => p.Role == Role.Destination ? p with { Type = Expected.ReadOnly(p) } : p);
        IEnumerable<ParameterSpec> Numbers(string name) => [new ParameterSpec("", "", "double", name, null, Role.Passive)];
        var outputs = tangent.Parameters.Where(p => p.Role == Role.Destination);
        var bars = (value.IsVoid
                ? outputs.Select(p => p with { Type = Expected.ReadOnly(p), Name = SecondOrderRules.Bar(p.Name) })
                : Numbers(SecondOrderRules.Bar(SecondOrderRules.Result)).Concat(Numbers("tResultBar")))
            .Concat(inputs.Where(p => p.Role == Role.Array).Select(p => p with { Type = Expected.Writable(p), Name = SecondOrderRules.Bar(p.Name) }));

        // The arguments by the names of the parameters of XVjp's rule that they replace.
        var arguments = new List<(string, string)>();
        foreach (var input in value.Inputs)
        {
            arguments.Add((SecondOrderRules.Dot(input.Name), input.Tangent));
            if (input.Role != Role.Array) continue;
            arguments.Add((input.Gradient, SecondOrderRules.Bar(input.Tangent)));
            arguments.Add((SecondOrderRules.Dot(input.Gradient), SecondOrderRules.Bar(input.Name)));
        }

        foreach (var (cotangent, name, tangentName) in value.IsVoid
            ? value.Destinations.Select(d => (d.Cotangent, d.Name, d.Tangent))
            : [("cResult", SecondOrderRules.Result, "tResult")])
        {
            arguments.Add((cotangent, SecondOrderRules.Bar(tangentName)));
            arguments.Add((SecondOrderRules.Dot(cotangent), SecondOrderRules.Bar(name)));
            arguments.Add((name, "default"));
            arguments.Add((SecondOrderRules.Dot(name), "default"));
        }

        var results = SecondOrderRules.Results(spec.Vjp);
        var numbers = value.Numbers.Select(p => results.IndexOf(p.Gradient)).ToList();
        return Forwarding(
            tangent, "reverse", Rules.Backward, primal.Concat(bars), vjpTangent, arguments,
            numbers.Select(i => i + results.Count).Concat(numbers), results.Count * 2);
    }

    private static IEnumerable<ParameterSpec> Numbers(OperatorSpec spec) => spec.Value.Numbers;

    // The inputs of the rule. The value it receives is not one of them.
    private static List<ParameterSpec> Inputs(WrittenMember rule) =>
        [.. rule.Parameters.Where(p => p.HasDerivative && p.Attributes.Length == 0)];

    private static List<ParameterSpec> Written(WrittenMember rule) => [.. rule.Parameters.Where(p => p.Role == Role.Destination)];

    /// <summary>A method that calls another and returns some of its results.</summary>
    private static WrittenMember Forwarding(
        WrittenMember rule, string mode, string suffix, IEnumerable<ParameterSpec> parameters, WrittenMember target,
        IEnumerable<(string, string)> arguments, IEnumerable<int> wanted, int given)
    {
        var call = Member.Call(target.Spec, [.. arguments]);
        var items = wanted.ToList();
        string[] body = items.Count == 0 ? [given == 0 ? call : "_ = " + call]
            : items.SequenceEqual(Enumerable.Range(0, given)) ? [call]
            : [$"var all = {call};", $"return ({string.Join(", ", items.Select(i => $"all.Item{i + 1}"))});"];
        return new WrittenMember(
            rule.Name + suffix,
            SecondOrderRules.Doubles(items.Count),
            new(parameters),
            [$"<summary>The {mode} rule of <see cref=\"{rule.Cref}\"/>, for generated code.</summary>", $"<inheritdoc cref=\"{rule.Cref}\" path=\"/*[not(self::summary)]\"/>"],
            [Rules.Hidden],
            body);
    }
}
