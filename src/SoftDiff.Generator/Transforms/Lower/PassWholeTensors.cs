using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// A tensor over the elements of a parameter becomes the parameter itself, if it has the parameter's own lengths or those of one that must have the
/// same. A parameter that may be written and whose elements are also worked on stays apart from such a tensor: where its elements lie in memory in
/// another order, the elements worked on are a copy. To ask for the length of the elements is no work on them.
/// </summary>
internal static class PassWholeTensors
{
    public static Function Run(Function function)
    {
        var body = function.Body;
        if (!body.AllOps().Any(op => op is Flatten)) return function;
        var definitions = new Definitions(function);
        var same = new HashSet<(Operand, Operand)>(body.Ops.OfType<RequireLength>().Select(r => (r.Array, r.Like)));
        Operand? Whole(Op op) => op is Arrange { Lengths: { Length: 1 } lengths } arrange
            && definitions.OpOf(arrange.Array) is Flatten { Tensor: var tensor } && definitions.OpOf(lengths[0]) is Lengths { Tensor: var shape }
            && (shape.Equals(tensor) || same.Contains((tensor, shape))) ? tensor : null;

        var apart = new HashSet<Operand>(body.AllOps().Where(op => op is not Length && Whole(op) is null).SelectMany(op => op.Reads())
            .Select(definitions.OpOf).OfType<Flatten>().Select(flatten => flatten.Tensor));
        var map = new Substitution();
        var found = false;
        foreach (var op in body.AllOps())
        {
            var tensor = op is Flatten flatten && IsParameter(flatten.Tensor) && !apart.Contains(flatten.Tensor) ? flatten.Tensor : Whole(op);
            if (tensor is null || (tensor.Type is ArrayType { IsReadOnly: false } && apart.Contains(tensor))) continue;
            map[op.Results[0]] = tensor;
            found = true;
        }

        return found ? function with { Body = map.Map(body).Without(op => op is Arrange or Flatten && map.Has(op.Results[0])) } : function;

        bool IsParameter(Operand operand) => operand is Value && definitions.OpOf(operand) is null;
    }
}
