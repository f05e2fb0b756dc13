namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Turns a product with the sign of a number, as in the derivative of |x|, into one operation that copies the sign bit instead of
/// multiplying. It does so only if nothing else reads the sign.
/// </summary>
internal static class JoinSignedProducts
{
    public static Function Run(Function function) =>
        function.Body.AllOps().Any(op => op is Compute { Code: Opcode.Sign }) ? function.RewriteBlocks(Join) : function;

    private static Block Join(Block block)
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
