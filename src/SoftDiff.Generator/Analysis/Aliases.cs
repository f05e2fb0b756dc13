namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the arrays that may share storage, and the operations that may touch an array's elements. An operation may name the array itself,
/// a view of it, or a variable that may hold it. Relies on <see cref="Op.MayShareStorage"/> for arrays that get further names.
/// </summary>
internal sealed class Aliases
{
    private readonly Definitions _definitions;
    private readonly HashSet<Operand> _named;

    public Aliases(Function function, Definitions definitions)
    {
        _definitions = definitions;
        _named = new HashSet<Operand>(function.Body.AllOps().SelectMany(op => op.MayShareStorage()).Select(definitions.Root));
    }

    /// <summary>Whether variables of several names may hold the array: branches choose it, it changes places with another, or a method may return it.</summary>
    public bool HasOtherNames(Operand array) => _named.Contains(_definitions.Root(array));

    /// <summary>Whether both certainly lie in the same storage.</summary>
    public bool ShareStorage(Operand a, Operand b) => _definitions.Root(a).Equals(_definitions.Root(b));

    /// <summary>
    /// Whether both may lie in the same storage. (Arrays that a function is given do not overlap where it writes one of them.)
    /// </summary>
    public bool MayShareStorage(Operand a, Operand b) => ShareStorage(a, b) || (HasOtherNames(a) && HasOtherNames(b));

    /// <summary>Whether the operation, or one in its blocks, may read or write elements of the array, or give them another name.</summary>
    public bool Touches(Op op, Operand array)
    {
        if (op is not (Length or Lengths or AxisLength or RowStarts or IsNull))
        {
            foreach (var read in op.Reads())
            {
                if (read.Type is ArrayType && MayShareStorage(read, array)) return true;
            }
        }

        foreach (var block in op.Blocks())
        {
            foreach (var inner in block.Ops)
            {
                if (Touches(inner, array)) return true;
            }
        }

        return false;
    }

    /// <summary>Whether each iteration of the loop touches only the array's element at its own index.</summary>
    public bool IsOnlyAtIndex(For loop, Operand array) => loop.Body.AllOps().Where(op => op is not (If or Loop) && Touches(op, array)).All(op => op switch
    {
        Load load => load.Array.Equals(array) && load.Index.Equals(loop.Index),
        Store store => store.Array.Equals(array) && store.Index.Equals(loop.Index),
        Accumulate sum => sum.Array.Equals(array) && sum.Index.Equals(loop.Index),
        _ => false,
    });
}
