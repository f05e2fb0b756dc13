using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Drops stores of zero that nobody reads: to an element of a local array that was just loaded, which is how the reverse of a store begins, and to all
/// elements. An element that was just loaded has an index in range, so no exception goes with the store. Relies on <see cref="Effects"/> for what reads
/// an array, and on <see cref="Aliases"/> for which arrays have one name only.
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
    /// What may be read after the loop or by later iterations. Those have arrays of their own if they make them, and elements of their own if all that
    /// the loop does with an array is at its index.
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
