using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// An array made of zeros whose elements are all written before any is read: by a fill, or by a loop, one per iteration. It is made without the zeros.
/// Input: an operation and what runs before it in its block. Output: the latter, changed. Relies on <see cref="Storage"/> for what touches the array.
/// </summary>
internal static class Overwritten
{
    public static void Apply(Op op, Storage storage, ImmutableArray<Op>.Builder before)
    {
        if (op is not (Fill or For { IsPlain: true })) return;
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i] is not Allocate { Cleared: true } made || !IsWhollyWritten(made, op, storage)) continue;
            if (IsUntouched(made, storage, before)) Uncleared(made, before);
        }
    }

    /// <summary>The operation that made the array, of zeros, if nothing touches it after that; else null.</summary>
    public static Allocate? Making(Operand array, Storage storage, ImmutableArray<Op>.Builder before) =>
        before.OfType<Allocate>().FirstOrDefault(made => made.Cleared && made.Result.Equals(array) && IsUntouched(made, storage, before));

    /// <summary>Makes it without the zeros.</summary>
    public static void Uncleared(Allocate made, ImmutableArray<Op>.Builder before) => before[before.IndexOf(made)] = made with { Cleared = false };

    private static bool IsUntouched(Allocate made, Storage storage, ImmutableArray<Op>.Builder before) =>
        !before.Skip(before.IndexOf(made) + 1).Any(op => storage.Touches(op, made.Result));

    /// <summary>Whether the operation writes all elements before it reads any of them.</summary>
    private static bool IsWhollyWritten(Allocate made, Op by, Storage storage) => by switch
    {
        Fill fill => fill.Array.Equals(made.Result),
        For { IsPlain: true } loop => loop.End.Equals(made.Length) && StartsWithStore(loop, made.Result, storage),
        _ => false,
    };

    /// <summary>Whether each iteration stores its own element, and does nothing with the array before and, but at that element, after.</summary>
    private static bool StartsWithStore(For loop, Value array, Storage storage)
    {
        var first = loop.Body.Ops.FirstOrDefault(op => storage.Touches(op, array));
        return first is Store store && store.Array.Equals(array) && store.Index.Equals(loop.Index) && storage.IsOnlyAtIndex(loop, array);
    }
}
