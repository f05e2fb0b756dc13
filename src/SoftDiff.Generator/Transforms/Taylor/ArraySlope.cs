namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>The series, up to one order less, of the derivatives of an array's elements.</summary>
internal sealed class ArraySlope
{
    private readonly Operand _array;
    private readonly Operand _shadow;
    private readonly int _order;
    private readonly Operand _tangents;
    private readonly Operand? _series;

    public ArraySlope(Operand array, Operand shadow, int order, BlockBuilder into)
    {
        (_array, _shadow, _order) = (array, shadow, order);
        _tangents = shadow;
        if (order > 1)
        {
            _tangents = New(1, into);
            _series = New(order - 1, into);
            ForEach(into, (body, i, first, shorter) =>
            {
                body.Add(new Store(_tangents, i, body.Load(shadow, first)));
                ForEachOrder(body, (inner, j) =>
                {
                    var coefficient = inner.Load(shadow, Sum(inner, first, Sum(inner, j, Int(1))));
                    var product = inner.Compute(Element, Opcode.Multiply, coefficient, Number(j, inner));
                    inner.Add(new Store(_series, Sum(inner, shorter, j), product));
                });
            });
        }

        Tangent = array.Type is ArrayType { IsTensor: true } ? into.Arrange(_tangents, into.Lengths(array)) : _tangents;
    }

    private ScalarType Element => ((ArrayType)_array.Type).Element;

    /// <summary>The first derivatives, in the shape of the array.</summary>
    public Operand Tangent { get; }

    /// <summary>The coefficients of the derivatives, from the first on.</summary>
    public Operand Series => _series!;

    /// <summary>The array's own series without the last coefficients.</summary>
    public Operand Shortened(BlockBuilder into)
    {
        var result = New(_order - 1, into);
        ForEach(into, (body, _, first, shorter) => ForEachOrder(body, (inner, j) =>
            inner.Add(new Store(result, Sum(inner, shorter, j), inner.Load(_shadow, Sum(inner, first, j))))));
        return result;
    }

    /// <summary>Writes the array's series from those of the derivatives.</summary>
    public void Integrate(BlockBuilder into)
    {
        if (_order == 1) return;
        ForEach(into, (body, i, first, shorter) =>
        {
            body.Add(new Store(_shadow, first, body.Load(_tangents, i)));
            ForEachOrder(body, (inner, j) =>
            {
                var quotient = inner.Compute(Element, Opcode.Divide, inner.Load(_series!, Sum(inner, shorter, j)), Number(j, inner));
                inner.Add(new Store(_shadow, Sum(inner, first, Sum(inner, j, Int(1))), quotient));
            });
        });
    }

    private Value New(int order, BlockBuilder into)
    {
        var result = into.Values.Fresh(new ArrayType(Element, ArrayForm.Span));
        into.Add(new Allocate(result, ShadowIndex.Length(into.Length(_array), order, into), Cleared: true));
        return result;
    }

    private void ForEach(BlockBuilder into, Action<BlockBuilder, Value, Operand, Operand> write) =>
        ArrayCode.ForEach(_array, into, (body, i) =>
            write(body, i, ShadowIndex.First(i, _order, body), ShadowIndex.First(i, _order - 1, body)));

    private void ForEachOrder(BlockBuilder into, Action<BlockBuilder, Value> write)
    {
        var j = into.Values.Fresh(ScalarType.Int32, "j");
        var body = new BlockBuilder(into.Values);
        write(body, j);
        into.Add(new For(j, Int(0), Int(_order - 1), 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }

    /// <summary>Between the coefficients j + 1 of a derivative and j + 2 of its integral there is the factor j + 2.</summary>
    private Operand Number(Value j, BlockBuilder into) => into.Compute(Element, Opcode.Convert, Sum(into, j, Int(2)));

    private static Operand Sum(BlockBuilder into, Operand a, Operand b) => into.Compute(ScalarType.Int32, Opcode.Add, a, b);

    private static IntegerConstant Int(int number) => new(ScalarType.Int32, number);
}
