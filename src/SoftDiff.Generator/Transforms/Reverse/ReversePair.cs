using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The forward function and the pullback of a callee: their parameters, the cotangents they start from, and the code.</summary>
internal sealed class ReversePair
{
    private readonly ReverseSweep _sweep;
    private readonly Variant _variant;
    private readonly Function _primal;
    private readonly Frame _root;
    private readonly Parameter _tape;
    private readonly List<Parameter> _parameters = new();

    public ReversePair(ReverseSweep sweep, Variant variant)
    {
        _sweep = sweep;
        _variant = variant;
        _primal = sweep.Primal.Function;
        _root = new Frame(Placement.Split, _primal.Body, sweep.Values);
        _tape = new Parameter(sweep.Tape, ParameterMode.Value, Wrt: false);
    }

    /// <summary>Writes the adjoint of the body.</summary>
    public void Walk()
    {
        foreach (var parameter in _primal.Parameters.Where(p => p.Value.Type is ArrayType))
        {
            _parameters.Add(parameter);
            _root.Known[parameter.Value] = parameter.Value;
        }

        foreach (var yield in _primal.Body.Yields.Where(y => y.Type.IsFloat))
        {
            _sweep.Cotangents.Seed(yield, AddParameter(yield.Type, "resultBar"), _root);
        }

        AddShadows();
        _parameters.Add(_tape);
        _sweep.Operations.Reverse(_root);
        new SavedValues(_sweep).Keep(_root);
    }

    /// <summary>The two functions, after the walk.</summary>
    public (Function Forward, Function Pullback) Build()
    {
        var results = new List<Operand>();
        foreach (var input in Active(true).Select(p => p.Value).Where(v => !v.Type.IsStorage))
        {
            results.Add(_sweep.Take(input, _root) ?? new NumberConstant((ScalarType)input.Type, 0));
            AddParameter(input.Type, Cotangents.Name(input), ParameterMode.Out);
        }

        var naming = new Substitution(naming: _sweep.Names);
        var forward = naming.Map(new Block(ForwardSweep.Ops(_root), _primal.Body.Yields));
        var pullback = naming.Map(_root.Reverse(results));
        string Name(VariantKind kind) => _sweep.Primal.Callees.Name(_variant with { Kind = kind });
        return (
            new Function(Name(VariantKind.Forward), _primal.Parameters.Add(_tape), _primal.Returns, forward)
            {
                PrimalResults = _primal.PrimalResults,
            },
            new Function(Name(VariantKind.Pullback), _parameters.ToImmutableArray(), null, pullback)
            {
                PrimalResults = 0,
            });
    }

    /// <summary>
    /// Shadows of active arrays are parameters; those of arrays that are active inside the callee alone are made in the pullback.
    /// </summary>
    private void AddShadows()
    {
        foreach (var array in Active(true).Select(p => p.Value).Where(v => v.Type.IsStorage))
        {
            _root.Shadows[array] = AddParameter(Signatures.Companion(array.Type, writable: true), array.Name + "Bar");
        }

        foreach (var parameter in Active(false).Where(p => p.Value.Type.IsStorage && _sweep.IsActive(p.Value)))
        {
            _root.Shadows[parameter.Value] = parameter.Value.Type is TapeType
                ? _sweep.Shadows.Open(parameter.Value, _root.Prologue)
                : ArrayCode.Like(parameter.Value, _root.Prologue, parameter.Name + "Bar");
        }
    }

    private IEnumerable<Parameter> Active(bool isActive) => _primal.Parameters.Where((_, i) => _variant.Mask[i] == '1' == isActive);

    private Value AddParameter(IrType type, string name, ParameterMode mode = ParameterMode.Value)
    {
        var value = _sweep.Values.Fresh(type, name);
        _parameters.Add(new Parameter(value, mode, Wrt: false));
        return value;
    }
}
