using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Reverse;

namespace SoftDiff.Generator.Transforms.Checkpoints;

/// <summary>
/// A counted loop whose iterations pass a state on by calls with checkpoints. The state is what the loop carries and the arrays that these
/// calls write; nothing else in the loop has an effect. The loop can therefore start again from any state that was kept.
/// </summary>
internal sealed class CheckpointedLoop
{
    private readonly For _loop;
    private readonly Definitions _definitions;
    private readonly int _slots;

    /// <summary>Views of arrays that stand before the loop, in order; each iteration makes its own.</summary>
    private readonly List<Op> _views = new();

    private readonly List<Value> _arrays;
    private readonly List<Value> _invariants;

    private CheckpointedLoop(For loop, Definitions definitions, int slots, string callee, ISet<Operand> written)
    {
        _loop = loop;
        _definitions = definitions;
        _slots = slots;
        Callee = callee;
        var outside = Outside();
        bool IsState(Value value) => value.Type is ArrayType && written.Contains(definitions.Root(value));
        _arrays = outside.Where(IsState).ToList();
        _invariants = outside.Where(value => !IsState(value)).ToList();
    }

    /// <summary>The first callee with a checkpoint.</summary>
    public string Callee { get; }

    public int Line => _loop.Line;

    /// <param name="loop">The loop.</param>
    /// <param name="definitions">The definitions of its function.</param>
    /// <param name="marked">The checkpoint of a callee; null if it has none.</param>
    /// <returns>Null if the loop does more than such calls, or its iterations are independent of each other.</returns>
    public static CheckpointedLoop? Find(For loop, Definitions definitions, Func<string, Checkpoint?> marked)
    {
        if (loop is not { Exit: null, Trips: null } || loop.Index.Type != ScalarType.Int32) return null;
        var ops = loop.Body.AllOps().ToList();
        var calls = ops.OfType<Call>().Where(call => marked(call.Callee) is not null).ToList();
        if (calls.Count == 0 || loop.Carried.Any(c => c.Param.Type is not ScalarType) || !ops.All(MayRepeat)) return null;
        bool IsOutside(Operand operand) => !definitions.IsDefinedIn(operand, loop.Body);
        var written = new HashSet<Operand>();
        foreach (var op in ops)
        {
            foreach (var array in op.ElementsWritten().Where(array => IsOutside(definitions.Root(array))))
            {
                if (op is not Call call || !calls.Contains(call) || !IsOutside(array)) return null;
                written.Add(definitions.Root(array));
            }
        }

        if (!PassesStateOn(loop, definitions, written, calls)) return null;
        var slots = calls.Select(call => marked(call.Callee)!.Slots).Where(s => s > 0).DefaultIfEmpty(0).Min();
        var found = new CheckpointedLoop(loop, definitions, slots, calls[0].Callee, written);
        return found.HasDistinctArrays() ? found : null;
    }

    /// <summary>The function of one iteration: the state, what is the same in all iterations, and the iteration's number.</summary>
    public Function Iteration(string name)
    {
        var values = new ValueSource();
        var parameters = Parameters(values, _loop.Index.Name);
        var map = new Substitution(values) { InlinedAt = Line };
        foreach (var (value, parameter) in Inside().Zip(parameters, (value, parameter) => (value, parameter))) map[value] = parameter.Value;
        var code = new BlockBuilder(values) { Line = Line };
        var number = parameters[parameters.Length - 1].Value;
        map[_loop.Index] = ReadsIndex && !CountsFromZero ? CountedLoops.IndexOf(code, _loop, map.Map(_loop.Start), number) : number;
        code.AddRange(_views.Select(map.Map));
        var body = map.Map(_loop.Body);
        code.AddRange(body.Ops);
        return Signatures.WithDistinctNames(new Function(name, parameters, null, code.Build(body.Yields)));
    }

    /// <summary>The function of the loop: the same parameters with the number of iterations in the place of an iteration's number.</summary>
    public Function Whole(string name, Function iteration)
    {
        var values = new ValueSource();
        var parameters = Parameters(values, "trips");
        var index = values.Fresh(ScalarType.Int32, _loop.Index.Name);
        var carried = _loop.Carried.Select((c, i) =>
            new Carried(Like(values, c.Param), parameters[i].Value, Like(values, c.Param))).ToImmutableArray();
        var next = carried.Select(c => Like(values, c.Param)).ToImmutableArray();
        var args = parameters.Skip(carried.Length).Take(parameters.Length - carried.Length - 1).Select(p => (Operand)p.Value);
        var call = new Call(next, iteration.Name, carried.Select(c => (Operand)c.Param).Concat(args).Append(index).ToImmutableArray()) { Line = Line };
        var body = new Block(ImmutableArray.Create<Op>(call), ImmutableArray.CreateRange<Operand>(next));
        var loop = new For(index, ArrayCode.Int(0), parameters[parameters.Length - 1].Value, 1, false, carried, body) { Line = Line };
        var results = ImmutableArray.CreateRange<Operand>(carried.Select(c => c.Result));
        return Signatures.WithDistinctNames(new Function(name, parameters, null, new Block(ImmutableArray.Create<Op>(loop), results)))
            with { Checkpoint = new Checkpoint(_slots) { IsLoop = true } };
    }

