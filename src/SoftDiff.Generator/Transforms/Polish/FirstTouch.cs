using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// An array that was just set to zero and to which a loop then adds once per element, in order: the loop stores instead, and only the
/// elements it does not reach are set to zero.
/// </summary>
internal static class FirstTouch
{
    public static For Apply(For loop, ValueSource values, Storage storage, ImmutableArray<Op>.Builder before)
    {
        if (loop is not { Step: 1, Inclusive: false, Exit: null, Start: IntegerConstant { Number: 0 } } || loop.Index.Type != ScalarType.Int32) return loop;
        foreach (var sum in loop.Body.Ops.OfType<Accumulate>().Where(a => a.Index.Equals(loop.Index)).ToList())
        {
            var clear = LastTouch(before, storage, sum.Array);
            if (clear < 0 || before[clear] is not Fill { Value: NumberConstant { Number: 0 } } fill || !fill.Array.Equals(sum.Array)) continue;
            if (loop.Body.AllOps().Any(op => op is Throw or Call) || loop.Body.Ops.Count(op => storage.Touches(op, sum.Array)) != 1) continue;
            var store = new Store(sum.Array, sum.Index, sum.Value) { Line = sum.Line };
            loop = loop with { Body = loop.Body with { Ops = loop.Body.Ops.Select(op => ReferenceEquals(op, sum) ? store : op).ToImmutableArray() } };
            before.RemoveAt(clear);
            ClearRest(sum.Array, loop.End, values, before);
        }

        return loop;
    }

    private static void ClearRest(Operand array, Operand end, ValueSource values, ImmutableArray<Op>.Builder before)
    {
        var (length, reached) = (values.Fresh(ScalarType.Int32), values.Fresh(ScalarType.Int32));
        var rest = values.Fresh(((ArrayType)array.Type) with { Form = ArrayForm.Span });
        before.Add(new Length(length, array));
        before.Add(new Compute(reached, Opcode.Pure, ImmutableArray.Create(end, new IntegerConstant(ScalarType.Int32, 0), length), "global::System.Math.Clamp"));
        before.Add(new View(rest, array, reached, null));
        before.Add(new Fill(rest, new NumberConstant(((ArrayType)array.Type).Element, 0)));
    }

    private static int LastTouch(ImmutableArray<Op>.Builder ops, Storage storage, Operand array)
    {
        for (var i = ops.Count - 1; i >= 0; i--)
        {
            if (storage.Touches(ops[i], array)) return i;
        }

        return -1;
    }
}
