using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Drops stores of zero to local arrays that nothing reads afterwards. Such a store sets one element, just after a load of it (the reverse
/// of a store begins so), or all elements. The load has already checked the index, so dropping the store drops no exception. Relies on
/// <see cref="Effects"/> for what reads an array, and on <see cref="Aliases"/> for which arrays have one name only.
/// </summary>
internal sealed class DropLastResets
{
    private readonly Aliases _aliases;
    private readonly Effects _effects;
    private readonly HashSet<Operand> _own;

    private DropLastResets(Function function)
    {
        var definitions = new Definitions(function);
        _aliases = new Aliases(function, definitions);
        _effects = new Effects(definitions);
        _own = new HashSet<Operand>(function.Body.AllOps().OfType<Allocate>().Select(a => (Operand)a.Result).Where(a => !_aliases.HasOtherNames(a)));
    }

    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is Allocate)) return function;
        var pass = new DropLastResets(function);
        return pass._own.Count == 0 ? function : function with { Body = pass.Visit(function.Body, new HashSet<Operand>()) };
    }

    /// <param name="block">The block.</param>
    /// <param name="read">The arrays that may be read after it; on return, those that may be read from its start on.</param>
    private Block Visit(Block block, HashSet<Operand> read)
    {
        var kept = new List<Op>();
        for (var i = block.Ops.Length - 1; i >= 0; i--)
        {
            var op = block.Ops[i];
            if (ResetBy(op, block, i) is { } array && _own.Contains(array) && !read.Contains(array)) continue;
            kept.Add(op switch
            {
                If @if => @if with { Then = Visit(@if.Then, new HashSet<Operand>(read)), Else = Visit(@if.Else, new HashSet<Operand>(read)) },
                Loop loop => loop.WithBody(Visit(loop.Body, ReadAfterBody(loop, read))),
                _ => op,
            });
            read.UnionWith(_effects.Reads(op));
        }

        kept.Reverse();
        return block with { Ops = kept.ToImmutableArray() };
    }

    /// <summary>The array of which it sets all elements, or one that was just loaded, to zero; null if it does something else.</summary>
    private static Operand? ResetBy(Op op, Block block, int position) => op switch
    {
        Fill { Value: NumberConstant { Number: 0 } } fill => fill.Array,
        Store { Value: NumberConstant { Number: 0 } } store when block.Ops.Take(position).OfType<Load>()
            .Any(load => load.Array.Equals(store.Array) && load.Index.Equals(store.Index)) => store.Array,
        _ => null,
    };

    /// <summary>
    /// The arrays that code after the loop or a later iteration may read. A later iteration reads nothing of this one if it makes the array
    /// itself, or if the loop touches the array at its own index only.
    /// </summary>
    private HashSet<Operand> ReadAfterBody(Loop loop, HashSet<Operand> readAfter)
    {
        var read = new HashSet<Operand>(_effects.Reads(loop));
        read.ExceptWith(loop.Body.AllOps().OfType<Allocate>().Select(a => a.Result));
        if (loop is For counted) read.RemoveWhere(array => _aliases.IsOnlyAtIndex(counted, array));
        read.UnionWith(readAfter);
        return read;
    }
}
