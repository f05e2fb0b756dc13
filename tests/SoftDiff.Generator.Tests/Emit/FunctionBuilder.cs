using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>Short ways to write functions of the IR by hand.</summary>
internal sealed class FunctionBuilder
{
    private readonly ImmutableArray<Parameter>.Builder _parameters = ImmutableArray.CreateBuilder<Parameter>();
    private readonly string _name;

    public FunctionBuilder(string name) => _name = name;

    public static readonly ArrayType ReadOnly = new(ScalarType.Double, ArrayForm.ReadOnlySpan);
    public static readonly ArrayType Span = new(ScalarType.Double, ArrayForm.Span);
    public static readonly ArrayType Array = new(ScalarType.Double, ArrayForm.Array);

    public ValueSource Values { get; } = new();

    public BlockBuilder Block() => new(Values);

    public Value Parameter(string name, IrType? type = null, ParameterMode mode = ParameterMode.Value)
    {
        var value = Values.Fresh(type ?? ScalarType.Double, name) with { IsUserNamed = true };
        _parameters.Add(new Parameter(value, mode, false));
        return value;
    }

    public Value Value(string name, IrType? type = null) => Values.Fresh(type ?? ScalarType.Double, name);

    public Value User(string name, IrType? type = null) => Value(name, type) with { IsUserNamed = true };

    public Function Returns(IrType? type, Block body) => new(_name, _parameters.ToImmutable(), type, body);

    public Function Returns(Block body) => Returns(ScalarType.Double, body);

    public static NumberConstant N(double number) => new(ScalarType.Double, number);

    public static IntegerConstant I(long number) => new(ScalarType.Int32, number);

    public static ImmutableArray<Carried> Carry(params (Value Param, Operand Init, Value Result)[] carried) =>
        carried.Select(c => new Carried(c.Param, c.Init, c.Result)).ToImmutableArray();
}

/// <summary>Computations without the noise.</summary>
internal static class BlockBuilderExtensions
{
    public static Value Double(this BlockBuilder block, Opcode code, params Operand[] args) => block.Compute(ScalarType.Double, code, args);

    public static Value Int(this BlockBuilder block, Opcode code, params Operand[] args) => block.Compute(ScalarType.Int32, code, args);

    public static Value Bool(this BlockBuilder block, Opcode code, params Operand[] args) => block.Compute(ScalarType.Bool, code, args);

    public static Value Named(this BlockBuilder block, Value result, Opcode code, params Operand[] args)
    {
        block.Add(new Compute(result, code, ImmutableArray.Create(args)));
        return result;
    }
}
