using System.Globalization;

namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// Writes the function that computes the series of a scalar function's value: a formula for each coefficient, or for larger orders loops. Parameters: a
/// span of coefficients for each operand that varies, a number for each other operand that is no constant, and the span of the result, whose first
/// coefficient the caller has stored.
/// </summary>
internal sealed partial class SeriesWriter
{
    private readonly SeriesGraph _graph;
    private readonly int _order;
    private readonly ValueSource _values = new();
    private readonly Dictionary<SeriesNode, Operand> _arrays = new();
    private readonly Dictionary<SeriesNode, Operand> _first = new();
    private readonly List<Parameter> _parameters = new();
    private readonly Value _result;
    private BlockBuilder _main;

    private SeriesWriter(SeriesGraph graph, int order)
    {
        (_graph, _order, _main) = (graph, order, new BlockBuilder(_values));
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

    public static SeriesWriter Of(SeriesGraph graph, int order, bool inLoops)
    {
        var writer = new SeriesWriter(graph, order);
        if (!inLoops) writer.WriteOut();
        else if (ZeroBase.Concerns(graph.Root)) writer.WritePower();
        else writer.WriteLoops();
        var name = graph.Root.Code + "Series" + order.ToString(CultureInfo.InvariantCulture);
        writer.Function = new Function(name, writer._parameters.ToImmutableArray(), null, writer._main.Build()) { PrimalResults = 0 };
        return writer;
    }

    private Value Parameter(IrType type, string name)
    {
        var value = _values.Fresh(type, name);
        _parameters.Add(new Parameter(value, ParameterMode.Value, Wrt: false));
        return value;
    }

    /// <summary>A formula for each coefficient.</summary>
    private void WriteOut()
    {
        var given = new Dictionary<(SeriesNode Leaf, int Order), Operand>();
        Operand Given(SeriesNode leaf, int k)
        {
            if (k == 0) return First(leaf);
            return given.TryGetValue((leaf, k), out var known) ? known : given[(leaf, k)] = _main.Load(_arrays[leaf], Int(k));
        }

        var (root, multiples) = (_graph.Root, new Dictionary<(Operand Coefficient, int Order), Operand>());
        var parts = new Coefficients(_graph, First(root), Given, multiples, _main).OfRoot(_order);
        if (ZeroBase.Concerns(root))
        {
            parts = ZeroBase.Select(root, parts, k => Given(root.Args[0], k), root.Args.Select(First).ToImmutableArray(), _main);
        }

        for (var k = 1; k <= _order; k++) _main.Add(new Store(_result, Int(k), parts[k - 1] ?? new NumberConstant(root.Scalar, 0)));
    }

    /// <summary>The coefficient 0 of a node, computed before the others.</summary>
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

    private static IntegerConstant Int(long number) => new(ScalarType.Int32, number);
}
