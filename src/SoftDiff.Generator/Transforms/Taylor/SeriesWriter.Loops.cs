namespace SoftDiff.Generator.Transforms.Taylor;

// The coefficients in loops.
internal sealed partial class SeriesWriter
{
    private readonly Dictionary<SeriesNode, Operand> _current = new();
    private SeriesSchedule _schedule = null!;

    private void WriteLoops()
    {
        _schedule = SeriesSchedule.Of(_graph);
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
        var last = Int(batch.IsFull ? _order : _order - 1);
        _main.Add(new For(k, Int(1), last, 1, Inclusive: true, ImmutableArray<Carried>.Empty, body.Build()));
    }

    /// <summary>The array of a node that needs one, with its first coefficient.</summary>
    private void Start(SeriesNode node)
    {
        if (node == _graph.Root || !_schedule.NeedsArray(node)) return;
        var name = node.Code?.ToString() ?? "slope";
        var array = _values.Fresh(new ArrayType(node.Scalar, ArrayForm.Span), char.ToLowerInvariant(name[0]) + name.Substring(1));
        _main.Add(new Allocate(array, Int(_order + 1), Cleared: false));
        _arrays[node] = array;
        Set(node, Int(0), First(node), _main);
    }

    private void Set(SeriesNode node, Operand k, Operand coefficient, BlockBuilder into) =>
        into.Add(new Store(_arrays[node], k, coefficient));

    private Operand At(SeriesNode node, Operand k, BlockBuilder into) =>
        _current.TryGetValue(node, out var current) ? current : into.Load(_arrays[node], k);

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
                return Fold(start, Opcode.Add, k, into, (body, j, rest) =>
                    body.Compute(node.Type, Opcode.Multiply, body.Load(a, j), body.Load(b, rest)));
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
            var scaled = body.Compute(node.Type, Opcode.Multiply, factor, body.Load(x, j));
            return body.Compute(node.Type, Opcode.Multiply, scaled, body.Load(y, rest));
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
}
