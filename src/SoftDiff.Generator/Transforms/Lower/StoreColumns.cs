using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Declared;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Writes lanes straight to a matrix. Input: a block that fills a local array of lanes and then stores each element to a row of a matrix.
/// Output: the array is a <see cref="LaneColumn"/> of the matrix, and the last loop is gone. This is done only if no loop reads the array or
/// adds to it: rows of a large matrix are far apart in memory, so a loop should visit them once. Relies on the code to write every element,
/// as the array is not cleared.
/// </summary>
internal static class StoreColumns
{
    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is LaneStore)) return function;
        var definitions = new Definitions(function);
        var (aliases, lengths) = (new Aliases(function, definitions), new ArrayLengths(function, definitions));
        var values = new ValueSource(function.MaxId() + 1);
        return function.RewriteBlocks(block =>
        {
            foreach (var made in block.Ops.OfType<Allocate>().Where(made => !made.Cleared && IsOfLanes(made.Result)))
            {
                if (Column.Of(made, block, aliases, lengths) is { } column) block = column.Rewrite(block, values);
            }

            return block;
        });
    }

    /// <summary>Whether the elements are lanes. Those of a column that is the same for every direction are numbers.</summary>
    private static bool IsOfLanes(Value array) => ((ArrayType)array.Type).Element.LaneOf is not null;

    /// <summary>A local array of lanes, and the loop that stores its elements to the rows of a matrix.</summary>
    /// <param name="Made">The array.</param>
    /// <param name="Loop">The loop.</param>
    /// <param name="Matrix">The matrix.</param>
    /// <param name="Place">The place of element i in the matrix, as a function of i.</param>
    /// <param name="Writing">What touches the array before the loop.</param>
    private sealed record Column(Allocate Made, For Loop, Operand Matrix, AffineIndex Place, List<Op> Writing)
    {
        public static Column? Of(Allocate made, Block block, Aliases aliases, ArrayLengths lengths)
        {
            var touching = block.Ops.Where(op => op is not Allocate && aliases.Touches(op, made.Result)).ToList();
            if (touching.Count < 2 || touching[touching.Count - 1] is not For { IsPlain: true, Carried.IsEmpty: true } loop) return null;
            if (!lengths.AreEqual(made.Result, loop.End) || Stored(loop, made.Result) is not var (matrix, place)) return null;
            touching.Remove(loop);
            var first = block.Ops.IndexOf(touching[0]);
            var between = block.Ops.Skip(first).Take(block.Ops.IndexOf(loop) - first).ToList();
            var isKnown = !loop.AllReads().Intersect(between.SelectMany(op => op.Results)).Any();
            if (!isKnown || between.Any(op => aliases.Touches(op, matrix))) return null;
            var column = new Column(made, loop, matrix, place, touching);
            return touching.All(op => column.MayTouch(op, aliases)) ? column : null;
        }

        /// <summary>The block, whose array is now a view of the matrix.</summary>
        public Block Rewrite(Block block, ValueSource values)
        {
            var type = (ArrayType)Made.Result.Type;
            var column = Made.Result with { Id = values.Next, Type = type with { Form = ArrayForm.Column } };
            values.Fresh(column.Type);
            var into = new BlockBuilder(values);
            var names = new Substitution { [Made.Result] = column };
            foreach (var op in block.Ops.Remove(Made).Remove(Loop))
            {
                into.Line = op.Line;
                if (op == Writing[0]) into.Add(new LaneColumn(column, Matrix, Place.Base!, Place.Width!, Loop.End));
                if (op is Length length && length.Array.Equals(Made.Result)) names[length.Result] = Made.Length;
                else if (op is Fill fill && Writing.Contains(op)) Clear(fill, names, column, into);
                else if (op is not View || !Writing.Contains(op)) into.Add(names.Map(op));
            }

            return new Block(into.Ops, names.Map(block.Yields));
        }

        /// <summary>Sets the elements to zero that were set so as a part of the array.</summary>
        private void Clear(Fill fill, Substitution names, Value column, BlockBuilder into)
        {
            var part = Writing.OfType<View>().FirstOrDefault(view => view.Result.Equals(fill.Array));
            var start = part is null ? ArrayCode.Int(0) : names.Map(part.Start);
            var end = part?.Count is { } count ? MatrixCode.Add(start, names.Map(count), into) : Loop.End;
            MatrixCode.Count(start, end, "i", into, (body, i) => body.Add(new Store(column, i, names.Map(fill.Value))));
        }

        /// <summary>The matrix and the place of element i, if the loop stores it there and does nothing else.</summary>
        private static (Operand Matrix, AffineIndex Place)? Stored(For loop, Value array)
        {
            var (stores, loads) = (loop.Body.Ops.OfType<LaneStore>().ToList(), loop.Body.Ops.OfType<Load>().ToList());
            if (stores.Count != 1 || loads.Count != 1 || stores[0].Stride is not null) return null;
            var (store, load) = (stores[0], loads[0]);
            if (!load.Array.Equals(array) || !load.Index.Equals(loop.Index) || !store.Value.Equals(load.Result)) return null;
            var others = loop.Body.Ops.Where(op => op != store && op != load);
            if (!others.All(op => op is Compute { Code: Opcode.Add or Opcode.Multiply })) return null;
            var place = AffineIndex.Of(store.Index, loop, new LoopScope(loop));
            var isRow = place is { Width: not null, Base: not null, Offset: 0, SubtractsBase: false, MayThrow: false };
            return isRow ? (store.Array, place!) : null;
        }

        private bool MayTouch(Op op, Aliases aliases, bool isInside = false, bool isInLoop = false) => op switch
        {
            Store store => store.Array.Equals(Made.Result),
            Load load => !isInLoop && load.Array.Equals(Made.Result),
            Accumulate sum => !isInLoop && sum.Array.Equals(Made.Result),
            View view => !isInside && view.Array.Equals(Made.Result),
            Fill fill => !isInside && (fill.Array.Equals(Made.Result) || IsPart(fill.Array)),
            If or For => op.Blocks().SelectMany(block => block.Ops).Where(o => aliases.Touches(o, Made.Result))
                .All(o => MayTouch(o, aliases, isInside: true, isInLoop || op is For)),
            _ => false,
        };

        private bool IsPart(Operand array) => Writing.Any(op => op is View view && view.Result.Equals(array));
    }
}
