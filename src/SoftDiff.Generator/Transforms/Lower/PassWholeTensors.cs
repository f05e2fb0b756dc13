using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Replaces a tensor over the elements of a parameter by the parameter itself, if both have the same lengths. It does not if the parameter
/// is writable and the function also reads or writes its elements: these may be a copy, if the parameter has another order in memory.
/// Asking for the number of elements does not count as a read.
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
