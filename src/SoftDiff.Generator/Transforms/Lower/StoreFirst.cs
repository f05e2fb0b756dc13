using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Turns additions to zero into stores. If a loop adds once to each element, in order, of an array that was just cleared or made, the loop
/// stores instead. Only the elements that the loop does not reach are still set to zero. Relies on <see cref="Aliases"/> for what touches
/// the array in between.
/// </summary>
internal static class StoreFirst
{
    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is Accumulate)) return function;
        var definitions = new Definitions(function);
        var pass = new Pass(new ValueSource(function.MaxId() + 1), new Aliases(function, definitions), new ArrayLengths(function, definitions));
        return function.RewritePlainLoops((loop, before) => before.Add(Apply(loop, pass, before)));
    }

    private sealed record Pass(ValueSource Values, Aliases Aliases, ArrayLengths Lengths);

    private static For Apply(For loop, Pass pass, ImmutableArray<Op>.Builder before)
    {
        foreach (var sum in loop.Body.Ops.OfType<Accumulate>().Where(a => a.Index.Equals(loop.Index)).ToList())
        {
            if (loop.Body.AllOps().Any(op => op is Throw or Call) || loop.Body.Ops.Count(op => pass.Aliases.Touches(op, sum.Array)) != 1) continue;
            if (Clearing(sum.Array, pass.Aliases, before) is { } clear)
            {
                before.RemoveAt(clear);
                if (!pass.Lengths.AreEqual(sum.Array, loop.End)) ClearRest(sum.Array, loop.End, pass.Values, before);
            }
            else if (SkipClearing.Making(sum.Array, pass.Aliases, before) is { } made && pass.Lengths.AreEqual(made.Result, loop.End))
            {
                SkipClearing.Uncleared(made, before);
            }
            else
            {
                continue;
            }

            loop = loop.Replace(sum, Stored(sum));
        }

        return loop;
    }

    /// <summary>Where the array is set to zero, if nothing touches it after that; else null.</summary>
    public static int? Clearing(Operand array, Aliases aliases, ImmutableArray<Op>.Builder before)
    {
        var last = before.Count - 1;
        while (last >= 0 && !aliases.Touches(before[last], array)) last--;
        return last >= 0 && before[last] is Fill { Value: NumberConstant { Number: 0 } } fill && fill.Array.Equals(array) ? last : null;
    }

    /// <summary>The operation that adds to an element that is zero.</summary>
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
        before.Add(new Fill(rest, Operand.Zero(((ArrayType)array.Type).Element)));
    }
}
