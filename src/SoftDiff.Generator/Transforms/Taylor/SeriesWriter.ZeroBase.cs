namespace SoftDiff.Generator.Transforms.Taylor;

// The series of a power in loops, where the base may be zero (ZeroBase).
internal sealed partial class SeriesWriter
{
    private void WritePower()
    {
        var outer = _main;
        var zero = new NumberConstant(_graph.Root.Scalar, 0);
        Operand isZero = outer.Compute(ScalarType.Bool, Opcode.Equal, First(_graph.Root.Args[0]), zero);
        var exponent = First(_graph.Root.Args[1]);
        if (exponent is Value && !_graph.Root.Args[1].Varies)
        {
            var isConstant = outer.Compute(ScalarType.Bool, Opcode.Equal, exponent, zero);
            isZero = outer.Compute(ScalarType.Bool, Opcode.BitOr, isZero, isConstant);
        }

        var x = _arrays[_graph.Root.Args[0]];
        var atZero = new BlockBuilder(_values);
        if (exponent is NumberConstant { Number: var p })
        {
            if (IsWhole(p)) WriteProduct(x, Int((int)p), atZero);
            else WriteBeyond(x, exponent, atZero);
        }
        else
        {
            var (whole, other) = (new BlockBuilder(_values), new BlockBuilder(_values));
            WriteProduct(x, whole.Compute(ScalarType.Int32, Opcode.Convert, exponent), whole);
            WriteBeyond(x, exponent, other);
            atZero.Add(new If(IsWhole(exponent, atZero), whole.Build(), other.Build(), ImmutableArray<Value>.Empty));
        }

        _main = new BlockBuilder(_values);
        WriteLoops();
        outer.Add(new If(isZero, atZero.Build(), _main.Build(), ImmutableArray<Value>.Empty));
        _main = outer;
    }

    private bool IsWhole(double p) => p == Math.Floor(p) && p >= 1 && p <= _order;

    private Operand IsWhole(Operand p, BlockBuilder into)
    {
        Operand Compare(Opcode code, Operand a, Operand b) => into.Compute(ScalarType.Bool, code, a, b);
        var isWhole = Compare(Opcode.Equal, p, into.Compute(p.Type, Opcode.Floor, p));
        var (low, high) = (new NumberConstant((ScalarType)p.Type, 1), new NumberConstant((ScalarType)p.Type, _order));
        var (isAbove, isBelow) = (Compare(Opcode.GreaterEqual, p, low), Compare(Opcode.LessEqual, p, high));
        var isInside = into.Compute(ScalarType.Bool, Opcode.BitAnd, isAbove, isBelow);
        return into.Compute(ScalarType.Bool, Opcode.BitAnd, isWhole, isInside);
    }

    /// <summary>The product of as many factors x as the exponent says.</summary>
    private void WriteProduct(Operand x, Operand exponent, BlockBuilder into)
    {
        var type = _graph.Root.Scalar;
        into.Add(new Copy(FromFirst(x, into), FromFirst(_result, into)));
        var next = _values.Fresh(new ArrayType(type, ArrayForm.Span));
        into.Add(new Allocate(next, Int(_order + 1), Cleared: true));
        var round = new BlockBuilder(_values);
        Loop(1, Int(_order), round, (body, k) =>
        {
            var sum = Fold(new NumberConstant(type, 0), Opcode.Add, k, body, (inner, j, rest) =>
                inner.Compute(type, Opcode.Multiply, inner.Load(_result, j), inner.Load(x, rest)));
            body.Add(new Store(next, k, sum));
        });
        round.Add(new Copy(FromFirst(next, round), FromFirst(_result, round)));
        var factor = _values.Fresh(ScalarType.Int32, "factor");
        into.Add(new For(factor, Int(2), exponent, 1, Inclusive: true, ImmutableArray<Carried>.Empty, round.Build()));
        if (!_graph.Root.Args[1].Varies) return;
        Loop(1, Int(_order), into, (body, k) =>
        {
            var isBeyond = body.Compute(ScalarType.Bool, Opcode.Greater, k, exponent);
            var none = new NumberConstant(type, double.NaN);
            body.Add(new Store(_result, k, body.Compute(type, Opcode.Select, isBeyond, none, body.Load(_result, k))));
        });
    }

    /// <summary>Zero up to the order of the exponent, and what is no number beyond it.</summary>
    private void WriteBeyond(Operand x, Operand exponent, BlockBuilder into)
    {
        var type = _graph.Root.Scalar;
        var (zero, one) = (new NumberConstant(type, 0), new NumberConstant(type, 1));
        var infinity = new NumberConstant(type, double.PositiveInfinity);
        var k = _values.Fresh(ScalarType.Int32, "k");
        var (slopes, power) = (_values.Fresh(type, "slopes"), _values.Fresh(type, "power"));
        var body = new BlockBuilder(_values);
        var before = body.Compute(type, Opcode.Convert, body.Compute(ScalarType.Int32, Opcode.Subtract, k, Int(1)));
        var nextSlopes = body.Compute(type, Opcode.Multiply, slopes, body.Compute(type, Opcode.Subtract, exponent, before));
        var nextPower = body.Compute(type, Opcode.Multiply, power, body.Load(x, Int(1)));
        var beyond = body.Compute(type, Opcode.Multiply, body.Compute(type, Opcode.Multiply, nextSlopes, infinity), nextPower);
        var isBelow = body.Compute(ScalarType.Bool, Opcode.Greater, exponent, body.Compute(type, Opcode.Convert, k));
        var isZero = body.Compute(ScalarType.Bool, Opcode.Equal, exponent, zero);
        var condition = body.Compute(ScalarType.Bool, Opcode.BitOr, isBelow, isZero);
        body.Add(new Store(_result, k, body.Compute(type, Opcode.Select, condition, zero, beyond)));
        var carried = ImmutableArray.Create(
            new Carried(slopes, one, _values.Fresh(type)), new Carried(power, one, _values.Fresh(type)));
        into.Add(new For(k, Int(1), Int(_order), 1, Inclusive: true, carried, body.Build(nextSlopes, nextPower)));
    }

    private void Loop(int from, Operand to, BlockBuilder into, Action<BlockBuilder, Value> write)
    {
        var k = _values.Fresh(ScalarType.Int32, "k");
        var body = new BlockBuilder(_values);
        write(body, k);
        into.Add(new For(k, Int(from), to, 1, Inclusive: true, ImmutableArray<Carried>.Empty, body.Build()));
    }

    private static Operand FromFirst(Operand span, BlockBuilder into) => ShadowIndex.Part(span, Int(1), null, into);
}
