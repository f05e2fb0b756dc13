namespace SoftDiff.Generator.Frontend;

/// <summary>A function that does a rule's task, while it is written.</summary>
internal sealed class FunctionWriter
{
    private readonly ImmutableArray<Parameter>.Builder _parameters = ImmutableArray.CreateBuilder<Parameter>();
    private readonly List<Operand> _outs = new();

    public BlockBuilder Block { get; } = new(new ValueSource());

    /// <summary>Adds a parameter.</summary>
    public Value Input(IrType type, string name)
    {
        var value = Block.Values.Fresh(type, name);
        _parameters.Add(new Parameter(value, ParameterMode.Value, type.CarriesDerivative));
        return value;
    }

    /// <summary>Adds the parameters of a method with a rule. The outputs are spans to write, or to read after the call.</summary>
    public Value[] Inputs(CustomRule rule, bool writesOutputs) =>
        rule.Parameters.Select(p => Input(p.IsWritten && !writesOutputs ? ((ArrayType)p.Type).ReadOnly() : p.Type, p.Name)).ToArray();

    /// <summary>Adds a parameter for each that the rule differentiates by: tangents to read.</summary>
    public Dictionary<int, Operand> Tangents(CustomRule rule)
    {
        var tangents = new Dictionary<int, Operand>();
        for (var i = 0; i < rule.Parameters.Length; i++)
        {
            var p = rule.Parameters[i];
            if (p.IsDifferentiable) tangents.Add(i, Input(RuleSignatures.TangentType(p.Type), Prefixed("t", p.Name)));
        }

        return tangents;
    }

    /// <summary>Adds a parameter for each span that the rule differentiates by: a gradient to write.</summary>
    public Dictionary<int, Operand> SpanGradients(CustomRule rule)
    {
        var gradients = new Dictionary<int, Operand>();
        for (var i = 0; i < rule.Parameters.Length; i++)
        {
            var p = rule.Parameters[i];
            if (p.Role == RuleRole.Input) gradients.Add(i, Input(RuleSignatures.Writable(p.Type), Prefixed("d", p.Name)));
        }

        return gradients;
    }

    /// <summary>Adds a result.</summary>
    public void Out(Operand value, string name)
    {
        _parameters.Add(new Parameter(Block.Values.Fresh(value.Type, name), ParameterMode.Out, true));
        _outs.Add(value);
    }

    /// <summary>A new array.</summary>
    public Value Allocate(ScalarType element, Operand length, string name, bool cleared)
    {
        var array = Block.Values.Fresh(new ArrayType(element, ArrayForm.Span), name);
        Block.Add(new Allocate(array, length, cleared));
        return array;
    }

    /// <summary>
    /// A loop over all indices, or over all from the last to the first, that carries numbers. Returns their values after the loop.
    /// </summary>
    /// <param name="count">The number of indices.</param>
    /// <param name="initial">The numbers before the loop.</param>
    /// <param name="next">Writes an iteration: takes the index and the numbers, and returns the next numbers.</param>
    /// <param name="isBackwards">Whether the last index is the first.</param>
    public ImmutableArray<Operand> Fold(
        Operand count, ImmutableArray<Operand> initial, Func<BlockBuilder, Value, ImmutableArray<Operand>, ImmutableArray<Operand>> next, bool isBackwards = false)
    {
        var index = Block.Values.Fresh(ScalarType.Int32, "i");
        var carried = initial.Select(i => new Carried(Block.Values.Fresh(i.Type), i, Block.Values.Fresh(i.Type))).ToImmutableArray();
        var body = new BlockBuilder(Block.Values);
        var yields = next(body, index, carried.Select(c => (Operand)c.Param).ToImmutableArray());
        var zero = Operand.Zero(ScalarType.Int32);
        var start = isBackwards ? Block.Compute(ScalarType.Int32, Opcode.Subtract, count, new IntegerConstant(ScalarType.Int32, 1)) : zero;
        Block.Add(new For(index, start, isBackwards ? zero : count, isBackwards ? -1 : 1, isBackwards, carried, body.Build(yields)));
        return carried.Select(c => (Operand)c.Result).ToImmutableArray();
    }

    public Function Build(string name) => new(name, _parameters.ToImmutable(), null, Block.Build(_outs));

    public static string Prefixed(string prefix, string name) => prefix + char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>for (i = 0; i &lt; count; i++) write(i)</summary>
    public static void Count(Operand count, string index, BlockBuilder into, Action<BlockBuilder, Value> write)
    {
        var counter = into.Values.Fresh(ScalarType.Int32, index);
        var body = new BlockBuilder(into.Values);
        write(body, counter);
        into.Add(new For(counter, Operand.Zero(ScalarType.Int32), count, 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }
}
