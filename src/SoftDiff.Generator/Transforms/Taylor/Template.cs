namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>What a row of the table writes for an operation, on placeholders for the operands, the result and the tangent.</summary>
internal sealed class Template
{
    private Template(Value result, Value tangent, Dictionary<Value, int> inputs, ImmutableArray<Compute> ops, Operand written)
    {
        Result = result;
        Tangent = tangent;
        Inputs = inputs;
        Ops = ops;
        Written = written;
    }

    /// <summary>Stands for the value of the operation.</summary>
    public Value Result { get; }

    /// <summary>Stands for what is pushed.</summary>
    public Value Tangent { get; }

    /// <summary>The placeholders of the operands. Constants stand for themselves, because rows treat some of them specially.</summary>
    public IReadOnlyDictionary<Value, int> Inputs { get; }

    public ImmutableArray<Compute> Ops { get; }

    public Operand Written { get; }

    /// <summary>What Push writes for one operand; null where the partial is identically zero.</summary>
    public static Template? OfPush(Opcode code, IrType type, ImmutableArray<SeriesNode> args, int i) =>
        ScalarFunctions.Of(code).Derivative is not { } rule || !type.IsFloat || !args[i].Type.IsFloat ? null
        : Of(type, args, args[i].Type, (builder, tangent) => rule.Push(builder, i, tangent));

    /// <summary>The expansion of the operation; null if there is none.</summary>
    public static Template? OfExpansion(Opcode code, IrType type, ImmutableArray<SeriesNode> args) =>
        ScalarFunctions.Of(code).Series.Expansion is not { } expansion ? null : Of(type, args, type, (builder, _) => expansion(builder));

    /// <summary>Whether what is written for the tangent reads nothing that varies, but for comparisons and steps.</summary>
    public bool IsConstant(ImmutableArray<SeriesNode> args)
    {
        var varying = new HashSet<Operand>(Inputs.Where(input => args[input.Value].Varies).Select(input => (Operand)input.Key)) { Result };
        bool ReadsVarying(Compute op) => Enumerable.Range(0, op.Args.Length).Any(i => varying.Contains(op.Args[i]) && Follows(op, i));
        return !varying.Contains(Written) && !Ops.Any(ReadsVarying);
    }

    private static bool Follows(Compute op, int i)
    {
        if (!op.Result.Type.IsFloat || !op.Args[i].Type.IsFloat || op.Function.Derivative is not { } rule) return false;
        var builder = new RuleBuilder(new BlockBuilder(new ValueSource()), (ScalarType)op.Result.Type, k => op.Args[k], () => op.Result);
        return rule.Push(builder, i, new NumberConstant((ScalarType)op.Args[i].Type, 1)) is not null;
    }

    private static Template? Of(IrType type, ImmutableArray<SeriesNode> args, IrType tangentType, Func<RuleBuilder, Value, Operand?> write)
    {
        var values = new ValueSource();
        var inputs = new Dictionary<Value, int>();
        var operands = new List<Operand>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is { Operand: { } constant and not Value })
            {
                operands.Add(constant);
                continue;
            }

            var placeholder = values.Fresh(args[i].Type);
            inputs[placeholder] = i;
            operands.Add(placeholder);
        }

        var (result, tangent, block) = (values.Fresh(type), values.Fresh(tangentType), new BlockBuilder(values));
        var written = write(new RuleBuilder(block, (ScalarType)type, i => operands[i], () => result), tangent);
        return written is null ? null : new Template(result, tangent, inputs, block.Ops.Cast<Compute>().ToImmutableArray(), written);
    }
}
