namespace SoftDiff.Generator.Frontend;

/// <summary>Operands that need no operation.</summary>
internal static class Constants
{
    public static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    /// <summary>What a variable holds before it is assigned; an array's is <see cref="ArrayVariables.Unassigned"/>.</summary>
    public static Operand Default(IrType type) =>
        type is ProductType product ? new Product(product, product.Members.Select(member => Default(member.Type)).ToImmutableArray()) : Operand.Zero(type);
}
