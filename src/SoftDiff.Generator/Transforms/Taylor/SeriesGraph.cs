namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// The power series of one scalar operation: nodes for the operation, for its operands, and for what the derivative in its row reads. The
/// derivative of a node is written when somebody asks for it. It may read the node itself (exp) or nodes that read the node (sin and cos);
/// then the coefficients are computed in turn, because those of an integral come from the coefficients before. (Griewank and Walther 2008,
/// section 13.2; McIlroy, Power series, power serious, 1999.)
/// </summary>
internal sealed class SeriesGraph
{
    /// <summary>Far more than any function needs whose derivatives lead back to functions that are there.</summary>
    private const int MostNodes = 1000;

    private readonly Dictionary<(Opcode Code, string Operands), SeriesNode> _applied = new();
    private readonly Dictionary<Operand, SeriesNode> _leaves = new();
    private readonly Dictionary<SeriesNode, SeriesNode> _slopes = new();
    private readonly Dictionary<SeriesNode, SeriesNode> _expansions = new();
    private readonly Dictionary<SeriesNode, int> _numbers = new();

    private SeriesGraph()
    {
    }

    /// <summary>The node of the operation that the graph was made for.</summary>
    public SeriesNode Root { get; private set; } = null!;

    /// <summary>The graph of an operation; <paramref name="varies"/> says which of its operands are given as series.</summary>
    public static SeriesGraph Of(Compute compute, Func<Operand, bool> varies)
    {
        var graph = new SeriesGraph();
        foreach (var arg in compute.Args) graph.Leaf(arg, varies(arg));
        graph.Root = graph.Apply(compute.Code, compute.Result.Type, compute.Args.Select(a => graph._leaves[a]).ToImmutableArray());
        return graph;
    }

    /// <summary>The series of the derivative of a node that varies. That of an integral is what is integrated.</summary>
    public SeriesNode Slope(SeriesNode node)
    {
        if (_slopes.TryGetValue(node, out var known)) return known;
        if (node.Kind == SeriesKind.Integral) return _slopes[node] = DerivativeOf(node);
        return _slopes[node] = Add(new SeriesNode(SeriesKind.Slope, node.Type, null, ImmutableArray.Create(node), null, varies: true));
    }

    /// <summary>The node whose coefficients an <see cref="SeriesKind.Expanded"/> node has.</summary>
    public SeriesNode Expansion(SeriesNode node) => _expansions[node];

    /// <summary>
    /// What Push makes of a tangent, for one operand of a node, in a block: the same terms for every coefficient of a linear node.
    /// </summary>
    public static Operand? Push(SeriesNode node, int i, Operand tangent, Func<SeriesNode, Operand> value, BlockBuilder into)
    {
        var builder = new RuleBuilder(into, node.Scalar, k => value(node.Args[k]), () => value(node));
        return ScalarFunctions.Of(node.Code!.Value).Derivative!.Push(builder, i, tangent);
    }

    private SeriesNode Leaf(Operand operand, bool varies)
    {
        if (_leaves.TryGetValue(operand, out var known)) return known;
        var leaf = new SeriesNode(SeriesKind.Leaf, operand.Type, null, ImmutableArray<SeriesNode>.Empty, operand, varies);
        return _leaves[operand] = Add(leaf);
    }

    private SeriesNode Add(SeriesNode node)
    {
        _numbers[node] = _numbers.Count;
        if (_numbers.Count > MostNodes)
        {
            throw new InvalidOperationException($"Each derivative of {Root?.Code ?? node.Code} needs a further function; give its row a recurrence.");
        }

        return node;
    }

