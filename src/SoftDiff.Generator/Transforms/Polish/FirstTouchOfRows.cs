using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// <see cref="FirstTouch"/> of a matrix: two loops, one in the other, that add once to each a[i * n + j] with j from 0 to n - 1, or to element j of a
/// slice of n that starts at i * n. The elements are all different, so the inner loop stores.
/// Relies on coming before <see cref="Rows"/>, whose slices hide what an inner loop touches.
/// </summary>
internal static class FirstTouchOfRows
{
    public static For Apply(For loop, ValueSource values, Storage storage, ImmutableArray<Op>.Builder before)
    {
        if (!loop.IsPlain || loop.Body.AllOps().Any(op => op is Throw or Call)) return loop;
        foreach (var inner in loop.Body.Ops.OfType<For>().Where(nested => nested.IsPlain).ToList())
        {
            var current = inner;
            foreach (var sum in inner.Body.Ops.OfType<Accumulate>().ToList())
            {
                if (Matrix(sum, inner, loop) is not { } array || FirstTouch.Clearing(array, storage, before) is not { } clear) continue;
                if (loop.Body.Ops.Count(op => op is not View && storage.Touches(op, array)) != 1) continue;
                if (inner.Body.Ops.Count(op => storage.Touches(op, array)) != 1) continue;
                var stored = FirstTouch.Stored(current, sum);
                loop = loop with { Body = loop.Body with { Ops = loop.Body.Ops.Replace(current, stored) } };
                current = stored;
                before.RemoveAt(clear);
                FirstTouch.ClearRest(array, Reached(loop.End, inner.End, values, before), values, before);
            }
        }

        return loop;
    }

    /// <summary>The array of which each iteration of the outer loop is a row of as many elements as the inner one visits.</summary>
    private static Operand? Matrix(Accumulate sum, For inner, For outer)
    {
        if (sum.Index.Equals(inner.Index))
        {
            return Definition(sum.Array, outer) is View view && inner.End.Equals(view.Count) && IsRow(view.Start, inner.End, outer) ? view.Array : null;
        }

        if (Definition(sum.Index, inner) is not Compute { Code: Opcode.Add, Checked: false } add) return null;
        var start = add.Args[0].Equals(inner.Index) ? add.Args[1] : add.Args[1].Equals(inner.Index) ? add.Args[0] : null;
        var isInner = Definition(sum.Array, inner) is not null || Definition(sum.Array, outer) is not null;
        return start is not null && !isInner && (IsRow(start, inner.End, outer) || IsRow(start, inner.End, outer, inner)) ? sum.Array : null;
    }

    private static bool IsRow(Operand start, Operand width, For outer, For? inner = null) =>
        Definition(start, inner ?? outer) is Compute { Code: Opcode.Multiply, Checked: false } product
        && product.Args.Any(a => a.Equals(outer.Index)) && product.Args.Any(a => a.Equals(width))
        && !outer.Index.Equals(width) && Definition(width, outer) is null;

    private static Op? Definition(Operand operand, For loop) =>
        operand is Value value ? loop.Body.Ops.FirstOrDefault(op => op.Results.Contains(value)) : null;

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
