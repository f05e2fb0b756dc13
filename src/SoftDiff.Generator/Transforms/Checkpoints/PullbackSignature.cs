namespace SoftDiff.Generator.Transforms.Checkpoints;

/// <summary>
/// The parameters of the pullback of a <see cref="CheckpointedLoop"/>, in the order in which callers pass them: the inputs but for the
/// numbers of the state, the cotangents of the state that comes out, the shadows of the active arrays, the tape; then the gradients of the
/// active scalars leave.
/// </summary>
internal sealed class PullbackSignature
{
    private readonly Function _primal;
    private readonly Variant _variant;
    private readonly List<Value> _shadows;

    public PullbackSignature(Function primal, Variant variant, ValueSource values)
    {
        _primal = primal;
        _variant = variant;
        ResultBars = primal.Parameters.Where(IsState).Select(p => values.Fresh(p.Value.Type, p.Name + "Bar")).ToImmutableArray();
        Summed = Active().Where(p => p.Value.Type.IsFloat && !p.IsResult)
            .Select(p => values.Fresh(p.Value.Type, p.Name + "Bar")).ToImmutableArray();
        _shadows = Active().Where(p => p.Value.Type.IsStorage)
            .Select(p => values.Fresh(Signatures.Companion(p.Value.Type, writable: true), p.Name + "Bar")).ToList();
    }

    /// <summary>The cotangents of the numbers of the state after the loop.</summary>
    public ImmutableArray<Value> ResultBars { get; }

    /// <summary>The gradients of the active numbers that are the same in all iterations, each a sum over these.</summary>
    public ImmutableArray<Value> Summed { get; }

    /// <summary>
    /// Calls the vector–Jacobian product of one iteration, in which all numbers of the state are active. Gives the cotangents of the state
    /// before the iteration, then what it adds to the sums.
    /// </summary>
    public ImmutableArray<Operand> Reverse(
        DerivedCallees callees, string iteration, ImmutableArray<Operand> args, IEnumerable<Operand> bars, BlockBuilder into)
    {
        var mask = new string(_primal.Parameters.Select((p, i) => IsState(p) ? '1' : _variant.Mask[i]).ToArray());
        var gradients = ResultBars.Concat(Summed).Select(bar => into.Values.Fresh(bar.Type, bar.Name)).ToImmutableArray();
        into.Add(new Call(gradients, callees.Request(VariantKind.Vjp, iteration, mask), args.AddRange(bars).AddRange(_shadows)));
        return ImmutableArray.CreateRange<Operand>(gradients);
    }

    /// <summary>The pullback.</summary>
    /// <param name="callees">Knows its name.</param>
    /// <param name="tape">The tape.</param>
    /// <param name="code">Its code.</param>
    /// <param name="gradients">The cotangents of the numbers of the state before the loop, then the sums.</param>
    public Function Build(DerivedCallees callees, Value tape, BlockBuilder code, List<Value> gradients)
    {
        var parameters = _primal.Inputs.Where(p => !p.IsResult).ToList();
        void Add(Value value, ParameterMode mode = ParameterMode.Value) => parameters.Add(new Parameter(value, mode, Wrt: false));
        foreach (var value in ResultBars.Concat(_shadows).Append(tape)) Add(value);
        var states = _primal.Parameters.Where(IsState).Zip(gradients, (parameter, gradient) => (parameter, gradient));
        var results = states.Where(s => Active().Contains(s.parameter)).Select(s => s.gradient).Concat(gradients.Skip(ResultBars.Length)).ToList();
        foreach (var result in results) Add(code.Values.Fresh(result.Type, result.Name), ParameterMode.Out);
        var name = callees.Name(_variant with { Kind = VariantKind.Pullback });
        return new Function(name, parameters.ToImmutableArray(), null, code.Build(results)) { PrimalResults = 0 };
    }

    private static bool IsState(Parameter parameter) => parameter.IsResult && parameter.Value.Type.IsFloat;

    private IEnumerable<Parameter> Active() => _primal.Parameters.Where((_, i) => _variant.Mask[i] == '1');
}
