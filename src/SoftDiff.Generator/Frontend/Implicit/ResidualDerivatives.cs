namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>
/// The derivatives of a residual: functions of the module with a <see cref="Transform"/> as body, made when they are first called.
/// </summary>
internal sealed class ResidualDerivatives
{
    private readonly ModuleLowering _module;
    private readonly ImplicitPair _pair;
    private readonly Function _residual;
    private readonly Dictionary<TransformationKind, string> _names = new();

    public ResidualDerivatives(ModuleLowering module, ImplicitPair pair, Function residual)
    {
        _module = module;
        _pair = pair;
        _residual = residual;
    }

    private Parameter Unknown => _residual.Parameters[0];

    /// <summary>The parameters beside the unknowns by which the residual is differentiated, with the solver's positions.</summary>
    private IEnumerable<(Parameter Parameter, int Place)> Active =>
        _pair.Places.Select((place, i) => (_residual.Parameters[i + 1], place)).Where(p => _pair.Rule.Parameters[p.place].IsDifferentiable);

    /// <summary>∂r/∂x of one unknown.</summary>
    public Value Slope(Operand unknown, IReadOnlyList<Operand> given, BlockBuilder into)
    {
        var slope = into.Values.Fresh(_pair.Element, "slope");
        var name = Name(TransformationKind.Derivative, _pair.Element, new[] { Unknown.Name }, _ => { });
        into.Add(new Call(ImmutableArray.Create(slope), name, Arguments(unknown, given, null)));
        return slope;
    }

    /// <summary>Writes ∂r/∂x, row by row.</summary>
    public void Jacobian(Operand unknown, IReadOnlyList<Operand> given, Operand residuals, Operand jacobian, BlockBuilder into)
    {
        var name = Name(TransformationKind.Jacobian, null, new[] { Unknown.Name }, writer => writer.Input(jacobian.Type, "jacobian"));
        into.Add(new Call(ImmutableArray<Value>.Empty, name, Arguments(unknown, given, residuals).Add(jacobian)));
    }

    /// <summary>The tangent of the residual, by the tangents of the solver's parameters.</summary>
    /// <param name="tangents">The tangents by the solver's positions.</param>
    /// <param name="residuals">Of several unknowns: the residuals and an array of zeros that receives their tangent.</param>
    /// <returns>Of one unknown: the tangent.</returns>
    public Value? Tangent(
        Operand unknown, IReadOnlyList<Operand> given, IReadOnlyDictionary<int, Operand> tangents,
        (Operand Values, Operand Tangents)? residuals, BlockBuilder into)
    {
        var active = Active.ToList();
        var name = Name(TransformationKind.Jvp, null, active.Select(a => a.Parameter.Name), writer =>
        {
            foreach (var (p, _) in active) writer.Input(RuleSignatures.TangentType(p.Value.Type), FunctionWriter.Prefixed("t", p.Name));
            if (residuals is { } arrays) writer.Input(arrays.Tangents.Type, "tResidual");
            else writer.Out(Operand.Zero(_pair.Element), "tResidual");
        });
        var args = Arguments(unknown, given, residuals?.Values).AddRange(active.Select(a => tangents[a.Place]));
        if (residuals is { } written)
        {
            into.Add(new Call(ImmutableArray<Value>.Empty, name, args.Add(written.Tangents)));
            return null;
        }

        var tangent = into.Values.Fresh(_pair.Element, "residualDot");
        into.Add(new Call(ImmutableArray.Create(tangent), name, args));
        return tangent;
    }

    /// <summary>(∂r/∂p)ᵀ times a cotangent of the residual.</summary>
    /// <param name="cotangent">The cotangent; of several unknowns an array, which is left with anything.</param>
    /// <param name="spans">Where the gradients of spans go, by the solver's positions.</param>
    /// <param name="residuals">Of several unknowns: the residuals.</param>
    /// <returns>The gradients of numbers, by the solver's positions.</returns>
    public Dictionary<int, Value> Pullback(
        Operand unknown, IReadOnlyList<Operand> given, Operand cotangent, IReadOnlyDictionary<int, Operand> spans, Operand? residuals,
        BlockBuilder into)
    {
        var active = Active.ToList();
        var name = Name(TransformationKind.Vjp, null, active.Select(a => a.Parameter.Name), writer =>
        {
            if (residuals is null) writer.Input(cotangent.Type, "cResidual");
            foreach (var (p, _) in active)
            {
                var gradient = FunctionWriter.Prefixed("d", p.Name);
                if (p.Value.Type is ArrayType array) writer.Input(array.Writable(), gradient);
                else writer.Out(Operand.Zero(p.Value.Type), gradient);
            }

            if (residuals is not null) writer.Input(cotangent.Type, "dResidual");
        });
        var args = Arguments(unknown, given, residuals);
        if (residuals is null) args = args.Add(cotangent);
        args = args.AddRange(active.Where(a => spans.ContainsKey(a.Place)).Select(a => spans[a.Place]));
        if (residuals is not null) args = args.Add(cotangent);
        var gradients = active.Where(a => a.Parameter.Value.Type is ScalarType)
            .ToDictionary(a => a.Place, a => into.Values.Fresh(a.Parameter.Value.Type, a.Parameter.Name + "Bar"));
        var results = active.Where(a => gradients.ContainsKey(a.Place)).Select(a => gradients[a.Place]);
        into.Add(new Call(results.ToImmutableArray(), name, args));
        return gradients;
    }

    private ImmutableArray<Operand> Arguments(Operand unknown, IReadOnlyList<Operand> given, Operand? residuals)
    {
        var args = _pair.Places.Select(place => given[place]).Prepend(unknown);
        return (residuals is null ? args : args.Append(residuals)).ToImmutableArray();
    }

    /// <summary>The name of the function with that derivative. It has the residual's parameters and those of the transformation.</summary>
    private string Name(TransformationKind kind, IrType? returns, IEnumerable<string> wrt, Action<FunctionWriter> addParameters)
    {
        if (_names.TryGetValue(kind, out var known)) return known;
        var name = _names[kind] = _module.FreeName(_residual.Name + kind);
        var writer = new FunctionWriter();
        foreach (var p in _residual.Parameters) writer.Input(p.Value.Type, p.Name);
        addParameters(writer);
        var function = writer.Build(name);
        var results = function.Parameters.Where(p => p.IsResult).Select(p => writer.Block.Values.Fresh(p.Value.Type)).ToImmutableArray();
        if (returns is not null) results = results.Insert(0, writer.Block.Values.Fresh(returns));
        var args = function.Inputs.Select(p => (Operand)p.Value).ToImmutableArray();
        // The Jacobian is square, and a column costs less than a row.
        var mode = kind == TransformationKind.Jacobian ? JacobianMode.Forward : JacobianMode.Auto;
        var transform = new Transform(results, new Transformation(kind, 1, mode, wrt.ToImmutableArray()), _residual.Name, args);
        var body = new Block(ImmutableArray.Create<Op>(transform), results.CastArray<Operand>());
        _module.Add(function with { Returns = returns, Body = body });
        return name;
    }
}
