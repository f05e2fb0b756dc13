using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// Writes the function that computes the series of a scalar function's value in loops. Parameters: a span of coefficients for each operand that varies, a number
/// for each other operand that is no constant, and the span of the result, whose first coefficient the caller has stored.
/// </summary>
internal sealed partial class SeriesLoops
{
    private readonly SeriesGraph _graph;
    private readonly SeriesSchedule _schedule;
    private readonly int _order;
    private readonly ValueSource _values = new();
    private readonly Dictionary<SeriesNode, Operand> _arrays = new();
    private readonly Dictionary<SeriesNode, Operand> _first = new();
    private readonly Dictionary<SeriesNode, Operand> _current = new();
    private readonly List<Parameter> _parameters = new();
    private readonly Value _result;
    private BlockBuilder _main;

    private SeriesLoops(SeriesGraph graph, int order)
    {
        (_graph, _order, _main) = (graph, order, new BlockBuilder(_values));
        _schedule = SeriesSchedule.Of(graph);
        var leaves = graph.Root.Args.Where(a => a.Varies || a.Operand is Value).Distinct().ToList();
        Leaves = leaves.Select(leaf => leaf.Operand!).ToImmutableArray();
        for (var i = 0; i < leaves.Count; i++)
        {
            var name = leaves.Count == 1 ? "x" : "x" + (i + 1);
            if (leaves[i].Varies) _arrays[leaves[i]] = Parameter(new ArrayType(leaves[i].Scalar, ArrayForm.ReadOnlySpan), name);
            else _first[leaves[i]] = Parameter(leaves[i].Type, name);
        }

        _result = Parameter(new ArrayType(graph.Root.Scalar, ArrayForm.Span), "y");
        _arrays[graph.Root] = _result;
    }

    /// <summary>What to pass for the parameters before the last one: its series for an operand that varies.</summary>
    public ImmutableArray<Operand> Leaves { get; }

    public Function Function { get; private set; } = null!;

    public static SeriesLoops Of(SeriesGraph graph, int order)
    {
        var loops = new SeriesLoops(graph, order);
        if (ZeroBase.Concerns(graph.Root)) loops.WritePower();
        else loops.Write();
        var name = graph.Root.Code + "Series";
        loops.Function = new Function(name, loops._parameters.ToImmutableArray(), null, loops._main.Build()) { PrimalResults = 0 };
        return loops;
    }

    private Value Parameter(IrType type, string name)
    {
        var value = _values.Fresh(type, name);
        _parameters.Add(new Parameter(value, ParameterMode.Value, Wrt: false));
        return value;
    }

    private void Write()
    {
        foreach (var batch in _schedule.Batches) Write(batch);
    }

    private void Write(SeriesBatch batch)
    {
        foreach (var node in batch.Nodes) Start(node);
        foreach (var node in batch.Nodes.Where(n => n.Kind == SeriesKind.Integral)) Set(node, Int(1), First(_graph.Slope(node)), _main);
        _current.Clear();
        var k = _values.Fresh(ScalarType.Int32, "k");
        var body = new BlockBuilder(_values);
        foreach (var node in batch.Nodes)
        {
            if (node.Kind == SeriesKind.Integral)
            {
                var next = body.Compute(ScalarType.Int32, Opcode.Add, k, Int(1));
                Set(node, next, body.Compute(node.Type, Opcode.Divide, At(_graph.Slope(node), k, body), Number(next, node, body)), body);
                continue;
            }

            _current[node] = Next(node, k, body);
            if (_arrays.ContainsKey(node)) Set(node, k, _current[node], body);
        }

        _current.Clear();
        _main.Add(new For(k, Int(1), Int(batch.IsFull ? _order : _order - 1), 1, Inclusive: true, ImmutableArray<Carried>.Empty, body.Build()));
    }

    /// <summary>The array of a node that needs one, with its first coefficient.</summary>
    private void Start(SeriesNode node)
    {
        if (node == _graph.Root || !_schedule.NeedsArray(node)) return;
        var array = _values.Fresh(new ArrayType(node.Scalar, ArrayForm.Span));
        _main.Add(new Allocate(array, Int(_order + 1), Cleared: false));
        _arrays[node] = array;
        Set(node, Int(0), First(node), _main);
    }

    private void Set(SeriesNode node, Operand k, Operand coefficient, BlockBuilder into) => into.Add(new Store(_arrays[node], k, coefficient));

    /// <summary>The coefficient 0 of a node, computed before the loops.</summary>
    private Operand First(SeriesNode node)
    {
        if (_first.TryGetValue(node, out var known)) return known;
        return _first[node] = node.Kind switch
        {
            SeriesKind.Leaf when !node.Varies => node.Operand!,
            SeriesKind.Leaf => _main.Load(_arrays[node], Int(0)),
            SeriesKind.Slope => At(node.Args[0], Int(1), _main),
            _ when node == _graph.Root => _main.Load(_result, Int(0)),
            _ => _main.Compute(node.Type, node.Code!.Value, node.Args.Select(First).ToArray()),
        };
    }