    /// <summary>The call that takes the loop's place.</summary>
    public Call Call(Function whole, CountedLoops counted, BlockBuilder code)
    {
        var trips = counted.Trips(code, _loop, _loop.Start, _loop.End);
        var args = _loop.Carried.Select(c => c.Init).Concat(_arrays).Concat(_invariants).Append(trips);
        return new Call(_loop.Carried.Select(c => c.Result).ToImmutableArray(), whole.Name, args.ToImmutableArray());
    }

    private bool ReadsIndex => _loop.Body.AllReads().Contains(_loop.Index);

    private bool CountsFromZero => _loop is { Step: 1, Start: IntegerConstant { Number: 0 } };

    /// <summary>Whether the operation may run again for its results, and does nothing else.</summary>
    private static bool MayRepeat(Op op) =>
        !op.RunsOnce && op is not (Invoke or OpenTape or Push or Pop or PushArray or PopArray or Transform or ParallelCall);

    /// <summary>Whether a call with a checkpoint depends on what earlier iterations carry or write.</summary>
    private static bool PassesStateOn(For loop, Definitions definitions, ISet<Operand> written, List<Call> calls)
    {
        var state = new HashSet<Operand>(loop.Carried.Select(c => c.Param));
        state.UnionWith(written);
        foreach (var op in loop.Body.Ops)
        {
            if (!op.AllReads().Any(read => state.Contains(read) || state.Contains(definitions.Root(read)))) continue;
            if (op.WithNested().Any(inner => inner is Call call && calls.Contains(call))) return true;
            state.UnionWith(op.Results);
            state.UnionWith(op.ElementsWritten().Select(definitions.Root));
        }

        return false;
    }

    /// <summary>What the loop reads from outside; of a view, what it is made of.</summary>
    private List<Value> Outside()
    {
        var known = new HashSet<Operand>(_loop.Body.AllOps().SelectMany(op => op.Results.Concat(op.BlockParameters()))) { _loop.Index };
        known.UnionWith(_loop.Carried.Select(c => c.Param));
        var outside = new List<Value>();
        void Add(Operand operand)
        {
            if (operand is not Value value || !known.Add(value)) return;
            if (_definitions.OpOf(value) is not (View or Arrange) || !value.Equals(_definitions.OpOf(value)!.Results[0]))
            {
                outside.Add(value);
                return;
            }

            var view = _definitions.OpOf(value)!;
            foreach (var read in view.Reads()) Add(read);
            _views.Add(view);
        }

        foreach (var read in _loop.Body.AllReads()) Add(read);
        if (ReadsIndex && !CountsFromZero) Add(_loop.Start);
        return outside;
    }

    /// <summary>Whether each array has storage of its own, as parameters of a function must.</summary>
    private bool HasDistinctArrays()
    {
        if (_arrays.Any(array => array.Type is ArrayType { IsTensor: true } or ArrayType { IsReadOnly: true })) return false;
        var roots = _arrays.Concat(_invariants).Where(value => value.Type is ArrayType).Select(_definitions.Root).ToList();
        return roots.Distinct().Count() == roots.Count && roots.All(root => _definitions.OpOf(root) is null or Allocate or Lengths or RowStarts);
    }

    /// <summary>The values for which the functions have parameters, but for the last.</summary>
    private IEnumerable<Value> Inside() => _loop.Carried.Select(c => c.Param).Concat(_arrays).Concat(_invariants);

    private ImmutableArray<Parameter> Parameters(ValueSource values, string last)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var value in Inside())
        {
            var mode = parameters.Count < _loop.Carried.Length ? ParameterMode.Ref : ParameterMode.Value;
            parameters.Add(new Parameter(Like(values, value), mode, Wrt: value.Type.CarriesDerivative));
        }

        parameters.Add(new Parameter(values.Fresh(ScalarType.Int32, last.Length > 0 ? last : "t"), ParameterMode.Value, Wrt: false));
        return parameters.ToImmutable();
    }

    private static Value Like(ValueSource values, Value value)
    {
        var type = value.Type is ArrayType { IsTensor: false } array ? array.AsSpan() : value.Type;
        return values.Fresh(type, value.Name.Length > 0 ? value.Name : "given");
    }
}
