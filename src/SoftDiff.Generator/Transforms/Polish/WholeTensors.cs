using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// A tensor laid over the elements of a parameter, with the parameter's own lengths or those of one that must have the same, is the parameter
/// itself. But one that may be written and whose elements are also worked on stays as it is: where they lie in memory in another order, they are a
/// copy. Nobody needs elements to count them.
/// </summary>
internal static class WholeTensors
{
    public static Block Apply(Block body)
    {
        var definitions = body.AllOps().SelectMany(op => op.Results.Select(result => (result, op))).ToDictionary(pair => pair.result, pair => pair.op);
        var same = new HashSet<(Operand, Operand)>(body.Ops.OfType<RequireLength>().Select(r => (r.Array, r.Like)));
        Operand? Whole(Op op) => op is Arrange { Lengths: { Length: 1 } lengths } arrange
            && Definition<Flatten>(arrange.Array) is { Tensor: var tensor } && Definition<Lengths>(lengths[0]) is { Tensor: var shape }
            && (shape.Equals(tensor) || same.Contains((tensor, shape))) ? tensor : null;
        T? Definition<T>(Operand operand)
            where T : Op => operand is Value value && definitions.TryGetValue(value, out var op) ? op as T : null;

        var apart = new HashSet<Operand>(body.AllOps().Where(op => op is not Length && Whole(op) is null).SelectMany(op => op.Reads())
            .Select(o => Definition<Flatten>(o)?.Tensor).Where(t => t is not null).Select(t => t!));
        var map = new Substitution();
        var found = false;
        foreach (var op in body.AllOps())
        {
            var tensor = op is Flatten flatten && IsParameter(flatten.Tensor) && !apart.Contains(flatten.Tensor) ? flatten.Tensor : Whole(op);
            if (tensor is null || (tensor.Type is ArrayType { IsReadOnly: false } && apart.Contains(tensor))) continue;
            map[op.Results[0]] = tensor;
            found = true;
        }

        return found ? map.Map(body).Without(op => op is Arrange or Flatten && map.Has(op.Results[0])) : body;

        bool IsParameter(Operand operand) => operand is Value value && !definitions.ContainsKey(value);
    }
}
