namespace SoftDiff.Generator.Transforms.Checkpoints;

/// <summary>
/// Reverse mode for the function of a <see cref="CheckpointedLoop"/>. The forward function runs the loop and keeps some of its states on the
/// tape. The pullback runs the loop again from them, one iteration less each time. It keeps further states where slots have become free. The
/// runtime's <c>Checkpoints</c> says which. Source: Griewank and Walther, Algorithm 799 (revolve), ACM TOMS 26 (2000).
/// </summary>
internal sealed class LoopReversal
{
    private const string Runtime = "global::SoftDiff.Checkpoints.";

    private readonly Function _primal;
    private readonly Variant _variant;
    private readonly DerivedCallees _callees;
    private readonly string _iteration;
    private readonly ValueSource _values;
    private readonly Value _tape;
    private readonly Value _trips;
    private readonly List<Value> _scalars;
    private readonly List<Value> _arrays;

    public LoopReversal(Function primal, Variant variant, DerivedCallees callees)
    {
        _primal = primal;
        _variant = variant;
        _callees = callees;
        _iteration = primal.Body.AllOps().OfType<Call>().Single().Callee;
        _values = new ValueSource(primal.MaxId() + 1);
        _tape = _values.Fresh(TapeType.Instance, "tape");
        _trips = primal.Parameters[primal.Parameters.Length - 1].Value;
        _scalars = primal.Parameters.Where(p => p.IsResult).Select(p => p.Value).ToList();
        var written = Signatures.Written(primal);
        _arrays = primal.Parameters.Select(p => p.Value).Where(written.Contains).ToList();
    }

    /// <summary>The state at one point of the code.</summary>
    private sealed record State(ImmutableArray<Operand> Scalars, ImmutableArray<Operand> Arrays);

    public (Function Forward, Function Pullback) Build() => (Forward(), Pullback());

    /// <summary>
    /// <code>
    /// while (at &lt; trips) { push the state and at; kept++; run up to the next state to keep; }
    /// push kept
    /// </code>
    /// </summary>
    private Function Forward()
    {
        var code = new BlockBuilder(_values);
        var slots = Slots(code);
        var (carried, scalars, (at, kept)) = Carry(_scalars, ("at", ArrayCode.Int(0)), ("kept", ArrayCode.Int(0)));
        var body = new BlockBuilder(_values);
        var state = new State(scalars, _arrays.ToImmutableArray<Operand>());
        Push(state, at, body);
        var now = Plus(body, kept, ArrayCode.Int(1));
        var next = Plus(body, at, Advance(body, Minus(body, _trips, at), Minus(body, slots, now)));
        state = Run(state, at, next, body);
        code.Add(new While(carried, Condition(Opcode.Less, at, _trips), body.Build(state.Scalars.Add(next).Add(now))));
        code.Add(new Push(_tape, carried[carried.Length - 1].Result));
        var results = carried.Take(_scalars.Count).Select(c => (Operand)c.Result);
        var name = _callees.Name(_variant with { Kind = VariantKind.Forward });
        return new Function(name, _primal.Parameters.Add(new Parameter(_tape, ParameterMode.Value, Wrt: false)), null, code.Build(results))
        {
            PrimalResults = _primal.PrimalResults,
        };
    }

    /// <summary>
    /// <code>
    /// pop kept
    /// while (end &gt; 0)
    /// {
    ///     pop at and the state; kept--;
    ///     while (at &lt; end - 1) { push the state and at; kept++; run up to the next state to keep, or to end - 1; }
    ///     propagate cotangents through iteration end - 1; end--;
    /// }
    /// </code>
    /// </summary>
    private Function Pullback()
    {
        var code = new BlockBuilder(_values);
        var kept = _values.Fresh(ScalarType.Int32, "kept");
        code.Add(new Pop(kept, _tape));
        var slots = Slots(code);
        var arrays = _arrays.Select(a => Like(a, code)).ToImmutableArray<Operand>();
        var signature = new PullbackSignature(_primal, _variant, _values);
        var bars = signature.ResultBars.Concat<Operand>(signature.Summed.Select(input => new NumberConstant((ScalarType)input.Type, 0))).ToList();
        var names = signature.ResultBars.Concat(signature.Summed).ToList();
        var (carried, cotangents, (end, held)) = Carry(
            names.Zip(bars, (name, init) => (name, init)).ToList(), ("end", _trips), ("kept", kept));

        var body = new BlockBuilder(_values);
        var (state, at) = PopState(arrays, body);
        var last = Minus(body, end, ArrayCode.Int(1));
        var (restarted, left) = RunUpTo(state, at, last, end, Minus(body, held, ArrayCode.Int(1)), slots, body);
        var floats = signature.ResultBars.Length;
        var gradients = signature.Reverse(_callees, _iteration, Arguments(restarted, last), cotangents.Take(floats), body);
        var sums = cotangents.Skip(floats).Zip(gradients.Skip(floats), (sum, more) => (Operand)body.Compute(sum.Type, Opcode.Add, sum, more)).ToList();
        code.Add(new While(carried, Condition(Opcode.Greater, end, ArrayCode.Int(0)),
            body.Build(gradients.Take(floats).Concat(sums).Append(last).Append(left))));
        return signature.Build(_callees, _tape, code, carried.Take(names.Count).Select(c => c.Result).ToList());
    }

