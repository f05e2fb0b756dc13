namespace SoftDiff.Generator.Frontend.Primitives;

/// <summary>The rule of SoftMax: with the result y, the derivative in the direction t is y·(t - ⟨t, y⟩). It is symmetric.</summary>
internal sealed class Softmax : TensorMethodRule
{
    public static Softmax? Of(string method, CustomRule rule) => method == "SoftMax" && rule.Parameters.Length == 2 ? new Softmax() : null;

    public override FunctionWriter Backward(CustomRule rule)
    {
        var writer = new FunctionWriter();
        var given = writer.Inputs(rule, writesOutputs: false);
        var cotangent = writer.Input(given[1].Type, "cotangent");
        Push(writer, writer.Block.Length(given[0]), given[1], cotangent, writer.SpanGradients(rule)[0]);
        return writer;
    }

    public override FunctionWriter Tangent(CustomRule rule)
    {
        var writer = new FunctionWriter();
        var given = writer.Inputs(rule, writesOutputs: true);
        var tangent = writer.Tangents(rule)[0];
        var output = writer.Input(given[1].Type, "tDestination");
        var count = writer.Block.Length(given[0]);
        var result = CallApart(writer, rule, given, count)[1];
        Push(writer, count, result, tangent, output);
        writer.Block.Add(new Copy(result, given[1]));
        return writer;
    }

    private static void Push(FunctionWriter writer, Operand count, Operand result, Operand direction, Operand into)
    {
        var type = ((ArrayType)result.Type).Element;
        var mean = Sum(writer, count, type, (body, i) => body.Compute(type, Opcode.Multiply, body.Load(direction, i), body.Load(result, i)));
        Store(writer, count, into, (body, i) =>
            body.Compute(type, Opcode.Multiply, body.Load(result, i), body.Compute(type, Opcode.Subtract, body.Load(direction, i), mean)));
    }
}
