using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>What may be computed earlier, later, once instead of twice, or not at all.</summary>
internal static class Purity
{
    /// <summary>Whether the function can be computed anywhere: it neither throws nor depends on anything but its operands.</summary>
    public static bool CannotThrow(Compute compute)
    {
        if (compute.Checked) return false;
        if (compute.Code is Opcode.Pure or Opcode.CheckIndex) return false;
        return compute.Result.Type.IsFloat || compute.Code is not (Opcode.Divide or Opcode.Remainder) || IsNonZeroConstant(compute.Args[1]);
    }

    // −1 is excluded with 0: int.MinValue / −1 overflows.
    private static bool IsNonZeroConstant(Operand operand) => operand is IntegerConstant { Number: not (0 or -1) };

    /// <summary>Whether the operation may be dropped when nobody reads its results.</summary>
    public static bool HasNoEffect(Op op) => op switch
    {
        Compute compute => CannotThrow(compute) || compute.Code is Opcode.Pure or Opcode.CheckIndex,
        Length or Load or View or Allocate or Flatten or Arrange or Lengths => true,
        _ => false,
    };
}
