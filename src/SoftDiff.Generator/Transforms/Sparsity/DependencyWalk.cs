using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Sparsity;

/// <summary>
/// Rewrites a function so that it computes on which inputs each of its floating-point numbers may depend, and not the numbers. Input: a
/// simplified function. Output: operations in which a set of columns, an int, stands for every number that depends on data, and an array of
/// ints for every array of such numbers. What does not depend on data (<see cref="DataDependence"/>) is computed as it is, so branches on
/// it are taken, and loops over it run, as in the function. If a condition depends on data, both branches run one after the other; a store
/// there adds to the set that the element had. Guards are dropped, and a branch that throws is not taken: whoever finds a pattern runs the
/// function first.
/// </summary>
internal sealed partial class DependencyWalk
{
    private readonly Definitions _definitions;
    private readonly DataDependence _data;
    private readonly Activity _varied;
    private readonly DerivedCallees _callees;
    private readonly CancellationToken _cancellation;
    private readonly SetCode _sets;

    /// <summary>The sets of the numbers.</summary>
    private readonly Dictionary<Value, Operand> _numbers = new();

    /// <summary>The arrays that hold the sets of the numbers in an array.</summary>
    private readonly Dictionary<Value, Operand> _arrays = new();

    /// <summary>Operands for values that do not depend on data.</summary>
    private readonly Substitution _map = new();

    /// <param name="primal">The function.</param>
    /// <param name="data">The parameters that hold numbers.</param>
    /// <param name="columns">Those among them that have columns.</param>
    /// <param name="isUnsure">Whether it depends on data if the function is called.</param>
    /// <param name="sets">The sets.</param>
    /// <param name="callees">The functions that it calls.</param>
    /// <param name="cancellation">Stops it.</param>
    public DependencyWalk(
        Function primal, IReadOnlyCollection<Operand> data, IEnumerable<Operand> columns, bool isUnsure, SetCode sets, DerivedCallees callees,
        CancellationToken cancellation)
    {
        _definitions = new Definitions(primal);
        _data = new DataDependence(primal, _definitions, data, isUnsure, callees.Dependence);
        _varied = Activity.Varying(primal.Body, _definitions, columns);
        _sets = sets;
        _callees = callees;
        _cancellation = cancellation;
    }

    /// <summary>Gives a parameter its set, or its array of sets.</summary>
    public void Bind(Value parameter, Operand sets) => (parameter.Type is ArrayType ? _arrays : _numbers)[parameter] = sets;

    /// <summary>Gives a parameter that does not depend on data another operand.</summary>
    public void Replace(Value parameter, Operand operand) => _map[parameter] = operand;

    public void Visit(Block block, BlockBuilder into, bool isUnsure)
    {
        foreach (var op in block.Ops)
        {
            _cancellation.ThrowIfCancellationRequested();
            into.Line = op.Line;
            Visit(op, into, isUnsure);
        }
    }

    /// <summary>The set of a number, the empty one for a number that depends on no column.</summary>
    public Operand SetOf(Operand number) => number is Value value && _numbers.TryGetValue(value, out var set) ? set : SetCode.Empty;

    /// <summary>The array of the sets, for an array of numbers that depend on data; any other array itself.</summary>
    public Operand SetsOf(Operand array) => array is Value value && _arrays.TryGetValue(value, out var sets) ? sets : _map.Map(array);

    /// <summary>The operand that stands for one that does not depend on data.</summary>
    public Operand Known(Operand operand) => _map.Map(operand);

    private void Visit(Op op, BlockBuilder into, bool isUnsure)
    {
        switch (op)
        {
            case Compute { Code: Opcode.CheckIndex } check when isUnsure && !_data.Has(check.Result):
                // In a branch that the function may not take, an index may lie outside.
                _map[check.Result] = Known(check.Args[0]);
                break;
            case Compute compute:
                VisitFunction(compute, into);
                break;
            case Load load:
                VisitLoad(load, into, isUnsure);
                break;
            case Store store:
                Put(store.Array, store.Index, SetOf(store.Value), store, into, isUnsure);
                break;
            case Accumulate add:
                Put(add.Array, add.Index, SetOf(add.Value), add, into, isUnsure: true);
                break;
            case Fill fill:
                VisitFill(fill, into, isUnsure);
                break;
            case Copy copy:
                VisitCopy(copy, into, isUnsure);
                break;
            case Allocate or View or Flatten or Arrange:
                VisitStorage(op, into);
                break;
            case Measure:
                VisitMeasure(op, into);
                break;
            case Guard:
                break;
            case OpenTape or Push or Pop or PushArray or PopArray:
                VisitTape(op, into, isUnsure);
                break;
            case If branches:
                VisitIf(branches, into, isUnsure);
                break;
            case Loop loop:
                VisitLoop(loop, into, isUnsure);
                break;
            case Call call:
                VisitCall(call, into, isUnsure);
                break;
            case RuleCall call:
                VisitRuleCall(call, into, isUnsure);
                break;
            case Invoke invoke:
                VisitInvoke(invoke, into);
                break;
            case Evaluate { IsDisplay: true }:
                break;
            case Evaluate:
                throw new UnknowablePatternException("it reads objects, whose contents may change from call to call", op.Line);
            default:
                throw new UnknownOperationException("Sparsity", op);
        }
    }

