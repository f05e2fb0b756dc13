using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>Which operations touch an array's elements, under whatever name: the array's own or a view's.</summary>
internal sealed class Storage
{
    private readonly Definitions _definitions;

    public Storage(Function function) => _definitions = new Definitions(function);

    public bool Touches(Op op, Operand array)
    {
        var root = _definitions.Root(array);
        return op.Blocks().SelectMany(b => b.AllOps()).Prepend(op)
            .Any(o => o is not (Length or Lengths) && o.Reads().Any(r => r.Type is ArrayType && _definitions.Root(r).Equals(root)));
    }
}