    private SeriesNode Apply(Opcode code, IrType type, ImmutableArray<SeriesNode> args)
    {
        // Derivatives of functions of -x ask for -(-x), and for the functions of it that are there already.
        if (code == Opcode.Negate && args[0].Code == Opcode.Negate) return args[0].Args[0];
        var key = (code, string.Join(" ", args.Select(a => _numbers[a])) + " " + type);
        if (_applied.TryGetValue(key, out var known)) return known;
        bool Follows(int i) => args[i].Varies && Template.OfPush(code, type, args, i) is not null;
        var varying = Enumerable.Range(0, args.Length).Where(Follows).ToImmutableArray();
        Template? expansion = null;
        var kind = varying.IsEmpty ? SeriesKind.Fixed
            : varying.All(i => Template.OfPush(code, type, args, i)!.IsConstant(args)) ? SeriesKind.Linear
            : (expansion = Template.OfExpansion(code, type, args)) is not null ? SeriesKind.Expanded
            : Recurrence(code, args);
        var node = Add(new SeriesNode(kind, type, code, args, null, varies: !varying.IsEmpty));
        _applied[key] = node;
        if (expansion is not null) _expansions[node] = Write(expansion, args, node, null);
        return node;
    }

    // The base of a power that does not vary has no recurrence, and a varying exponent makes it the exponential that it is.
    private static SeriesKind Recurrence(Opcode code, ImmutableArray<SeriesNode> args) => ScalarFunctions.Of(code).Series.Recurrence switch
    {
        SeriesRecurrence.Product => SeriesKind.Product,
        SeriesRecurrence.Quotient => SeriesKind.Quotient,
        SeriesRecurrence.Power when !args[1].Varies => SeriesKind.Power,
        _ => SeriesKind.Integral,
    };

    private SeriesNode DerivativeOf(SeriesNode node)
    {
        if (node.Code == Opcode.Pow && node.Args.All(a => a.Varies)) return DerivativeOfPower(node);
        SeriesNode? sum = null;
        for (var i = 0; i < node.Args.Length; i++)
        {
            if (!node.Args[i].Varies || Template.OfPush(node.Code!.Value, node.Type, node.Args, i) is not { } push) continue;
            var term = Write(push, node.Args, node, Slope(node.Args[i]));
            sum = sum is null ? term : Apply(Opcode.Add, node.Type, ImmutableArray.Create(sum, term));
        }

        return sum!;
    }

    /// <summary>
    /// Of y = xᵖ the derivative is y times that of p·log x: unlike the partials, which need another power, it reads nothing that is not
    /// there. With 1 for a zero x it stays finite there; <see cref="ZeroBase"/> has the coefficients for that.
    /// </summary>
    private SeriesNode DerivativeOfPower(SeriesNode node)
    {
        var (x, p) = (node.Args[0], node.Args[1]);
        SeriesNode Of(Opcode code, IrType type, params SeriesNode[] args) => Apply(code, type, ImmutableArray.Create(args));
        SeriesNode Number(double number) => Leaf(new NumberConstant(node.Scalar, number), varies: false);
        var isZero = Of(Opcode.Equal, ScalarType.Bool, x, Number(0));
        var log = Of(Opcode.Log, node.Type, Of(Opcode.Select, node.Type, isZero, Number(1), x));
        return Of(Opcode.Multiply, node.Type, node, Slope(Of(Opcode.Multiply, node.Type, p, log)));
    }

    /// <summary>The nodes of what a row wrote.</summary>
    private SeriesNode Write(Template template, ImmutableArray<SeriesNode> args, SeriesNode result, SeriesNode? tangent)
    {
        var nodes = new Dictionary<Operand, SeriesNode>();
        foreach (var input in template.Inputs) nodes[input.Key] = args[input.Value];
        nodes[template.Result] = result;
        if (tangent is not null) nodes[template.Tangent] = tangent;
        foreach (var compute in template.Ops)
        {
            nodes[compute.Result] = Apply(compute.Code, compute.Result.Type, compute.Args.Select(Node).ToImmutableArray());
        }

        return Node(template.Written);

        SeriesNode Node(Operand operand) => nodes.TryGetValue(operand, out var node) ? node : Leaf(operand, varies: false);
    }
}
