namespace SoftDiff.Generator.IR;

/// <summary>
/// Builds the partials of a rule. It requests inputs and the result only when a partial reads them, because the reverse sweep may have to
/// save each requested value. Factors that are literally 1 or 0 vanish here; nothing else is rewritten.
/// </summary>
internal sealed class RuleBuilder
{
    private readonly BlockBuilder _block;
    private readonly Func<int, Operand> _input;
    private readonly Func<Operand> _result;
    private readonly Func<int, ScalarType> _typeOfPush;

    /// <param name="block">Takes the operations that the rule writes.</param>
    /// <param name="type">The floating-point type of the inputs and the result.</param>
    /// <param name="input">Gives an input of the primal.</param>
    /// <param name="result">Gives the primal's result.</param>
    /// <param name="typeOfPush">The type of what Push returns for an input, if it may be another: a conversion has two types.</param>
    public RuleBuilder(
        BlockBuilder block, ScalarType type, Func<int, Operand> input, Func<Operand> result, Func<int, ScalarType>? typeOfPush = null)
    {
        _block = block;
        Type = type;
        _input = input;
        _result = result;
        _typeOfPush = typeOfPush ?? (_ => type);
    }

    /// <summary>The floating-point type of the inputs and the result.</summary>
    public ScalarType Type { get; }

    /// <summary>Input number <paramref name="index"/> of the primal.</summary>
    public Operand X(int index = 0) => _input(index);

    /// <summary>The primal's result.</summary>
    public Operand Y => _result();

    /// <summary>The type of what Push returns for an input: the result's for a tangent, the input's for a cotangent.</summary>
    public ScalarType TypeOfPush(int input) => _typeOfPush(input);

    public Operand Number(double number) =>
        new NumberConstant(Type, Type.Name == "float" ? (float)number : number);

    public Operand Apply(Opcode code, params Operand[] args) => _block.Compute(Type, code, args);

    public Operand Compare(Opcode code, Operand a, Operand b) => _block.Compute(ScalarType.Bool, code, a, b);

    public Operand Select(Operand condition, Operand a, Operand b) => _block.Compute(a.Type, Opcode.Select, condition, a, b);

    /// <summary>A constant of the rule's type, or null if the input is anything else.</summary>
    public double? Literal(int index) => X(index) switch
    {
        NumberConstant number => number.Number,
        IntegerConstant integer => integer.Number,
        _ => null,
    };

    /// <summary>An integer input as a number of the rule's type.</summary>
    public Operand ToNumber(Operand integer) =>
        integer is IntegerConstant constant ? Number(constant.Number) : Apply(Opcode.Convert, integer);

    public Operand ConvertTo(ScalarType type, Operand number) =>
        number.Type == type ? number : _block.Compute(type, Opcode.Convert, number);

    public Operand Add(Operand a, Operand b) => Apply(Opcode.Add, a, b);

    public Operand Subtract(Operand a, Operand b) => Apply(Opcode.Subtract, a, b);

    public Operand Multiply(Operand a, Operand b) =>
        a is NumberConstant one && one.Is(1) ? b : b is NumberConstant unit && unit.Is(1) ? a : Apply(Opcode.Multiply, a, b);

    public Operand Divide(Operand a, Operand b) => Apply(Opcode.Divide, a, b);

    public Operand Negate(Operand a) => a is NumberConstant number ? Number(-number.Number) : Apply(Opcode.Negate, a);
}
