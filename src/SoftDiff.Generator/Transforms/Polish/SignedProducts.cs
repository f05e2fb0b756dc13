using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// A product with the sign of a number, which is what the derivative of |x| comes to, by one call: it takes over the bit and multiplies nothing.
/// Input and output: a block. Only where nothing else reads the sign.
/// </summary>
internal static class SignedProducts
{
    public static Block Join(Block block)
    {
        var ops = block.Ops;
        foreach (var sign in ops.OfType<Compute>().Where(c => c.Code == Opcode.Sign && block.AllReads().Count(r => r.Equals(c.Result)) == 1).ToList())
        {
            if (ops.OfType<Compute>().FirstOrDefault(c => c.Code == Opcode.Multiply && c.Args.Contains(sign.Result)) is not { } product) continue;
            var factor = product.Args[0].Equals(sign.Result) ? product.Args[1] : product.Args[0];
            var args = ImmutableArray.Create(factor, sign.Args[0]);
            var joined = new Compute(product.Result, Opcode.TimesSign, args) { Line = product.Line };
            ops = ops.Replace(product, joined).Remove(sign);
        }

        return block with { Ops = ops };
    }
}