    /// <summary>Runs from a state to the last iteration before one, and keeps states on the way.</summary>
    private (State State, Operand Kept) RunUpTo(
        State state, Operand start, Operand last, Operand end, Operand kept, Operand slots, BlockBuilder into)
    {
        var (carried, scalars, (at, held)) = Carry(
            _scalars.Zip(state.Scalars, (name, init) => (name, init)).ToList(), ("at", start), ("kept", kept));
        var body = new BlockBuilder(_values);
        var current = state with { Scalars = scalars };
        Push(current, at, body);
        var now = Plus(body, held, ArrayCode.Int(1));
        var ahead = Advance(body, Minus(body, end, at), Minus(body, slots, now));
        var next = body.Compute(ScalarType.Int32, Opcode.Min, Plus(body, at, ahead), last);
        var run = Run(current, at, next, body);
        into.Add(new While(carried, Condition(Opcode.Less, at, last), body.Build(run.Scalars.Add(next).Add(now))));
        var results = carried.Select(c => (Operand)c.Result).ToImmutableArray();
        return (state with { Scalars = results.RemoveRange(_scalars.Count, 2) }, results[results.Length - 1]);
    }

    /// <summary>Runs the iterations from one number up to another.</summary>
    private State Run(State state, Operand from, Operand to, BlockBuilder into)
    {
        var index = _values.Fresh(ScalarType.Int32, "t");
        var carried = _scalars.Zip(state.Scalars, (name, init) => new Carried(Like(name), init, Like(name))).ToImmutableArray();
        var next = _scalars.Select(Like).ToImmutableArray();
        var current = state with { Scalars = carried.Select(c => (Operand)c.Param).ToImmutableArray() };
        var call = new Call(next, _iteration, Arguments(current, index));
        var body = new Block(ImmutableArray.Create<Op>(call), ImmutableArray.CreateRange<Operand>(next));
        into.Add(new For(index, from, to, 1, false, carried, body));
        return state with { Scalars = carried.Select(c => (Operand)c.Result).ToImmutableArray() };
    }

    /// <summary>The arguments of the iteration: those of the loop, with a state and a number.</summary>
    private ImmutableArray<Operand> Arguments(State state, Operand number)
    {
        Operand Argument(Value parameter)
        {
            if (_scalars.IndexOf(parameter) is >= 0 and var scalar) return state.Scalars[scalar];
            if (_arrays.IndexOf(parameter) is >= 0 and var array) return state.Arrays[array];
            return parameter.Equals(_trips) ? number : parameter;
        }

        return _primal.Inputs.Select(p => Argument(p.Value)).ToImmutableArray();
    }

    private void Push(State state, Operand at, BlockBuilder into)
    {
        foreach (var array in state.Arrays) into.Add(new PushArray(_tape, array));
        foreach (var scalar in state.Scalars) into.Add(new Push(_tape, scalar));
        into.Add(new Push(_tape, at));
    }

    private (State State, Value At) PopState(ImmutableArray<Operand> arrays, BlockBuilder into)
    {
        var at = _values.Fresh(ScalarType.Int32, "at");
        into.Add(new Pop(at, _tape));
        var scalars = _scalars.Select(Like).ToImmutableArray();
        foreach (var scalar in Enumerable.Reverse(scalars)) into.Add(new Pop(scalar, _tape));
        foreach (var array in Enumerable.Reverse(arrays)) into.Add(new PopArray(_tape, array));
        return (new State(ImmutableArray.CreateRange<Operand>(scalars), arrays), at);
    }

    private (ImmutableArray<Carried> Carried, ImmutableArray<Operand> Values, (Value First, Value Second) Counters) Carry(
        List<Value> values, (string Name, Operand Init) first, (string Name, Operand Init) second) =>
        Carry(values.Select(v => (v, (Operand)v)).ToList(), first, second);

    /// <summary>The variables of a loop: values, and two counters after them.</summary>
    private (ImmutableArray<Carried> Carried, ImmutableArray<Operand> Values, (Value First, Value Second) Counters) Carry(
        List<(Value Name, Operand Init)> values, (string Name, Operand Init) first, (string Name, Operand Init) second)
    {
        Carried Counter((string Name, Operand Init) counter) =>
            new(_values.Fresh(ScalarType.Int32, counter.Name), counter.Init, _values.Fresh(ScalarType.Int32, counter.Name));
        var carried = values.Select(v => new Carried(Like(v.Name), v.Init, Like(v.Name))).ToList();
        var counters = (Counter(first), Counter(second));
        return (carried.Append(counters.Item1).Append(counters.Item2).ToImmutableArray(),
            carried.Select(c => (Operand)c.Param).ToImmutableArray(), (counters.Item1.Param, counters.Item2.Param));
    }

    private Operand Slots(BlockBuilder code) =>
        _primal.Checkpoint!.Slots is > 0 and var slots ? ArrayCode.Int(slots) : Pure(code, "slots", "Slots", _trips);

    private Value Advance(BlockBuilder code, Operand steps, Operand free) => Pure(code, "", "Advance", steps, free);

    private Value Pure(BlockBuilder code, string name, string method, params Operand[] args)
    {
        var result = _values.Fresh(ScalarType.Int32, name);
        code.Add(new Compute(result, Opcode.Pure, args.ToImmutableArray(), Runtime + method));
        return result;
    }

    private static Value Plus(BlockBuilder code, Operand a, Operand b) => code.Compute(ScalarType.Int32, Opcode.Add, a, b);

    private static Value Minus(BlockBuilder code, Operand a, Operand b) => code.Compute(ScalarType.Int32, Opcode.Subtract, a, b);

    private Block Condition(Opcode comparison, Operand a, Operand b)
    {
        var condition = new BlockBuilder(_values);
        return condition.Build(condition.Compute(ScalarType.Bool, comparison, a, b));
    }

    private Value Like(Value value) => _values.Fresh(value.Type, value.Name);

    private static Value Like(Value array, BlockBuilder code)
    {
        var copy = code.Values.Fresh(array.Type, array.Name + "Kept");
        code.Add(new Allocate(copy, code.Length(array), Cleared: false));
        return copy;
    }
}
