using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// An array that was just set to zero, or made of zeros, and to which a loop then adds once per element, in order: the loop stores instead, and only
/// the elements it does not reach are set to zero. Input: a loop and what runs before it in its block. Output: both, changed. Relies on
/// <see cref="Storage"/> for what touches the array in between.
/// </summary>
internal static class FirstTouch
{
    public static For Apply(For loop, ValueSource values, Storage storage, ImmutableArray<Op>.Builder before)
    {
        if (!loop.IsPlain) return loop;
        foreach (var sum in loop.Body.Ops.OfType<Accumulate>().Where(a => a.Index.Equals(loop.Index)).ToList())
        {
            if (loop.Body.AllOps().Any(op => op is Throw or Call) || loop.Body.Ops.Count(op => storage.Touches(op, sum.Array)) != 1) continue;
            if (Clearing(sum.Array, storage, before) is { } clear)
            {
                before.RemoveAt(clear);
                ClearRest(sum.Array, loop.End, values, before);
            }
            else if (Overwritten.Making(sum.Array, storage, before) is { } made && made.Length.Equals(loop.End))
            {
                Overwritten.Uncleared(made, before);
            }
            else
            {
                continue;
            }

            loop = Stored(loop, sum);
        }

        return loop;
    }

    /// <summary>Where the array is set to zero, if nothing touches it after that; else null.</summary>
    public static int? Clearing(Operand array, Storage storage, ImmutableArray<Op>.Builder before)
    {
        var last = before.Count - 1;
        while (last >= 0 && !storage.Touches(before[last], array)) last--;
        return last >= 0 && before[last] is Fill { Value: NumberConstant { Number: 0 } } fill && fill.Array.Equals(array) ? last : null;
    }

    /// <summary>The loop, storing what it added.</summary>
    public static For Stored(For loop, Accumulate sum)
    {
        var store = Stored(sum);
        return loop with { Body = loop.Body with { Ops = loop.Body.Ops.Select(op => ReferenceEquals(op, sum) ? store : op).ToImmutableArray() } };
    }

    /// <summary>What adds to an element that is zero.</summary>
    public static Store Stored(Accumulate sum) => new(sum.Array, sum.Index, sum.Value) { Line = sum.Line };

    /// <summary>Sets the elements from <paramref name="end"/> on to zero, or all if it is negative.</summary>
    public static void ClearRest(Operand array, Operand end, ValueSource values, ImmutableArray<Op>.Builder before)
    {
        var (length, reached) = (values.Fresh(ScalarType.Int32), values.Fresh(ScalarType.Int32));
        var rest = values.Fresh(((ArrayType)array.Type) with { Form = ArrayForm.Span });
        before.Add(new Length(length, array));
        var zero = new IntegerConstant(ScalarType.Int32, 0);
        before.Add(new Compute(reached, Opcode.Clamp, ImmutableArray.Create(end, zero, length)));
        before.Add(new View(rest, array, reached, null));
        before.Add(new Fill(rest, new NumberConstant(((ArrayType)array.Type).Element, 0)));
    }
}
