namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>A row or a column of a matrix of derivatives for each number of a parameter, or of the result (null).</summary>
/// <param name="Of">The parameter.</param>
/// <param name="First">Where its rows or columns start.</param>
/// <param name="Count">How many numbers it has.</param>
internal sealed record MatrixPart(Parameter? Of, Operand First, Operand Count)
{
    public bool IsArray => Of?.Value.Type is ArrayType;
}

/// <summary>Code that fills a row-major matrix.</summary>
internal static class MatrixCode
{
    private static readonly IntegerConstant Zero = new(ScalarType.Int32, 0), One = new(ScalarType.Int32, 1);

    /// <summary>The parts that a list of parameters makes up, and their numbers together.</summary>
    public static (ImmutableArray<MatrixPart> Parts, Operand Count) Parts(IEnumerable<Parameter?> parameters, DeclaredCode code)
    {
        var parts = ImmutableArray.CreateBuilder<MatrixPart>();
        Operand next = Zero;
        foreach (var parameter in parameters)
        {
            Operand count = parameter?.Value.Type is ArrayType ? code.Block.Length(code.Block.Elements(code.Point(parameter.Value))) : One;
            parts.Add(new MatrixPart(parameter, next, count));
            next = Add(next, count, code.Block);
        }

        return (parts.ToImmutable(), next);
    }

    public static Operand Add(Operand a, Operand b, BlockBuilder into)
    {
        if (a is IntegerConstant { Number: 0 }) return b;
        if (b is IntegerConstant { Number: 0 }) return a;
        return a is IntegerConstant x && b is IntegerConstant y
            ? new IntegerConstant(ScalarType.Int32, x.Number + y.Number)
            : into.Compute(ScalarType.Int32, Opcode.Add, a, b);
    }

    public static Operand Multiply(Operand a, Operand b, BlockBuilder into)
    {
        if (a is IntegerConstant { Number: 0 } || b is IntegerConstant { Number: 1 }) return a;
        return a is IntegerConstant x && b is IntegerConstant y
            ? new IntegerConstant(ScalarType.Int32, x.Number * y.Number)
            : into.Compute(ScalarType.Int32, Opcode.Multiply, a, b);
    }

    /// <summary>for (i = 0; i &lt; count; i++) body(i), where each iteration is a derivative in another direction.</summary>
    public static void Directions(Operand count, string index, BlockBuilder into, Action<BlockBuilder, Value> write) =>
        into.Add(Loop(Zero, count, index, into, write) with { IsOverDirections = true });

    /// <summary>for (i = 0; i &lt; count; i++) body(i)</summary>
    public static void Count(Operand count, string index, BlockBuilder into, Action<BlockBuilder, Value> write) => Count(Zero, count, index, into, write);

    /// <summary>for (i = start; i &lt; end; i++) body(i)</summary>
    public static void Count(Operand start, Operand end, string index, BlockBuilder into, Action<BlockBuilder, Value> write) =>
        into.Add(Loop(start, end, index, into, write));

    private static For Loop(Operand start, Operand end, string index, BlockBuilder into, Action<BlockBuilder, Value> write)
    {
        var counter = into.Values.Fresh(ScalarType.Int32, index);
        var body = new BlockBuilder(into.Values);
        write(body, counter);
        return new For(counter, start, end, 1, false, ImmutableArray<Carried>.Empty, body.Build());
    }

    /// <summary>The number as an element of the matrix.</summary>
    public static Operand Fitted(Operand number, Operand matrix, BlockBuilder into)
    {
        var element = ((ArrayType)matrix.Type).Element;
        return number is NumberConstant constant ? new NumberConstant(element, constant.Number)
            : number.Type.Equals(element) ? number : into.Compute(element, Opcode.Convert, number);
    }

    /// <summary>Writes one column: the elements of an array, or a number.</summary>
    public static void StoreColumn(Operand matrix, Operand width, MatrixPart rows, Operand column, Operand values, BlockBuilder into)
    {
        if (!rows.IsArray)
        {
            into.Add(new Store(matrix, Add(Multiply(rows.First, width, into), column, into), Fitted(values, matrix, into)));
            return;
        }

        var elements = into.Elements(values);
        var start = Add(Multiply(rows.First, width, into), column, into);
        Count(rows.Count, "i", into, (body, i) =>
        {
            var at = Add(Multiply(i, width, body), start, body);
            body.Add(new Store(matrix, at, Fitted(body.Load(elements, i), matrix, body)));
        });
    }
}
