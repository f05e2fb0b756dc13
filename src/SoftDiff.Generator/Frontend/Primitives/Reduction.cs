namespace SoftDiff.Generator.Frontend.Primitives;

/// <summary>The rule of a method that makes one number of one or two spans.</summary>
internal sealed class Reduction : TensorMethodRule
{
    private readonly Action<Reduction> _write;
    private readonly FunctionWriter _writer = new();
    private CustomRule _rule = null!;
    private Value[] _given = null!;
    private Operand _cotangent = null!;
    private Dictionary<int, Operand> _gradients = null!;
    private Operand _count = null!;

    private Reduction(Action<Reduction> write) => _write = write;

    private ScalarType Type => (ScalarType)_cotangent.Type;

    /// <summary>The rule of the method with that name; null if it has none.</summary>
    public static Reduction? Of(string method, CustomRule rule)
    {
        Action<Reduction>? write = (method, rule.Parameters.Length) switch
        {
            ("Average", 1) => r => r.OfAverage(),
            ("StdDev", 1) => r => r.OfDeviation(),
            ("SumOfMagnitudes", 1) => r => r.OfMagnitudes(),
            ("Product", 1) => r => r.OfProduct((b, i) => b.Load(r._given[0], i), 1),
            ("ProductOfSums", 2) => r => r.OfProduct((b, i) => b.Compute(r.Type, Opcode.Add, b.Load(r._given[0], i), b.Load(r._given[1], i)), 1, 1),
            ("ProductOfDifferences", 2) => r =>
                r.OfProduct((b, i) => b.Compute(r.Type, Opcode.Subtract, b.Load(r._given[0], i), b.Load(r._given[1], i)), 1, -1),
            ("CosineSimilarity", 2) => r => r.OfCosine(),
            ("Max" or "Min" or "MaxNumber" or "MinNumber" or "MaxMagnitude" or "MinMagnitude" or "MaxMagnitudeNumber" or "MinMagnitudeNumber", 1) =>
                r => r.OfExtremum(),
            _ => null,
        };
        return write is null ? null : new Reduction(write);
    }

    public override FunctionWriter Backward(CustomRule rule)
    {
        _rule = rule;
        _given = _writer.Inputs(rule, writesOutputs: false);
        _cotangent = _writer.Input(rule.Results[0], "cotangent");
        _gradients = _writer.SpanGradients(rule);
        _count = _writer.Block.Length(_given[0]);
        _write(this);
        return _writer;
    }

    private RuleBuilder At(BlockBuilder body, Func<int, Operand>? input = null) =>
        new(body, Type, input ?? (_ => throw new InvalidOperationException()), () => throw new InvalidOperationException());

    private Operand Result()
    {
        var result = _writer.Block.Values.Fresh(Type);
        _writer.Block.Add(new RuleCall(ImmutableArray.Create(result), _rule, _given.ToImmutableArray<Operand>()));
        return result;
    }

    private Operand Total(Func<RuleBuilder, Func<int, Operand>, Operand> term) =>
        Sum(_writer, _count, Type, (body, i) => term(At(body), p => body.Load(_given[p], i)));

    private void Gradient(int input, Func<RuleBuilder, Func<int, Operand>, Operand> element) =>
        Store(_writer, _count, _gradients[input], (body, i) => element(At(body), p => body.Load(_given[p], i)));

    private void OfAverage()
    {
        var share = At(_writer.Block).Divide(_cotangent, At(_writer.Block).ToNumber(_count));
        Gradient(0, (_, _) => share);
    }

    /// <summary>(x - mean)/(n·y). Where y is 0, so is x - mean, and the gradient is 0.</summary>
    private void OfDeviation()
    {
        var (b, result) = (At(_writer.Block), Result());
        var count = b.ToNumber(_count);
        var mean = b.Divide(Total((_, x) => x(0)), count);
        var divisor = b.Select(b.Compare(Opcode.Equal, result, b.Number(0)), b.Number(1), result);
        var factor = b.Divide(_cotangent, b.Multiply(count, divisor));
        Gradient(0, (r, x) => r.Multiply(r.Subtract(x(0), mean), factor));
    }

    private void OfMagnitudes()
    {
        var abs = ScalarFunctions.Of(Opcode.Abs).Derivative!;
        Store(_writer, _count, _gradients[0], (body, i) => abs.Push(At(body, _ => body.Load(_given[0], i)), 0, _cotangent)!);
    }

    /// <summary>
    /// The product of the factors before each element and of those after it. So zeros among the factors do no harm.
    /// </summary>
    private void OfProduct(Func<BlockBuilder, Value, Operand> factor, params int[] signs)
    {
        Operand Times(BlockBuilder body, Operand a, Operand b) => body.Compute(Type, Opcode.Multiply, a, b);
        var before = _writer.Allocate(Type, _count, "before", cleared: false);
        _writer.Fold(_count, ImmutableArray.Create(_cotangent), (body, i, held) =>
        {
            body.Add(new Store(before, i, held[0]));
            return ImmutableArray.Create<Operand>(Times(body, held[0], factor(body, i)));
        });
        _writer.Fold(_count, ImmutableArray.Create<Operand>(new NumberConstant(Type, 1)), (body, i, held) =>
        {
            var others = Times(body, body.Load(before, i), held[0]);
            for (var p = 0; p < signs.Length; p++) body.Add(new Store(_gradients[p], i, signs[p] > 0 ? others : body.Compute(Type, Opcode.Negate, others)));
            return ImmutableArray.Create<Operand>(Times(body, held[0], factor(body, i)));
        }, isBackwards: true);
    }

    /// <summary>With y = ⟨a, b⟩/(|a|·|b|): b/(|a|·|b|) - y·a/|a|², and the same for b.</summary>
    private void OfCosine()
    {
        var b = At(_writer.Block);
        Operand Inner(int p, int q) => Total((r, x) => r.Multiply(x(p), x(q)));
        var squares = new[] { Inner(0, 0), Inner(1, 1) };
        var scale = b.Divide(_cotangent, b.Multiply(b.Apply(Opcode.Sqrt, squares[0]), b.Apply(Opcode.Sqrt, squares[1])));
        var similarity = b.Multiply(scale, Inner(0, 1));
        for (var p = 0; p < 2; p++)
        {
            var (own, other) = (p, 1 - p);
            var part = b.Divide(similarity, squares[own]);
            Gradient(own, (r, x) => r.Subtract(r.Multiply(scale, x(other)), r.Multiply(part, x(own))));
        }
    }

    /// <summary>The elements that equal the result have equal shares. All are NaN where the result is.</summary>
    private void OfExtremum()
    {
        var (b, result) = (At(_writer.Block), Result());
        var equal = Total((r, x) => r.Select(r.Compare(Opcode.Equal, x(0), result), r.Number(1), r.Number(0)));
        var share = b.Divide(_cotangent, equal);
        var rest = b.Select(b.Compare(Opcode.Equal, result, result), b.Number(0), b.Number(double.NaN));
        Gradient(0, (r, x) => r.Select(r.Compare(Opcode.Equal, x(0), result), share, rest));
    }
}
