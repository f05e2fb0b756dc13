namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Backward methods without residual. A second transform cannot follow derivatives through a residual that is no number. It can through this function,
/// which takes the primal's arguments, calls the forward method for the residual's numbers, and passes those to the backward method.
/// </summary>
internal sealed class RecomputedResiduals
{
    private readonly CustomRule _rule;
    private readonly ValueSource _values = new();
    private readonly ImmutableArray<Parameter>.Builder _parameters = ImmutableArray.CreateBuilder<Parameter>();
    private readonly BlockBuilder _body;

    private RecomputedResiduals(CustomRule rule)
    {
        _rule = rule;
        _body = new BlockBuilder(_values);
    }

    /// <param name="name">The name of the function.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="residual">The numbers of which the residual consists.</param>
    /// <param name="forward">The function that the forward method was lowered to.</param>
    /// <param name="backward">The function that the backward method was lowered to.</param>
    public static Function Function(string name, CustomRule rule, ImmutableArray<IrType> residual, string forward, string backward) =>
        new RecomputedResiduals(rule).Function(name, residual, forward, backward);

    private Function Function(string name, ImmutableArray<IrType> residual, string forward, string backward)
    {
        var args = _rule.Parameters.Select(p => p.Role switch
        {
            RuleRole.Passive => Add(p.Type, p.Name, wrt: false, scratch: p.Type.CarriesDerivative),
            RuleRole.Destination => Add(((ArrayType)p.Type).ReadOnly(), p.Name),
            _ => Add(p.Type, p.Name),
        }).ToImmutableArray();
        var cotangents = _rule.Results.Select(type => Add(type, "cotangent"))
            .Concat(Of(RuleRole.Destination).Select(p => Add(((ArrayType)p.Type).ReadOnly(), "cotangent"))).ToList();
        var gradients = Of(RuleRole.Input).Select(p => Add(RuleSignatures.Writable(p.Type), p.Name + "Bar")).ToList();

        var numbers = residual.Select(type => _values.Fresh(type)).ToImmutableArray();
        var results = _rule.Results.Select(type => _values.Fresh(type));
        _body.Add(new Call(results.Concat(numbers).ToImmutableArray(), forward, Given(args).ToImmutableArray()));

        var scalars = Of(RuleRole.Scalar).Select(p => _values.Fresh(p.Type)).ToImmutableArray();
        var passed = numbers.Concat(_rule.BackwardTakesPrimal ? args : Enumerable.Empty<Value>()).Concat(cotangents).Concat(gradients);
        _body.Add(new Call(scalars, backward, passed.ToImmutableArray<Operand>()));
        if (scalars.Length > 1) _parameters.AddRange(scalars.Select(s => new Parameter(_values.Fresh(s.Type, "item"), ParameterMode.Out, Wrt: false)));
        return new Function(name, _parameters.ToImmutable(), scalars.Length == 1 ? scalars[0].Type : null, _body.Build(scalars.ToArray<Operand>()));
    }

    /// <summary>The forward method's arguments. It writes its outputs once more, which nobody reads.</summary>
    private IEnumerable<Operand> Given(ImmutableArray<Value> args) => args.Select((arg, i) =>
        _rule.Parameters[i].Role == RuleRole.Destination ? Replacement.Copy(arg, _body) : (Operand)arg);

    private IEnumerable<RuleParameter> Of(RuleRole role) => _rule.Parameters.Where(p => p.Role == role);

    private Value Add(IrType type, string name, bool wrt = true, bool scratch = false)
    {
        var value = _values.Fresh(type, name);
        _parameters.Add(new Parameter(value, ParameterMode.Value, wrt, scratch));
        return value;
    }
}
