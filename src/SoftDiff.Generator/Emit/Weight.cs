namespace SoftDiff.Generator.Emit;

/// <summary>Measures how large an expression is to read: its operators, and about how many characters it takes.</summary>
internal readonly record struct Weight(int Operators, int Characters)
{
    /// <summary>The limit for one statement.</summary>
    public bool IsReadable => Operators <= 12 && Characters <= 110;

    public static Weight operator +(Weight a, Weight b) => new(a.Operators + b.Operators, a.Characters + b.Characters);

    public static Weight OfLeaf(Operand operand) => new(0, operand switch
    {
        Value { Name.Length: > 0 } value => value.Name.Length,
        Value => 3,
        _ => Literals.Print(operand).Text.Length,
    });

    /// <summary>The operation with its operands as leaves.</summary>
    public static Weight Of(Op op)
    {
        var weight = op switch
        {
            Compute { Code: Opcode.StopGradient or Opcode.Replace } => default,
            Compute { Code: Opcode.Pure } compute => new Weight(1, compute.Symbol!.Length + 2),
            Compute compute when FunctionNames.IsCalled(compute.Code) => new Weight(1, FunctionNames.Of(ScalarFunctions.Of(compute.Code).Spelling, compute.Result.Type).Length + 2),
            Compute => new Weight(1, 4),
            Length or Lengths or AxisLength or RowStarts => new Weight(0, 7),
            IsNull => new Weight(1, 8),
            Arrange arrange => new Weight(1, TypeNames.Of(arrange.Result.Type).Length + 8),
            Load => new Weight(1, 2),
            LaneCount => new Weight(0, 11),
            LaneLoad => new Weight(1, 14),
            View => new Weight(1, 10),
            If => new Weight(1, 6),
            For or While => new Weight(1, 30),
            Evaluate evaluate => new Weight(1, evaluate.Expression.Length),
            _ => new Weight(1, 16),
        };
        foreach (var operand in op.Reads()) weight += OfLeaf(operand);
        return weight;
    }
}
