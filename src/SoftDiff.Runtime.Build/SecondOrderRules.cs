namespace SoftDiff.Runtime.Build;

/// <summary>
/// Writes the rules of an operator's reverse mode XVjp, by which derivatives nest. XVjpTangent is forward over reverse: one run on dual
/// numbers. XVjpBackward is the same run, because second derivatives are symmetric. The cotangent of a gradient takes the place of the
/// input's tangent, and the cotangent of an output takes the place of the tangent of the output's cotangent.
/// </summary>
internal static class SecondOrderRules
{
    public static WrittenMember TangentOf(OperatorSpec spec) => TangentOf(spec, spec.Vjp, spec.Vjp.Name + Rules.Tangent, Primal(spec.Vjp));

    /// <summary>The forward rule of a derivative of the operator: one run of it on dual numbers.</summary>
    /// <param name="spec">The operator.</param>
    /// <param name="derivative">Its reverse or forward mode.</param>
    /// <param name="name">The name of the rule.</param>
    /// <param name="primal">The parameters of the derivative, in the order in which the rule takes them.</param>
    public static WrittenMember TangentOf(OperatorSpec spec, MethodSpec derivative, string name, IEnumerable<ParameterSpec> primal)
    {
        var parameters = primal.ToList();
        var (inputs, arrays) = (parameters.Where(p => p.HasDerivative), Arrays(parameters));
        var results = Results(derivative);
        var dots = inputs.Select(p => p with { Name = Dot(p.Name), Attributes = "", Default = null })
            .Concat(arrays.Select(p => p with { Name = Dot(p.Name) }));
        var body = Before(derivative)
            .Concat(arrays.Select(p => $"var {Dual(p.Name)} = arrays.Like<double>({p.Name});"))
            .Append(Run(spec, derivative, p => $"{(p.Role == Role.Array ? "arrays" : "Joined")}.Of({p.Name}, {Dot(p.Name)})"))
            .Concat(arrays.SelectMany(p => new[] { $"Joined.Values({Dual(p.Name)}, {p.Name});", $"Joined.Tangents({Dual(p.Name)}, {Dot(p.Name)});" }));
        var items = results.Select(r => $"(double){r}.Value").Concat(results.Select(r => $"(double){r}.Tangent")).ToList();
        return new WrittenMember(
            name,
            Doubles(items.Count),
            new(parameters.Concat(dots)),
            Documentation("forward", derivative),
            [Rules.Hidden],
            [.. body, .. Return(items)]);
    }

    public static WrittenMember BackwardOf(OperatorSpec spec)
    {
        var vjp = spec.Vjp;
        var (inputs, arrays) = (Inputs(vjp), Arrays(vjp.Parameters));
        var results = Results(vjp);
        var primal = Primal(vjp).Select(p => p.Role == Role.Destination ? p with { Type = Expected.ReadOnly(p) } : p);
        var bars = results.Select(r => new ParameterSpec("", "", "double", Bar(r), null, Role.Passive))
            .Concat(arrays.Select(p => p with { Type = Expected.ReadOnly(p), Name = Bar(p.Name) }))
            .Concat(inputs.Where(p => p.Role == Role.Array).Select(p => p with { Type = Expected.Writable(p), Name = Bar(p.Name), Attributes = "" }));
        // An output that was not requested has no cotangent.
        string Join(ParameterSpec p) => p.Role == Role.Number ? "Joined.Of"
            : spec.Value.Destinations.Any(d => d.Name == Partner(spec, p.Name)) ? "arrays.OfWanted"
            : "arrays.Of";
        var body = Before(vjp)
            .Concat(arrays.Select(p => $"var {Dual(p.Name)} = arrays.Like<double>({Partner(spec, p.Name)});"))
            .Append(Run(spec, vjp, p => $"{Join(p)}({p.Name}, {Bar(Partner(spec, p.Name))})"))
            .Concat(inputs.Where(p => p.Role == Role.Array).Select(p => $"Joined.Tangents({Dual(Partner(spec, p.Name))}, {Bar(p.Name)});"));
        var items = inputs.Where(p => p.Role == Role.Number).Select(p => $"(double){Partner(spec, p.Name)}.Tangent").ToList();
        return new WrittenMember(
            vjp.Name + Rules.Backward,
            Doubles(items.Count),
            new(primal.Concat(bars)),
            Documentation("reverse", vjp),
            [Rules.Hidden],
            [.. body, .. Return(items)]);
    }

    public static string[] Documentation(string mode, MethodSpec vjp) =>
    [
        $"<summary>The {mode} rule of <see cref=\"{Member.Cref(vjp)}\"/>, for generated code.</summary>",
        Member.InheritDetails(vjp),
    ];

    // The call on dual numbers. The outputs exist by now; each input is joined with its tangent.
    private static string Run(OperatorSpec spec, MethodSpec derivative, Func<ParameterSpec, string> input)
    {
        var arguments = derivative.Parameters.Select(p => p switch
        {
            { Modifiers: "out" } => "out var " + p.Name,
            { HasDerivative: true } => input(p),
            { Role: Role.Destination } => Dual(p.Name),
            { IsArray: true } => $"arrays.Constant({p.Name})",
            _ => p.Name,
        });
        var result = derivative.IsVoid ? "" : $"var {Result} = ";
        return $"{result}SecondOrder.{string.Join(".", spec.Around.Container.Select(c => c.Split(' ')[1]))}.{derivative.Name}({string.Join(", ", arguments)});";
    }

    // An input goes with its gradient, a cotangent with the output it belongs to.
    private static string Partner(OperatorSpec spec, string name)
    {
        foreach (var input in spec.Value.Inputs)
        {
            if (name == input.Name) return input.Gradient;
            if (name == input.Gradient) return input.Name;
        }

        foreach (var destination in spec.Value.Destinations)
        {
            if (name == destination.Name) return destination.Cotangent;
            if (name == destination.Cotangent) return destination.Name;
        }

        return name == Result ? "cResult" : Result;
    }

    public const string Result = "result";

    /// <summary>The numbers that a derivative gives: what it returns, then its out parameters.</summary>
    public static List<string> Results(MethodSpec derivative) =>
        [.. derivative.IsVoid ? Array.Empty<string>() : [Result], .. derivative.Parameters.Where(p => p.Modifiers == "out").Select(p => p.Name)];

    public static List<ParameterSpec> Inputs(MethodSpec vjp) => [.. vjp.Inputs.Where(p => p.Modifiers != "out")];

    private static List<ParameterSpec> Arrays(IEnumerable<ParameterSpec> parameters) =>
        [.. parameters.Where(p => p.Role == Role.Destination).Select(p => p with { Attributes = "" })];

    private static IEnumerable<ParameterSpec> Primal(MethodSpec vjp) =>
        vjp.Parameters.Where(p => p.Modifiers != "out").Select(p => p with { Attributes = "", Default = null });

    // The first statements of both modes.
    private static IEnumerable<string> Before(MethodSpec vjp) =>
        vjp.Parameters.Any(p => p.IsArray) ? ["using var arrays = default(JoinedArrays);"] : Array.Empty<string>();

    public static string Doubles(int count) => count switch
    {
        0 => "void",
        1 => "double",
        _ => "(" + string.Join(", ", Enumerable.Repeat("double", count)) + ")",
    };

    public static string[] Return(List<string> items) => items.Count switch
    {
        0 => [],
        1 => [$"return {items[0]};"],
        _ => [$"return ({string.Join(", ", items)});"],
    };

    private static string Dual(string name) => name + "Dual";

    public static string Dot(string name) => name + "Dot";

    public static string Bar(string name) => name + "Bar";
}
