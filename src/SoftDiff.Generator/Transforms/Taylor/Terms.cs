namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>Arithmetic on terms of sums. Null is a term that is identically zero; factors of 1 vanish.</summary>
internal readonly struct Terms
{
    private readonly ScalarType _type;
    private readonly BlockBuilder _into;

    public Terms(ScalarType type, BlockBuilder into) => (_type, _into) = (type, into);

    public Operand Number(double number) => new NumberConstant(_type, _type.Name == "float" ? (float)number : number);

    public Operand? Sum(Operand? a, Operand? b) => a is null ? b : b is null ? a : Compute(Opcode.Add, a, b);

    public Operand? Difference(Operand? a, Operand? b) =>
        b is null ? a : a is null ? Compute(Opcode.Negate, b) : Compute(Opcode.Subtract, a, b);

    public Operand? Product(Operand? a, Operand? b)
    {
        if (a is null || b is null) return null;
        if (IsOne(a)) return b;
        return IsOne(b) ? a : Compute(Opcode.Multiply, a, b);
    }

    /// <summary>The term times <paramref name="factor"/>, and divided by <paramref name="divisor"/>.</summary>
    public Operand? Scaled(Operand? term, double factor, int divisor = 1)
    {
        var product = Product(term, Number(factor));
        return product is null || divisor == 1 ? product : Compute(Opcode.Divide, product, Number(divisor));
    }

    private static bool IsOne(Operand operand) => operand is NumberConstant number && number.Is(1);

    private Operand Compute(Opcode code, params Operand[] args) => _into.Compute(_type, code, args);
}
