using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Elements;

namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Makes functions of one number from a target that writes few elements of an array: one for each element. Their gradients are the rows of a
/// Jacobian. They multiply by no cotangent that is zero, and equal computations in them are done once. So the target must have no loop, no call
/// and no other array of its own.
/// </summary>
internal sealed class ElementTargets
{
    private const int MostElements = 4;

    private readonly Function _target;
    private readonly Parameter _output;
    private readonly int _count;

    private ElementTargets(Function target, Parameter output, int count) => (_target, _output, _count) = (target, output, count);

    /// <summary>
    /// The functions for the elements from 0 on that the target writes; null if it is not such a target. It never writes the other elements, and
    /// it throws where the array has fewer.
    /// </summary>
    public static ImmutableArray<Function>? Of(Function target, Parameter output, Func<Function, Function> simplify)
    {
        if (output.Value.Type is not ArrayType { IsTensor: false }) return null;
        if (CountOf(target, output.Value) is not (> 0 and var count) || !Stores(target.Body, output.Value, count - 1)) return null;
        var made = new ElementTargets(target, output, count);
        var elements = Enumerable.Range(0, count).Select(i => simplify(ReplaceSmallArrays.Run(made.Only(i)))).ToImmutableArray();
        return elements.All(element => element.Body.AllOps().All(IsShared)) ? elements : null;
    }

    /// <summary>Whether two of the functions may have equal operations of that kind, of which one is enough.</summary>
    private static bool IsShared(Op op) => op is Compute or Load or Store or View or Length or If or Guard;

    /// <summary>
    /// The number of elements that the target may write; null if it does more with the array than storing at few constant indices.
    /// </summary>
    private static int? CountOf(Function target, Operand array)
    {
        var count = 0;
        foreach (var op in target.Body.AllOps())
        {
            if (op is Store { Index: IntegerConstant { Number: >= 0 and < MostElements and var index } } store && store.Array.Equals(array))
            {
                count = Math.Max(count, (int)index + 1);
            }
            else if (op.Reads().Contains(array))
            {
                return null;
            }
        }

        return count;
    }

    /// <summary>Whether the block stores an element on every way to its end.</summary>
    private static bool Stores(Block block, Operand array, int index) => block.Throws() || block.Ops.Any(op =>
        op is Store { Index: IntegerConstant { Number: var number } } store ? store.Array.Equals(array) && number == index
        : op is If && op.Blocks().All(inner => Stores(inner, array, index)));

    /// <summary>The target with a local array in place of the output. It returns one element of it.</summary>
    private Function Only(int element)
    {
        var values = new ValueSource(_target.MaxId() + 1);
        var local = values.Fresh(_output.Value.Type, _output.Name);
        var body = new BlockBuilder(values);
        body.Add(new Allocate(local, ArrayCode.Int(_count), Cleared: true));
        body.AddRange(new Substitution { [_output.Value] = local }.Map(_target.Body).Ops);
        var returned = body.Load(local, ArrayCode.Int(element));
        var yields = _target.Body.Yields.Skip(_target.Returns is null ? 0 : 1).Prepend(returned).ToList();
        return _target with { Returns = returned.Type, Body = body.Build(yields), PrimalResults = yields.Count };
    }
}
