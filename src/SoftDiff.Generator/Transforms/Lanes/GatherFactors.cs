using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Multiplies the uniform factors of a product with each other first: (t · a) · b becomes t · (a · b), if t varies from direction to direction and a and b do
/// not. Then one product is left for each direction. Only derivatives vary, so the last bits of the primal stay.
/// </summary>
internal static class GatherFactors
{
    public static For Run(For loop, Variation variation, ValueSource values)
    {
        var uses = new Dictionary<Operand, int>();
        foreach (var read in loop.Body.AllReads()) uses[read] = uses.TryGetValue(read, out var count) ? count + 1 : 1;
        return (For)loop.WithBody(Visit(loop.Body));

        Block Visit(Block block)
        {
            var products = new Dictionary<Value, Compute>();
            var into = new BlockBuilder(values);
            foreach (var op in block.Ops)
            {
                var next = op.MapBlocks(Visit);
                if (next is Compute { Code: Opcode.Multiply } product && Factors(product) is var (lanes, factor))
                {
                    if (lanes is Value inner && uses[inner] == 1 && products.TryGetValue(inner, out var earlier) && Factors(earlier) is var (first, other))
                    {
                        into.Line = op.Line;
                        next = product with { Args = ImmutableArray.Create(first, Product(other, factor, into)) };
                    }

                    products[product.Result] = (Compute)next;
                }

                into.Add(next);
            }

            return block with { Ops = into.Ops };
        }

        (Operand Lanes, Operand Factor)? Factors(Compute product)
        {
            var (a, b) = (product.Args[0], product.Args[1]);
            return variation.Varies(a) == variation.Varies(b) ? null : variation.Varies(a) ? (a, b) : (b, a);
        }
    }

    /// <summary>a · b, of two factors that are the same for every direction.</summary>
    public static Operand Product(Operand a, Operand b, BlockBuilder into) => a is NumberConstant x && b is NumberConstant y && x.Scalar == ScalarType.Double
        ? new NumberConstant(x.Scalar, x.Number * y.Number)
        : into.Compute(a.Type, Opcode.Multiply, a, b);
}