    private Operand At(SeriesNode node, Operand k, BlockBuilder into) => _current.TryGetValue(node, out var current) ? current : into.Load(_arrays[node], k);

    /// <summary>The coefficient k, at least 1, of a node that is no integral.</summary>
    private Operand Next(SeriesNode node, Operand k, BlockBuilder into)
    {
        switch (node.Kind)
        {
            case SeriesKind.Linear:
                return Linear(node, k, into);
            case SeriesKind.Expanded:
                return At(_graph.Expansion(node), k, into);
            case SeriesKind.Slope:
                var next = into.Compute(ScalarType.Int32, Opcode.Add, k, Int(1));
                return into.Compute(node.Type, Opcode.Multiply, into.Load(_arrays[node.Args[0]], next), Number(next, node, into));
            case SeriesKind.Product:
                var (a, b) = (_arrays[node.Args[0]], _arrays[node.Args[1]]);
                var start = into.Compute(node.Type, Opcode.Multiply, First(node.Args[0]), into.Load(b, k));
                return Fold(start, Opcode.Add, k, into, (body, j, rest) => body.Compute(node.Type, Opcode.Multiply, body.Load(a, j), body.Load(b, rest)));
            case SeriesKind.Quotient:
                var (divisor, quotient) = (_arrays[node.Args[1]], _arrays[node]);
                var dividend = node.Args[0].Varies ? At(node.Args[0], k, into) : new NumberConstant(node.Scalar, 0);
                var left = Fold(dividend, Opcode.Subtract, k, into, (body, j, rest) =>
                    body.Compute(node.Type, Opcode.Multiply, body.Load(divisor, j), body.Load(quotient, rest)));
                return into.Compute(node.Type, Opcode.Divide, left, First(node.Args[1]));
            case SeriesKind.Power:
                return Power(node, k, into);
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node.Kind, "has no recurrence");
        }
    }

    private Operand Linear(SeriesNode node, Operand k, BlockBuilder into)
    {
        var terms = new Terms(node.Scalar, into);
        Operand? sum = null;
        for (var i = 0; i < node.Args.Length; i++)
        {
            if (node.Args[i].Varies) sum = terms.Sum(sum, SeriesGraph.Push(node, i, At(node.Args[i], k, into), First, into));
        }

        return sum!;
    }

    /// <summary>Σ ((p + 1)·j - k)·x[j]·y[k - j]/(k·x[0])</summary>
    private Operand Power(SeriesNode node, Operand k, BlockBuilder into)
    {
        var (x, y, number) = (_arrays[node.Args[0]], _arrays[node], Number(k, node, into));
        var increased = _main.Compute(node.Type, Opcode.Add, First(node.Args[1]), new NumberConstant(node.Scalar, 1));
        var sum = Fold(new NumberConstant(node.Scalar, 0), Opcode.Add, k, into, (body, j, rest) =>
        {
            var product = body.Compute(node.Type, Opcode.Multiply, increased, Number(j, node, body));
            var factor = body.Compute(node.Type, Opcode.Subtract, product, number);
            return body.Compute(node.Type, Opcode.Multiply, body.Compute(node.Type, Opcode.Multiply, factor, body.Load(x, j)), body.Load(y, rest));
        });
        return into.Compute(node.Type, Opcode.Divide, sum, into.Compute(node.Type, Opcode.Multiply, number, First(node.Args[0])));
    }

    /// <summary>A number from which, or to which, a term for each j from 1 to k is taken or added; <c>term</c> gets j and k - j.</summary>
    private Value Fold(Operand start, Opcode code, Operand k, BlockBuilder into, Func<BlockBuilder, Operand, Operand, Operand> term)
    {
        var (j, sum, result) = (_values.Fresh(ScalarType.Int32, "j"), _values.Fresh(start.Type, "sum"), _values.Fresh(start.Type, "sum"));
        var body = new BlockBuilder(_values);
        var rest = body.Compute(ScalarType.Int32, Opcode.Subtract, k, j);
        var next = body.Compute(start.Type, code, sum, term(body, j, rest));
        into.Add(new For(j, Int(1), k, 1, Inclusive: true, ImmutableArray.Create(new Carried(sum, start, result)), body.Build(next)));
        return result;
    }

    private static Operand Number(Operand integer, SeriesNode like, BlockBuilder into) => into.Compute(like.Type, Opcode.Convert, integer);

    private static IntegerConstant Int(long number) => new(ScalarType.Int32, number);
}