    /// <summary>Whether sets are computed for a number or for the elements of an array.</summary>
    private bool HasSets(Operand operand) =>
        operand is Value && (operand.Type.IsFloat || operand.Type.IsFloatArray) && _data.Has(operand) && _varied.IsVaried(operand);

    private bool HasArray(Operand array) => array.Type.IsFloatArray && _data.Has(array);

    private void VisitFunction(Compute compute, BlockBuilder into)
    {
        if (!_data.Has(compute.Result))
        {
            into.Add(_map.Map(compute));
        }
        else if (HasSets(compute.Result))
        {
            _numbers[compute.Result] = compute.Code == Opcode.Select && !_data.Has(compute.Args[0])
                ? Choice(compute, into)
                : Dependencies(compute).Aggregate(SetCode.Empty, (sum, arg) => _sets.Union(sum, SetOf(arg), into));
        }
    }

    private Operand Choice(Compute select, BlockBuilder into)
    {
        var (a, b) = (SetOf(select.Args[1]), SetOf(select.Args[2]));
        return a.Equals(b) ? a : into.Compute(ScalarType.Int32, Opcode.Select, Known(select.Args[0]), a, b);
    }

    /// <summary>The operands by which the partial of a function is not zero everywhere.</summary>
    private IEnumerable<Operand> Dependencies(Compute compute)
    {
        if (compute.Function.Derivative is not { } rule) yield break;
        var unused = new BlockBuilder(new ValueSource());
        var builder = new RuleBuilder(unused, (ScalarType)compute.Result.Type, i => compute.Args[i], () => compute.Result);
        for (var i = 0; i < compute.Args.Length; i++)
        {
            if (compute.Args[i].Type.IsFloat && rule.Push(builder, i, compute.Args[i]) is not null) yield return compute.Args[i];
        }
    }

    private void VisitIf(If op, BlockBuilder into, bool isUnsure)
    {
        if (op.Then.Throws() || op.Else.Throws() || _data.Has(op.Condition))
        {
            VisitSides(op, into, isUnsure || _data.Has(op.Condition));
            return;
        }

        var kept = Enumerable.Range(0, op.Values.Length).Where(i => !_data.Has(op.Values[i]) || HasSets(op.Values[i])).ToList();
        Block Side(Block block)
        {
            var side = new BlockBuilder(into.Values);
            Visit(block, side, isUnsure);
            return side.Build(kept.Select(i => _data.Has(op.Values[i]) ? SetOf(block.Yields[i]) : Known(block.Yields[i])));
        }

        var (then, @else) = (Side(op.Then), Side(op.Else));
        var values = kept.Select(i => Result(op.Values[i], into)).ToImmutableArray();
        into.Add(new If(Known(op.Condition), then, @else, values));
    }

    /// <summary>The sides that do not throw, one after the other.</summary>
    private void VisitSides(If op, BlockBuilder into, bool isUnsure)
    {
        var sides = new[] { op.Then, op.Else }.Where(side => !side.Throws()).ToList();
        if (sides.Count == 0) return;
        foreach (var side in sides) Visit(side, into, isUnsure);
        for (var i = 0; i < op.Values.Length; i++)
        {
            var value = op.Values[i];
            if (!_data.Has(value)) _map[value] = Known(sides[0].Yields[i]);
            else if (HasSets(value)) _numbers[value] = sides.Aggregate(SetCode.Empty, (sum, side) => _sets.Union(sum, SetOf(side.Yields[i]), into));
        }
    }

    /// <summary>The value itself, or a new one for its set.</summary>
    private Value Result(Value value, BlockBuilder into)
    {
        if (!_data.Has(value)) return value;
        var set = into.Values.Fresh(ScalarType.Int32, NameOf(value));
        _numbers[value] = set;
        return set;
    }

    private void Require(bool holds, string reason, Op op)
    {
        if (!holds) throw new UnknowablePatternException(reason, op.Line);
    }

    private static string NameOf(Operand value) => value is Value { Name: { Length: > 0 } name } ? name + "Set" : "";
}
