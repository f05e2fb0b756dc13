namespace SoftDiff.Generator.Frontend;

/// <summary>Operands that need no operation.</summary>
internal static class Constants
{
    public static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    /// <summary>
    /// The contents of a variable before its first assignment; <see cref="ArrayVariables.Unassigned"/> for an array variable.
    /// </summary>
    public static Operand Default(IrType type) =>
        type is PartedType parted ? parted.Unassigned
        : type is ProductType product ? new Product(product, product.Members.Select(member => Default(member.Type)).ToImmutableArray()) : Operand.Zero(type);
}
