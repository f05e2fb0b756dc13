using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Turns additions to a cleared matrix into stores (<see cref="StoreFirst"/> does so for an array). Two nested loops must add once to each
/// a[i * n + j] with j from 0 to n - 1, or to element j of a slice of n elements that starts at i * n. No element occurs twice, so the
/// inner loop may store. Relies on <see cref="Aliases"/> for what touches the array.
/// </summary>
internal static class StoreFirstRows
{
    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is Accumulate)) return function;
        var (values, aliases) = (new ValueSource(function.MaxId() + 1), new Aliases(function, new Definitions(function)));
        return function.RewritePlainLoops((loop, before) => before.Add(Apply(loop, values, aliases, before)));
    }

    private static For Apply(For loop, ValueSource values, Aliases aliases, ImmutableArray<Op>.Builder before)
    {
        if (loop.Body.AllOps().Any(op => op is Throw or Call)) return loop;
        foreach (var inner in loop.Body.Ops.OfType<For>().Where(nested => nested.IsPlain && nested.Body.Ops.Any(op => op is Accumulate)).ToList())
        {
            var (rows, elements) = (new LoopScope(loop), new LoopScope(inner));
            var current = inner;
            foreach (var sum in inner.Body.Ops.OfType<Accumulate>().ToList())
            {
                if (Matrix(sum, inner, elements, loop, rows) is not { } array || StoreFirst.Clearing(array, aliases, before) is not { } clear) continue;
                if (loop.Body.Ops.Count(op => op is not View && aliases.Touches(op, array)) != 1) continue;
                if (inner.Body.Ops.Count(op => aliases.Touches(op, array)) != 1) continue;
                var stored = current.Replace(sum, StoreFirst.Stored(sum));
                loop = loop.Replace(current, stored);
                current = stored;
                before.RemoveAt(clear);
                StoreFirst.ClearRest(array, Reached(loop.End, inner.End, values, before), values, before);
            }
        }

        return loop;
    }

    /// <summary>
    /// The array in which each iteration of the outer loop visits one row; the inner loop visits the elements of the row.
    /// </summary>
    private static Operand? Matrix(Accumulate sum, For inner, LoopScope elements, For outer, LoopScope rows)
    {
        if (sum.Index.Equals(inner.Index))
        {
            return rows.OpOf(sum.Array) is View view && inner.End.Equals(view.Count) && IsRow(view.Start) ? view.Array : null;
        }

        return rows.IsOutside(sum.Array) && AffineIndex.Of(sum.Index, inner, elements)?.Start is { } start && IsRow(start) ? sum.Array : null;

        bool IsRow(Operand start) => AffineIndex.Of(start, outer, rows) is { Width: { } width, Base: null, Offset: 0, MayThrow: false }
            && width.Equals(inner.End) && rows.IsOutside(width);
    }

    // Loops that do not run reach nothing, also if both counts are negative.
    private static Operand Reached(Operand rows, Operand width, ValueSource values, ImmutableArray<Op>.Builder before)
    {
        if (rows is IntegerConstant { Number: >= 0 } known && width is IntegerConstant { Number: >= 0 } each
            && known.Number * each.Number <= int.MaxValue)
        {
            return new IntegerConstant(ScalarType.Int32, known.Number * each.Number);
        }

        var product = values.Fresh(ScalarType.Int32);
        before.Add(new Compute(product, Opcode.Multiply, ImmutableArray.Create(AtLeastZero(rows), AtLeastZero(width))));
        return product;

        Operand AtLeastZero(Operand count) => Compute.AtLeastZero(count, values, before.Add);
    }
}
