using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// Which operations touch an array's elements, under whatever name: the array's own, a view's or that of a variable that may hold it; and how many there are.
/// </summary>
internal sealed class Storage
{
    private readonly Definitions _definitions;
    private readonly HashSet<Operand> _shared;

    public Storage(Function function)
    {
        _definitions = new Definitions(function);
        _shared = new HashSet<Operand>(function.Body.AllOps().SelectMany(op => op.MayShareStorage()).Select(Root));
    }

    /// <summary>Whether variables of several names may hold the array: branches choose it, it changes places with another, or a method may return it.</summary>
    public bool IsShared(Operand array) => _shared.Contains(Root(array));

    /// <summary>The array whose elements these are.</summary>
    public Operand Root(Operand array) => _definitions.Root(array);

    /// <summary>Whether the array was made with that constant number of elements.</summary>
    public bool HasLength(Operand array, Operand count) =>
        count is IntegerConstant && array is Value value && _definitions.TryGet(value, out var definition)
        && count.Equals(definition.Op switch { View view => view.Count, Allocate allocate => allocate.Length, _ => null });

    /// <summary>Whether the number is a constant that is not negative or the length of an array.</summary>
    public bool IsCount(Operand number) =>
        number is IntegerConstant { Number: >= 0 } || (number is Value value && _definitions.TryGet(value, out var definition) && definition.Op is Length);

    public bool Touches(Op op, Operand array)
    {
        var root = Root(array);
        return op.WithNested()
            .Any(o => o is not (Length or Lengths) && o.Reads().Any(r => r.Type is ArrayType && (Root(r).Equals(root) || (IsShared(r) && IsShared(root)))));
    }

    /// <summary>Whether all that the loop's iterations do with the array is to read and write the element at their index.</summary>
    public bool IsOnlyAtIndex(For loop, Operand array) => loop.Body.AllOps().Where(op => op is not (If or Loop) && Touches(op, array)).All(op => op switch
    {
        Load load => load.Array.Equals(array) && load.Index.Equals(loop.Index),
        Store store => store.Array.Equals(array) && store.Index.Equals(loop.Index),
        Accumulate sum => sum.Array.Equals(array) && sum.Index.Equals(loop.Index),
        _ => false,
    });
}
