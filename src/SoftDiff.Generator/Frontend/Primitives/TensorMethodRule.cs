namespace SoftDiff.Generator.Frontend.Primitives;

/// <summary>Writes the functions by which the rule of a method of TensorPrimitives computes derivatives.</summary>
internal abstract class TensorMethodRule
{
    /// <summary>
    /// The pullback: takes what the method takes, with the destinations as they are after the call, and the cotangents of the outputs.
    /// </summary>
    public abstract FunctionWriter Backward(CustomRule rule);

    /// <summary>The pushforward of a method that writes destinations. Those of other methods follow from the pullback.</summary>
    public virtual FunctionWriter Tangent(CustomRule rule) => throw new NotSupportedException();

    /// <summary>Makes the given numbers the elements of a span.</summary>
    protected static void Store(FunctionWriter writer, Operand count, Operand into, Func<BlockBuilder, Value, Operand> element) =>
        FunctionWriter.Count(count, "i", writer.Block, (body, i) => body.Add(new Store(into, i, element(body, i))));

    /// <summary>The sum of numbers, one for each index.</summary>
    protected static Operand Sum(FunctionWriter writer, Operand count, ScalarType type, Func<BlockBuilder, Value, Operand> term) =>
        writer.Fold(count, ImmutableArray.Create<Operand>(Operand.Zero(type)), (body, i, held) =>
            ImmutableArray.Create<Operand>(body.Compute(type, Opcode.Add, held[0], term(body, i))))[0];

    /// <summary>
    /// Calls the method so that it writes to new arrays. Its destinations may be its inputs, which are read after the call.
    /// </summary>
    protected static Dictionary<int, Operand> CallApart(FunctionWriter writer, CustomRule rule, Value[] given, Operand count)
    {
        var results = new Dictionary<int, Operand>();
        var args = given.Select((value, i) =>
        {
            if (!rule.Parameters[i].IsWritten) return value;
            var array = writer.Allocate(((ArrayType)value.Type).Element, count, "values", cleared: false);
            results.Add(i, array);
            return array;
        });
        writer.Block.Add(new RuleCall(ImmutableArray<Value>.Empty, rule, args.ToImmutableArray<Operand>()));
        return results;
    }
}
