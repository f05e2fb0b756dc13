namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Computes the tangent of a call with a rule: by the rule's tangent method or, for a scalar result, by its backward method. The backward
/// method with cotangent 1 gives the gradient, and the tangent is the inner product of the gradient and the tangents of the inputs.
/// </summary>
internal sealed class RuleTangents
{
    private readonly RuleCall _call;
    private readonly BlockBuilder _into;
    private readonly Func<Operand, Operand?> _dot;
    private readonly Func<Operand, Operand?> _shadow;

    public RuleTangents(RuleCall call, BlockBuilder into, Func<Operand, Operand?> dot, Func<Operand, Operand?> shadow)
    {
        _call = call;
        _into = into;
        _dot = dot;
        _shadow = shadow;
    }

    private CustomRule Rule => _call.Rule;

    /// <summary>
    /// Adds the call with its tangents to the block. Returns the tangents of the scalar results; none for those that are zero.
    /// </summary>
    public ImmutableArray<Operand> Emit()
    {
        if (!Enumerable.Range(0, _call.Args.Length).Any(HasTangent))
        {
            _into.Add(_call);
            ClearDestinations();
            return ImmutableArray<Operand>.Empty;
        }

        if (Rule.Tangent is null) return ByBackward() is { } dot ? ImmutableArray.Create(dot) : ImmutableArray<Operand>.Empty;
        return Rule.Form == RuleForm.Companion ? ByCompanion() : ByTangent();
    }

    private bool HasTangent(int i) => Rule.Parameters[i].Role switch
    {
        RuleRole.Scalar => _dot(_call.Args[i]) is not null,
        RuleRole.Input or RuleRole.Buffer => _shadow(_call.Args[i]) is not null,
        _ => false,
    };

    private IEnumerable<int> Of(params RuleRole[] roles) => Enumerable.Range(0, _call.Args.Length).Where(i => roles.Contains(Rule.Parameters[i].Role));

    private Operand Tangent(int i) => Rule.Parameters[i].Role == RuleRole.Scalar
        ? _dot(_call.Args[i]) ?? new NumberConstant((ScalarType)_call.Args[i].Type, 0)
        : _shadow(_call.Args[i]) ?? ArrayCode.Like(_call.Args[i], _into);

    private void ClearDestinations()
    {
        foreach (var i in Of(RuleRole.Destination))
        {
            if (_shadow(_call.Args[i]) is { } shadow) _into.Add(new Fill(_into.Elements(shadow), ArrayCode.Zero(shadow)));
        }
    }

    private ImmutableArray<Operand> ByTangent()
    {
        var args = _call.Args.Concat(Of(RuleRole.Scalar, RuleRole.Input, RuleRole.Destination).OrderBy(i => Rule.Parameters[i].IsWritten).Select(Tangent));
        var dots = _call.Values.Select(v => _into.Values.Fresh(v.Type, v.Name.Length > 0 ? v.Name + "Dot" : "")).ToImmutableArray();
        _into.Add(RuleMethodCalls.Of(Rule.Tangent!, _call.Values.AddRange(dots), args, Rule.ReadOnly));
        return dots.CastArray<Operand>();
    }

    /// <summary>The generated companion: tangents in declaration order, the result's tangent last.</summary>
    private ImmutableArray<Operand> ByCompanion()
    {
        var returned = _call.Values.Length - Rule.Outs.Length;
        var args = RuleMethodCalls.CompanionArguments(Rule, _call.Args);
        args.AddRange(RuleMethodCalls.InDeclarationOrder(
            Rule, i => Rule.Parameters[i].IsDifferentiable ? new Operand?[] { Tangent(i) } : Array.Empty<Operand?>(), _ => null));
        args.AddRange(Enumerable.Repeat<Operand?>(null, returned));
        var dots = _call.Values.Select(v => _into.Values.Fresh(v.Type)).ToImmutableArray();
        var outs = _call.Values.Skip(returned).Concat(dots.Skip(returned)).Concat(dots.Take(returned)).ToImmutableArray();
        var returns = _call.Values.Take(returned).ToImmutableArray();
        _into.Add(new Invoke(returns, Rule.Tangent!.Name, args.ToImmutableArray(), outs) { Derivative = Rule.Tangent, ReadOnly = Rule.ReadOnly });
        return dots.CastArray<Operand>();
    }

    private Operand? ByBackward()
    {
        if (_call.Values.Length != 1) throw new MissingRuleException(Rule.Primal, "give it [CustomJvp]", _call.Line);
        var result = _call.Values[0];
        var type = (ScalarType)result.Type;
        Value? residual = null;
        if (Rule.Forward is not null)
        {
            residual = _into.Values.Fresh(Rule.Residual!, "residual");
            _into.Add(RuleMethodCalls.Of(Rule.Forward, ImmutableArray.Create(result, residual), _call.Args, Rule.ReadOnly));
        }
        else
        {
            _into.Add(_call);
        }

        var (scalars, spans) = RuleMethodCalls.CallBackward(Rule, _call.Args, residual, new Operand[] { new NumberConstant(type, 1) }, _into);
        Operand? sum = null;
        void AddTerm(Operand term) => sum = sum is null ? term : _into.Compute(type, Opcode.Add, sum, term);
        foreach (var (i, gradient) in scalars)
        {
            if (_dot(_call.Args[i]) is { } dot) AddTerm(_into.Compute(type, Opcode.Multiply, gradient, dot));
        }

        foreach (var (i, gradient) in spans)
        {
            if (_shadow(_call.Args[i]) is { } shadow) AddTerm(ArrayCode.Inner(gradient, shadow, _into));
        }

        return sum;
    }
}
