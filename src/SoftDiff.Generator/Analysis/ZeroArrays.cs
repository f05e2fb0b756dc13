namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the arrays that hold only zeros at each operation: a forward dataflow over roots (see <see cref="Definitions.Root"/>). A loop
/// first assumes that arrays that are zero before it are zero before every iteration; then it removes those that the body changes. Relies
/// on <see cref="ArrayLengths"/> to see that a loop visits all elements.
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

    /// <summary>Whether the array, or the whole array of which it is a view, is zero just before the operation.</summary>
    public bool IsZero(Operand array, Op before) => _before.TryGetValue(before, out var zero) && zero.Contains(_definitions.Root(array));

    /// <summary>Updates the set of zero arrays from the block's start to its end.</summary>
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

    /// <summary>Whether the loop visits each element of the array once and leaves it zero.</summary>
    private bool Clears(For loop, Operand array)
    {
        if (!loop.IsPlain || !_definitions.Root(array).Equals(array) || !_lengths.AreEqual(array, loop.End)) return false;
        var writes = loop.Body.Ops.Where(op => _effects.Writes(op).Contains(array)).ToList();
        bool IsElement(Op op) => op is Store store && store.Array.Equals(array) && store.Index.Equals(loop.Index);
        return writes.Count > 0 && writes.All(IsElement) && IsZero(((Store)writes[writes.Count - 1]).Value);
    }

    private static bool IsZero(Operand value) => value is NumberConstant { Number: 0 };
}
