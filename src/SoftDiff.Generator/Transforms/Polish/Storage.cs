using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>Which operations touch an array's elements, under whatever name: the array's own or a view's; and how many there are.</summary>
internal sealed class Storage
{
    private readonly Definitions _definitions;

    public Storage(Definitions definitions) => _definitions = definitions;

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
        return op.Blocks().SelectMany(b => b.AllOps()).Prepend(op)
            .Any(o => o is not (Length or Lengths) && o.Reads().Any(r => r.Type is ArrayType && Root(r).Equals(root)));
    }
}
