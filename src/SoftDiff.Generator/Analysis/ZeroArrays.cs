namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Which arrays are known to hold zeros only, at each operation: a forward dataflow over roots (see <see cref="Definitions.Root"/>). Loops start
/// from the hope that what is zero before the first iteration is so before every one, and give up what the body does not keep. Relies on
/// <see cref="ArrayLengths"/> to see that a loop comes to all elements.
/// </summary>
internal sealed class ZeroArrays
{
    private readonly Definitions _definitions;
    private readonly ArrayLengths _lengths;
    private readonly Effects _effects;
    private readonly Dictionary<Op, HashSet<Operand>> _before = new(ByReference<Op>.Instance);

    public ZeroArrays(Function function, Definitions definitions, ArrayLengths lengths)
    {
        _definitions = definitions;
        _lengths = lengths;
        _effects = new Effects(definitions);
        Visit(function.Body, new HashSet<Operand>());
    }

    /// <summary>Whether the array, or all that it is a view of, is zero just before the operation.</summary>
    public bool IsZero(Operand array, Op before) => _before.TryGetValue(before, out var zero) && zero.Contains(_definitions.Root(array));

    /// <summary>Turns what is zero before the block into what is zero after it.</summary>
    private void Visit(Block block, HashSet<Operand> zero)
    {
        foreach (var op in block.Ops)
        {
            _before[op] = new HashSet<Operand>(zero);
            switch (op)
            {
                case Allocate { Cleared: true } allocate:
                    zero.Add(allocate.Result);
                    break;
                case Fill fill when IsZero(fill.Value):
                    // A view may be a part.
                    if (_definitions.Root(fill.Array).Equals(fill.Array)) zero.Add(fill.Array);
                    break;
                case Store store when IsZero(store.Value):
                    break;
                case If branches:
                    var otherwise = new HashSet<Operand>(zero);
                    Visit(branches.Then, zero);
                    Visit(branches.Else, otherwise);
                    zero.IntersectWith(otherwise);
                    break;
                case Loop loop:
                    Iterate(loop, zero);
                    if (loop is For counted) zero.UnionWith(counted.Body.Ops.OfType<Store>().Select(s => s.Array).Where(a => Clears(counted, a)));
                    break;
                default:
                    zero.ExceptWith(_effects.Writes(op));
                    break;
            }
        }
    }

    private void Iterate(Loop loop, HashSet<Operand> zero)
    {
        int hoped;
        do
        {
            hoped = zero.Count;
            var after = new HashSet<Operand>(zero);
            foreach (var block in loop.Blocks()) Visit(block, after);
            zero.IntersectWith(after);
        }
        while (zero.Count < hoped);
        // The condition runs once more than the body.
        if (loop is While @while) Visit(@while.Condition, zero);
    }

    /// <summary>Whether the loop visits each element of the array, once, and leaves zero there whatever else it does.</summary>
    private bool Clears(For loop, Operand array)
    {
        if (!loop.IsPlain || !_definitions.Root(array).Equals(array) || !_lengths.AreEqual(array, loop.End)) return false;
        var writes = loop.Body.Ops.Where(op => _effects.Writes(op).Contains(array)).ToList();
        bool IsElement(Op op) => op is Store store && store.Array.Equals(array) && store.Index.Equals(loop.Index);
        return writes.Count > 0 && writes.All(IsElement) && IsZero(((Store)writes[writes.Count - 1]).Value);
    }

    private static bool IsZero(Operand value) => value is NumberConstant { Number: 0 };
}
