namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// The forward mode of a call that has a rule, as a function of the module. Parameters: the arguments that are values, then a tangent for
/// each argument that varies. Results: the call's, then their tangents. The coefficient k of a result is the coefficient k - 1 of its
/// tangent divided by k, so the series of the call up to the order n is that of this function up to the order n - 1.
/// </summary>
internal sealed class RuleJvp
{
    private readonly RuleCall _call;
    private readonly ValueSource _values = new();
    private readonly List<Parameter> _parameters = new();

    private RuleJvp(RuleCall call) => _call = call;

    public Function Function { get; private set; } = null!;

    /// <summary>Positions of the arguments that are parameters, in the order of the parameters.</summary>
    public ImmutableArray<int> Given { get; private set; }

    /// <summary>Positions of the arguments whose tangents are parameters, in the order of the parameters.</summary>
    public ImmutableArray<int> Varying { get; private set; }

    /// <summary>Whether the results have tangents.</summary>
    public bool HasTangents { get; private set; }

    public static RuleJvp Of(RuleCall call, Func<int, bool> varies)
    {
        var jvp = new RuleJvp(call);
        jvp.Build(varies);
        return jvp;
    }

    private void Build(Func<int, bool> varies)
    {
        var rule = _call.Rule;
        var positions = Enumerable.Range(0, _call.Args.Length).ToImmutableArray();
        Given = positions.Where(i => _call.Args[i] is Value).ToImmutableArray();
        Varying = positions.Where(varies).ToImmutableArray();
        var args = _call.Args.ToArray();
        foreach (var i in Given) args[i] = Parameter(args[i].Type, rule.Parameters[i].Name);
        var tangents = new Dictionary<Operand, Operand>();
        foreach (var i in Varying)
        {
            var type = Signatures.Companion(args[i].Type, writable: rule.Parameters[i].IsWritten);
            tangents[args[i]] = Parameter(type, rule.Parameters[i].Name + "Dot");
        }

        Operand? Tangent(Operand arg) => tangents.TryGetValue(arg, out var tangent) ? tangent : null;
        var values = _call.Values.Select(v => _values.Fresh(v.Type)).ToImmutableArray();
        var body = new BlockBuilder(_values) { Line = _call.Line };
        var dots = new RuleTangents(_call with { Args = args.ToImmutableArray(), Values = values }, body, Tangent, Tangent).Emit();
        HasTangents = !dots.IsEmpty;
        foreach (var result in values.Concat(dots))
        {
            var name = "result" + (_parameters.Count - Given.Length - Varying.Length + 1);
            _parameters.Add(new Parameter(_values.Fresh(result.Type, name), ParameterMode.Out, Wrt: false));
        }

        var function = new Function(MethodName(rule.Primal) + "Jvp", _parameters.ToImmutableArray(), null, body.Build(values.Concat(dots)))
        {
            PrimalResults = values.Length,
            IsNamedByContent = true,
        };
        Function = function with { Name = function.Name + "_" + DerivedCallees.Hash(IrText.Print(function)) };
    }

    private Value Parameter(IrType type, string name)
    {
        var value = _values.Fresh(type, name);
        _parameters.Add(new Parameter(value, ParameterMode.Value, Wrt: false));
        return value;
    }

    /// <summary>Of <c>global::A.B.F&lt;T&gt;</c> the F.</summary>
    private static string MethodName(string call)
    {
        var name = call.Split('<')[0];
        return name.Substring(name.LastIndexOf('.') + 1).TrimStart('@');
    }
}
