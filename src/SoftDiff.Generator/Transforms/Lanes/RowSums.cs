using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Adds multiples of the examples' rows to the rows of an array that all examples share. Input: an innermost loop that adds
/// <c>factor * x[j]</c> to consecutive elements of the array; x is an array that each example has for itself. Output: one <see cref="LaneRowSum"/>
/// before the loop, which no longer adds. It loads and stores each element once for all lanes, and adds the examples in their order.
/// </summary>
internal sealed class RowSums
{
    private readonly Variation _variation;
    private readonly ScalarType _lane;

    public RowSums(Variation variation, ScalarType lane) => (_variation, _lane) = (variation, lane);

    /// <summary>Whether all additions to shared arrays in inner loops of the statement can become sums of rows.</summary>
    public bool Fits(Op statement)
    {
        var written = new HashSet<Operand>(statement.WithNested().SelectMany(op => op.ElementsWritten()).Select(_variation.Storage));
        bool IsRow(RowTerm? term) => term is not null && !written.Contains(_variation.Storage(term.Terms.Array));
        return Innermost(statement).All(loop => Sums(loop).All(sum => IsRow(Match(loop, sum))));
    }

    /// <summary>The arrays whose rows the statement adds.</summary>
    public IEnumerable<Operand> Rows(Op statement) =>
        Innermost(statement).SelectMany(loop => Sums(loop).Select(sum => Match(loop, sum)!.Terms.Array));

    /// <param name="statement">The statement.</param>
    /// <param name="rows">For an array of which each example has a row: the rows, the first element of the first one, and the distance between them.</param>
    /// <param name="values">The numbers of values.</param>
    /// <returns>The operations in place of the statement.</returns>
    public ImmutableArray<Op> Apply(Op statement, Func<Operand, (Operand Rows, Operand First, Operand Stride)> rows, ValueSource values)
    {
        if (statement is not For loop || Sums(loop).Count == 0 || !IsInnermost(loop))
        {
            Block Inner(Block block) => block with { Ops = block.Ops.SelectMany(op => Apply(op, rows, values)).ToImmutableArray() };
            return ImmutableArray.Create(statement.MapBlocks(Inner));
        }

        var code = new BlockBuilder(values) { Line = loop.Line };
        foreach (var sum in Sums(loop))
        {
            var match = Match(loop, sum)!;
            var (all, first, stride) = rows(match.Terms.Array);
            if (match.From is not IntegerConstant { Number: 0 }) first = code.Compute(ScalarType.Int32, Opcode.Add, first, match.From);
            code.Add(new LaneRowSum(sum.Array, match.To, loop.End, match.Factor, all, first, stride, _lane));
        }

        code.Add(loop.WithBody(loop.Body.Without(op => op is Accumulate sum && _variation.IsSum(sum.Array))));
        return code.Ops;
    }

    /// <summary>A sum that can be one of rows: its first element, the factor, the elements that are multiplied, and the first of these.</summary>
    private sealed record RowTerm(Operand To, Operand Factor, Load Terms, Operand From);

    private static IEnumerable<For> Innermost(Op statement) => statement.WithNested().OfType<For>().Where(IsInnermost);

    private static bool IsInnermost(For loop) => !loop.Body.AllOps().Any(op => op is Loop);

    private List<Accumulate> Sums(For loop) => loop.Body.AllOps().OfType<Accumulate>().Where(sum => _variation.IsSum(sum.Array)).ToList();

    private RowTerm? Match(For loop, Accumulate sum)
    {
        if (!loop.IsPlain || !loop.Body.Ops.Contains(sum)) return null;
        var scope = new LoopScope(loop);
        if (StartOf(sum.Index) is not { } to || scope.OpOf(sum.Value) is not Compute { Code: Opcode.Multiply } product) return null;
        return Term(product.Args[0], product.Args[1]) ?? Term(product.Args[1], product.Args[0]);

        Operand? StartOf(Operand index) => AffineIndex.Of(index, loop, scope)?.Start is { } start && scope.IsOutside(start) ? start : null;

        RowTerm? Term(Operand factor, Operand element)
        {
            if (!scope.IsOutside(factor) || scope.OpOf(element) is not Load load || !_variation.Varies(load.Array)) return null;
            return load.Array.Equals(_variation.Storage(load.Array)) && StartOf(load.Index) is { } from ? new RowTerm(to, factor, load, from) : null;
        }
    }
}
