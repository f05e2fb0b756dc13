using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The vector–Jacobian product of a callee with a checkpoint, as its callers' reverse sweep calls it: it gets the arguments, runs the primal
/// again and propagates cotangents at once. The arrays that the primal writes are copies, which nobody reads afterwards.
/// </summary>
internal sealed class RecomputedAdjoint(ReverseSweep sweep, Variant variant) : CalleeAdjoint(sweep, variant, Placement.Same)
{
    private readonly ReverseSweep _sweep = sweep;
    private readonly Variant _variant = variant;

    /// <summary>The function, after the walk.</summary>
    public Function Build()
    {
        var results = Gradients();
        var body = new BlockBuilder(_sweep.Values);
        if (_sweep.HasTape) body.Add(new OpenTape(_sweep.Tape));
        body.AddRange(Root.Prologue.Ops);
        body.AddRange(ForwardSweep.Ops(Root));
        body.AddRange(Root.Code.Ops);
        var block = new Substitution(naming: _sweep.Names).Map(body.Build(results));
        return new Function(_sweep.Primal.Callees.Name(_variant), Parameters.ToImmutableArray(), null, block) { PrimalResults = 0 };
    }

    protected override void AddInputs()
    {
        var written = Signatures.Written(Primal);
        Parameters.AddRange(Primal.Inputs.Select(p => p with { Mode = ParameterMode.Value, IsConsumed = written.Contains(p.Value) }));
    }

    protected override void Finish() => _sweep.Operations.Reverse(Root);
}
