using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Replaces a store of zero and a later addition to the same element by one store. The reverse of <c>a[i] = f(a[i])</c> begins so. Nothing
/// may touch the array between the two operations. Relies on <see cref="Aliases"/> for what touches an array.
/// </summary>
internal static class StoreZeroedElements
{
    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is Store store && IsZero(store))) return function;
        var aliases = new Aliases(function, new Definitions(function));
        return function.RewriteBlocks(block => Join(block, aliases));
    }

    private static Block Join(Block block, Aliases aliases)
    {
        if (!block.Ops.OfType<Store>().Any(IsZero)) return block;
        var ops = block.Ops.ToBuilder();
        for (var i = 0; i < ops.Count; i++)
        {
            if (ops[i] is not Store store || !IsZero(store)) continue;
            var next = i + 1;
            while (next < ops.Count && !aliases.Touches(ops[next], store.Array)) next++;
            if (next == ops.Count || ops[next] is not Accumulate sum || !sum.Array.Equals(store.Array) || !sum.Index.Equals(store.Index)) continue;
            ops[next] = StoreFirst.Stored(sum);
            ops.RemoveAt(i--);
        }

        return block with { Ops = ops.ToImmutable() };
    }

    private static bool IsZero(Store store) => store.Value is NumberConstant { Number: 0 };
}
