using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Does not clear a new array if all its elements are written before any is read, by a fill or by a loop that writes one element per
/// iteration. Relies on <see cref="Aliases"/> for what touches the array.
/// </summary>
internal static class SkipClearing
{
    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is Allocate { Cleared: true })) return function;
        var definitions = new Definitions(function);
        var (aliases, lengths) = (new Aliases(function, definitions), new ArrayLengths(function, definitions));
        return function.RewriteOps((op, before) =>
        {
            Apply(op, aliases, lengths, before);
            before.Add(op);
        });
    }

    private static void Apply(Op op, Aliases aliases, ArrayLengths lengths, ImmutableArray<Op>.Builder before)
    {
        if (op is not (Fill or For { IsPlain: true })) return;
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i] is not Allocate { Cleared: true } made || !IsWhollyWritten(made, op, aliases, lengths)) continue;
            if (IsUntouched(made, aliases, before)) Uncleared(made, before);
        }
    }

    /// <summary>The operation that made the array, of zeros, if nothing touches it after that; else null.</summary>
    public static Allocate? Making(Operand array, Aliases aliases, ImmutableArray<Op>.Builder before) =>
        before.OfType<Allocate>().FirstOrDefault(made => made.Cleared && made.Result.Equals(array) && IsUntouched(made, aliases, before));

    /// <summary>Makes it without the zeros.</summary>
    public static void Uncleared(Allocate made, ImmutableArray<Op>.Builder before) => before[before.IndexOf(made)] = made with { Cleared = false };

    private static bool IsUntouched(Allocate made, Aliases aliases, ImmutableArray<Op>.Builder before) =>
        !before.Skip(before.IndexOf(made) + 1).Any(op => aliases.Touches(op, made.Result));

    /// <summary>Whether the operation writes all elements before it reads any of them.</summary>
    private static bool IsWhollyWritten(Allocate made, Op by, Aliases aliases, ArrayLengths lengths) => by switch
    {
        Fill fill => fill.Array.Equals(made.Result),
        For { IsPlain: true } loop => lengths.AreEqual(made.Result, loop.End) && StartsWithStore(loop, made.Result, aliases),
        _ => false,
    };

    /// <summary>Whether each iteration stores its own element first, and then touches the array at that element only.</summary>
    private static bool StartsWithStore(For loop, Value array, Aliases aliases)
    {
        var first = loop.Body.Ops.FirstOrDefault(op => aliases.Touches(op, array));
        return first is Store store && store.Array.Equals(array) && store.Index.Equals(loop.Index) && aliases.IsOnlyAtIndex(loop, array);
    }
}
