namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The bodies of library methods with rules, as functions of the IR. The first derivative calls the rule's methods. They have no source, so
/// a second derivative treats them as derivatives of these bodies.
/// </summary>
internal sealed class RuleBodies
{
    private const string Tensors = "global::System.Numerics.Tensors.TensorPrimitives.", Operators = "global::SoftDiff.Soft.",
        Estimator = "global::SoftDiff.Diff.StraightThrough";

    private readonly CustomRule _rule;
    private readonly ValueSource _values = new();
    private readonly ImmutableArray<Parameter> _parameters;
    private readonly BlockBuilder _body;

    private RuleBodies(CustomRule rule)
    {
        _rule = rule;
        _parameters = rule.Parameters
            .Select(p => new Parameter(_values.Fresh(p.Type, p.Name), ParameterMode.Value, p.IsDifferentiable || p.Role == RuleRole.Destination))
            .ToImmutableArray();
        _body = new BlockBuilder(_values);
    }

    private Value First => _parameters[0].Value;

    private Value Last => _parameters[_parameters.Length - 1].Value;

    private ScalarType Element => ((ArrayType)First.Type).Element;

    /// <summary>The function, or null if the rule is of another method.</summary>
    public static Function? Of(CustomRule rule, string name)
    {
        if (rule.Primal == Estimator) return new RuleBodies(rule).StraightThrough(name);
        var owner = new[] { Tensors, Operators }.FirstOrDefault(prefix => rule.Primal.StartsWith(prefix, StringComparison.Ordinal));
        if (owner is null || rule.Parameters.FirstOrDefault()?.Type is not ArrayType { IsTensor: false }) return null;
        var method = rule.Primal.Substring(owner.Length).Split('<')[0];
        var bodies = new RuleBodies(rule);
        return owner == Tensors ? bodies.TensorMethod(method, name) : bodies.Operator(method, name);
    }

    private Function? TensorMethod(string method, string name) => method switch
    {
        "Add" => Elementwise(name, Opcode.Add),
        "Subtract" => Elementwise(name, Opcode.Subtract),
        "Multiply" => Elementwise(name, Opcode.Multiply),
        "Divide" => Elementwise(name, Opcode.Divide),
        "Negate" => Elementwise(name, Opcode.Negate),
        "Exp" => Elementwise(name, Opcode.Exp),
        "Log" => Elementwise(name, Opcode.Log),
        "Sqrt" => Elementwise(name, Opcode.Sqrt),
        "Tanh" => Elementwise(name, Opcode.Tanh),
        "Sum" => Returning(name, Sum((body, x) => x)),
        "Dot" => Returning(name, Sum((body, x, y) => body.Compute(Element, Opcode.Multiply, x, y))),
        "SumOfSquares" => Returning(name, Sum(Square)),
        "Norm" => Returning(name, Root(Sum(Square))),
        "Distance" => Returning(name, Root(Sum((body, x, y) => Square(body, body.Compute(Element, Opcode.Subtract, x, y))))),
        _ => null,
    };

    private Function? Operator(string method, string name)
    {
        switch (method)
        {
            case "Sigmoid": return Elementwise(name, Opcode.Sigmoid);
            case "Softplus": return Elementwise(name, Opcode.Softplus);
            case "Softmax" or "LogSoftmax" or "LogSumExp" or "SoftmaxCrossEntropy": break;
            default: return null;
        }

        // The largest element is subtracted only to avoid overflow. It does not influence the derivative.
        var max = _body.Compute(Element, Opcode.StopGradient, Fold(
            new NumberConstant(Element, double.NegativeInfinity), (body, most, i) => body.Compute(Element, Opcode.Max, most, body.Load(First, i))));
        Value Shifted(BlockBuilder body, Operand x) => body.Compute(Element, Opcode.Subtract, x, max);
        var sum = Sum((body, x) => body.Compute(Element, Opcode.Exp, Shifted(body, x)));
        if (method == "Softmax")
        {
            return Writing(name, (body, i) => body.Compute(Element, Opcode.Divide, body.Compute(Element, Opcode.Exp, Shifted(body, body.Load(First, i))), sum));
        }

        var log = _body.Compute(Element, Opcode.Log, sum);
        if (method == "LogSoftmax") return Writing(name, (body, i) => body.Compute(Element, Opcode.Subtract, Shifted(body, body.Load(First, i)), log));
        if (method == "LogSumExp") return Returning(name, _body.Compute(Element, Opcode.Add, max, log));
        return Returning(name, _body.Compute(Element, Opcode.Subtract, log, Shifted(_body, _body.Load(First, Last))));
    }

    private Function StraightThrough(string name) => First.Type is ArrayType
        ? Elementwise(name, Opcode.Replace)
        : Returning(name, _body.Compute(_rule.Results[0], Opcode.Replace, First, Last));

    private Function Elementwise(string name, Opcode code) => Writing(name, (body, i) =>
    {
        var operands = _parameters.Take(_parameters.Length - 1).Select(p => p.Value.Type is ArrayType ? body.Load(p.Value, i) : p.Value);
        return body.Compute(Element, code, operands.ToArray<Operand>());
    });

    private Function Writing(string name, Func<BlockBuilder, Value, Operand> element)
    {
        var index = _values.Fresh(ScalarType.Int32, "i");
        var body = new BlockBuilder(_values);
        var value = element(body, index);
        body.Add(new Store(Last, index, value));
        _body.Add(new For(index, new IntegerConstant(ScalarType.Int32, 0), _body.Length(First), 1, false, ImmutableArray<Carried>.Empty, body.Build()));
        return new Function(name, _parameters, null, _body.Build());
    }

    private Function Returning(string name, Operand result) => new(name, _parameters, _rule.Results[0], _body.Build(result));

    private Operand Root(Operand square) => _body.Compute(Element, Opcode.Sqrt, square);

    private Operand Square(BlockBuilder body, Operand x) => body.Compute(Element, Opcode.Multiply, x, x);

    private Operand Sum(Func<BlockBuilder, Operand, Operand> term) =>
        Fold(Operand.Zero(Element), (body, sum, i) => body.Compute(Element, Opcode.Add, sum, term(body, body.Load(First, i))));

    private Operand Sum(Func<BlockBuilder, Operand, Operand, Operand> term) =>
        Fold(Operand.Zero(Element), (body, sum, i) => body.Compute(Element, Opcode.Add, sum, term(body, body.Load(First, i), body.Load(Last, i))));

    private Value Fold(Operand initial, Func<BlockBuilder, Value, Value, Operand> next)
    {
        var (index, held, result) = (_values.Fresh(ScalarType.Int32, "i"), _values.Fresh(Element), _values.Fresh(Element));
        var body = new BlockBuilder(_values);
        var yield = next(body, held, index);
        var carried = ImmutableArray.Create(new Carried(held, initial, result));
        _body.Add(new For(index, new IntegerConstant(ScalarType.Int32, 0), _body.Length(First), 1, false, carried, body.Build(yield)));
        return result;
    }
}
