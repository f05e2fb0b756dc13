using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// An element that is set to zero and then added to, which is what the reverse of <c>a[i] = f(a[i])</c> comes to: it is stored once. Between the two
/// nothing may touch its array. Input and output: a block. Relies on <see cref="Storage"/> for what touches an array.
/// </summary>
internal static class ZeroedElements
{
    public static Block Join(Block block, Storage storage)
    {
        if (!block.Ops.OfType<Store>().Any(IsZero)) return block;
        var ops = block.Ops.ToBuilder();
        for (var i = 0; i < ops.Count; i++)
        {
            if (ops[i] is not Store store || !IsZero(store)) continue;
            var next = i + 1;
            while (next < ops.Count && !storage.Touches(ops[next], store.Array)) next++;
            if (next == ops.Count || ops[next] is not Accumulate sum || !sum.Array.Equals(store.Array) || !sum.Index.Equals(store.Index)) continue;
            ops[next] = FirstTouch.Stored(sum);
            ops.RemoveAt(i--);
        }

        return block with { Ops = ops.ToImmutable() };
    }

    private static bool IsZero(Store store) => store.Value is NumberConstant { Number: 0 };
}
