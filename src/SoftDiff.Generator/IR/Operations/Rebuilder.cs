namespace SoftDiff.Generator.IR;

/// <summary>
/// Gives <see cref="Op.Rebuild"/> the new operands, results and blocks. It is called in the order in which the operation runs.
/// </summary>
internal abstract class Rebuilder
{
    /// <summary>The operand that replaces an operand.</summary>
    public abstract Operand Map(Operand operand);

    /// <summary>The value that replaces a result from here on.</summary>
    public abstract Value Define(Value value);

    public abstract Block Map(Block block);

    public ImmutableArray<Operand> Map(ImmutableArray<Operand> operands)
    {
        var mapped = ImmutableArray.CreateBuilder<Operand>(operands.Length);
        foreach (var operand in operands) mapped.Add(Map(operand));
        return mapped.MoveToImmutable();
    }

    public Operand? MapOptional(Operand? operand) => operand is null ? null : Map(operand);

    public ImmutableArray<Value> Define(ImmutableArray<Value> values)
    {
        var defined = ImmutableArray.CreateBuilder<Value>(values.Length);
        foreach (var value in values) defined.Add(Define(value));
        return defined.MoveToImmutable();
    }

    public Value? DefineOptional(Value? value) => value is null ? null : Define(value);
}
