namespace SoftDiff.Generator.Emit;

/// <summary>Decides which operations must keep their order when values are written where they are read.</summary>
internal static class EvaluationOrder
{
    /// <summary>Whether the operation gives a value and has no effect, though it may throw.</summary>
    public static bool IsValue(Op op) => op is Compute or Measure or Load or LaneLoad or View or Arrange;

    /// <summary>Whether its value, or an exception of it, depends on when it runs.</summary>
    public static bool IsOrdered(Op op) => op switch
    {
        Load or LaneLoad or View or Arrange => true,
        Compute { Code: Opcode.CheckIndex or Opcode.RowCount } => true,
        Compute { Checked: true } => true,
        Compute { Code: Opcode.Divide or Opcode.Remainder } compute => !compute.Result.Type.IsFloat && !IsNonZero(compute.Args[1]),
        _ => false,
    };

    /// <summary>
    /// Whether the operation has an effect and gives one value. It moves to its use only past operations that have no effect and depend on
    /// none. (Calls within the file are left out: most of them have results by reference.)
    /// </summary>
    public static bool IsAction(Op op) => op is Pop or Row or RuleCall { Values.Length: 1, Rule.Outs.Length: 0 }
        or Invoke { Returns.Length: 1, Outs.Length: 0 } or Evaluate { Value: not null, Outs.Length: 0 };

    /// <summary>Whether no ordered operation may move past it.</summary>
    public static bool IsBarrier(Op op) => op switch
    {
        Flatten or Push or Pop or PushArray or Allocate or MakeArray or OpenTape => false,
        If => op.Blocks().Any(b => b.Ops.Any(IsBarrier)),
        _ => !IsValue(op),
    };

    private static bool IsNonZero(Operand operand) => operand is IntegerConstant { Number: not (0 or -1) };
}
