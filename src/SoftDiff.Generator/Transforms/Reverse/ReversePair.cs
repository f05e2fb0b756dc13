using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The forward function and the pullback of a callee: their parameters, the cotangents they start from, and the code.</summary>
internal sealed class ReversePair(ReverseSweep sweep, Variant variant) : CalleeAdjoint(sweep, variant, Placement.Split)
{
    private readonly ReverseSweep _sweep = sweep;
    private readonly Variant _variant = variant;
    private readonly Parameter _tape = new(sweep.Tape, ParameterMode.Value, Wrt: false);

    /// <summary>The two functions, after the walk.</summary>
    public (Function Forward, Function Pullback) Build()
    {
        var results = Gradients();
        var naming = new Substitution(naming: _sweep.Names);
        var forward = naming.Map(new Block(ForwardSweep.Ops(Root), Primal.Body.Yields));
        var pullback = naming.Map(Root.Reverse(results));
        string Name(VariantKind kind) => _sweep.Primal.Callees.Name(_variant with { Kind = kind });
        return (
            new Function(Name(VariantKind.Forward), Primal.Parameters.Add(_tape), Primal.Returns, forward)
            {
                PrimalResults = Primal.PrimalResults,
            },
            new Function(Name(VariantKind.Pullback), Parameters.ToImmutableArray(), null, pullback)
            {
                PrimalResults = 0,
            });
    }

    protected override void AddInputs()
    {
        foreach (var parameter in Primal.Parameters.Where(p => p.Value.Type is ArrayType))
        {
            Parameters.Add(parameter);
            Root.Known[parameter.Value] = parameter.Value;
        }
    }

    protected override void Finish()
    {
        Parameters.Add(_tape);
        _sweep.Operations.Reverse(Root);
        new SavedValues(_sweep).Keep(Root);
    }
}
