using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Emit;

/// <summary>What an operation depends on and does, as far as the order of evaluation goes.</summary>
internal static class EvaluationOrder
{
    /// <summary>Gives a value and does nothing else, though it may throw.</summary>
    public static bool IsValue(Op op) => op is Compute or Length or Load or View or Arrange or Lengths;

    /// <summary>Its value, or whether it throws, depends on when it runs.</summary>
    public static bool IsOrdered(Op op) => op switch
    {
        Load or View or Arrange => true,
        Compute { Code: Opcode.CheckIndex } => true,
        Compute { Checked: true } => true,
        Compute { Code: Opcode.Divide or Opcode.Remainder } compute => !compute.Result.Type.IsFloat && !IsNonZero(compute.Args[1]),
        _ => false,
    };

    /// <summary>
    /// Gives one value by doing something: it may move to its use only past what neither does nor sees anything.
    /// (A call of a function of the same file has results by reference too often to be worth it.)
    /// </summary>
    public static bool IsAction(Op op) => op is Pop or Row or RuleCall { Values.Length: 1, Rule.Outs.Length: 0 } or Invoke { Returns.Length: 1, Outs.Length: 0 };

    /// <summary>Nothing ordered may move past it.</summary>
    public static bool IsBarrier(Op op) => op switch
    {
        Compute or Length or Load or View or Flatten or Arrange or Lengths or Push or Pop or PushArray or Allocate or OpenTape => false,
        If => op.Blocks().Any(b => b.Ops.Any(IsBarrier)),
        _ => true,
    };

    private static bool IsNonZero(Operand operand) => operand is IntegerConstant { Number: not (0 or -1) };
}
