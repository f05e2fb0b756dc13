using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Adds the uniform factors of a sum first: t · a + t · b becomes t · (a + b), if t varies from direction to direction and a and b do not. A
/// sum that each direction computes then has one product for each number that varies. Only derivatives vary, so the last bits of the primal
/// stay. Relies on <see cref="GatherFactors"/>, which leaves one uniform factor in a product.
/// </summary>
internal sealed class CollectTerms
{
    private readonly Variation _variation;
    private readonly ValueSource _values;
    private readonly Dictionary<Operand, int> _uses = new();

    private CollectTerms(For loop, Variation variation, ValueSource values)
    {
        (_variation, _values) = (variation, values);
        foreach (var read in loop.Body.AllReads()) _uses[read] = _uses.TryGetValue(read, out var count) ? count + 1 : 1;
    }

    public static For Run(For loop, Variation variation, ValueSource values)
    {
        var pass = new CollectTerms(loop, variation, values);
        return (For)loop.WithBody(pass.Visit(loop.Body));
    }

    /// <summary>A term of a sum: ± <paramref name="Whole"/>, which is <paramref name="Varying"/> times the uniform factors.</summary>
    private sealed record Term(bool IsNegative, Operand Whole, Operand Varying, ImmutableArray<Operand> Factors);

    private Block Visit(Block block)
    {
        var into = new BlockBuilder(_values);
        var read = block.Ops.OfType<Compute>().Where(IsSum).SelectMany(sum => sum.Args);
        var parts = new HashSet<Operand>(read.Where(arg => _uses[arg] == 1));
        foreach (var op in block.Ops)
        {
            // A part of a larger sum is collected with that sum.
            var terms = op is Compute sum && IsSum(sum) && !parts.Contains(sum.Result) ? Terms(sum, into) : new List<Term>();
            var groups = terms.GroupBy(term => term.Varying).Select(group => group.ToList()).ToList();
            into.Line = op.Line;
            if (groups.Count < terms.Count) Add(groups, op.Results[0], into);
            else into.Add(op.MapBlocks(Visit));
        }

        return block with { Ops = into.Ops };
    }

    private bool IsSum(Compute op) =>
        op.Code is Opcode.Add or Opcode.Subtract or Opcode.Negate && op.Result.Type.IsFloat && _variation.Varies(op.Result);

    /// <summary>The terms of a sum, and of the sums of the same block that are only read in it.</summary>
    private List<Term> Terms(Compute whole, BlockBuilder block)
    {
        var terms = new List<Term>();
        AddParts(whole, isNegative: false);
        return terms;

        void AddParts(Compute sum, bool isNegative)
        {
            for (var i = 0; i < sum.Args.Length; i++)
            {
                var isSubtracted = isNegative != (sum.Code == Opcode.Negate || (sum.Code == Opcode.Subtract && i == 1));
                var part = _uses[sum.Args[i]] == 1 && sum.Args[i] is Value value ? block.Find(value) : null;
                if (part is Compute inner && IsSum(inner)) AddParts(inner, isSubtracted);
                else terms.Add(TermOf(sum.Args[i], isSubtracted));
            }
        }

        Term TermOf(Operand term, bool isNegative)
        {
            var (varying, factors) = (term, ImmutableArray<Operand>.Empty);
            while (varying is Value value && block.Find(value) is Compute { Code: Opcode.Multiply } product)
            {
                if (_variation.Varies(product.Args[0]) == _variation.Varies(product.Args[1])) break;
                var first = _variation.Varies(product.Args[0]) ? 0 : 1;
                (varying, factors) = (product.Args[first], factors.Add(product.Args[1 - first]));
            }

            return new Term(isNegative, term, varying, factors);
        }
    }

    /// <summary>
    /// Computes the result as the sum of the groups. What comes from an earlier iteration is added last, so the next iteration waits for
    /// one addition only.
    /// </summary>
    private void Add(List<List<Term>> groups, Value result, BlockBuilder block)
    {
        var into = new BlockBuilder(_values) { Line = block.Line };
        var parts = groups
            .Select(group => group.Count == 1 ? (group[0].IsNegative, group[0].Whole) : (IsNegative: false, Whole: Collected(group, into)))
            .ToList();
        var here = parts.Where(part => part.Whole is Value value && (block.Find(value) ?? into.Find(value)) is not null).ToList();
        var total = Sum(here, into);
        if (here.Count < parts.Count) total = Sum(parts.Except(here).Append(total).ToList(), into);
        var sum = total.IsNegative ? into.Compute(result.Type, Opcode.Negate, total.Whole) : (Value)total.Whole;
        foreach (var op in into.Ops) block.Add(op is Compute last && last.Result.Equals(sum) ? last with { Result = result } : op);
    }

    /// <summary>The sum with its sign. It starts with a part of positive sign, if there is one.</summary>
    private static (bool IsNegative, Operand Whole) Sum(List<(bool IsNegative, Operand Whole)> parts, BlockBuilder into)
    {
        var first = Math.Max(parts.FindIndex(part => !part.IsNegative), 0);
        var (isNegative, total) = parts[first];
        foreach (var (isSubtracted, part) in parts.Where((_, i) => i != first))
        {
            total = into.Compute(total.Type, isSubtracted == isNegative ? Opcode.Add : Opcode.Subtract, total, part);
        }

        return (isNegative, total);
    }

    /// <summary>t · (± a ± b …)</summary>
    private static Operand Collected(List<Term> group, BlockBuilder into)
    {
        var type = (ScalarType)group[0].Varying.Type;
        Operand? sum = null;
        foreach (var (isNegative, _, _, factors) in group.OrderBy(term => term.IsNegative))
        {
            Operand factor = factors.IsEmpty ? new NumberConstant(type, 1) : factors[0];
            foreach (var next in factors.Skip(1)) factor = GatherFactors.Product(factor, next, into);
            if (sum is null) sum = isNegative ? into.Compute(type, Opcode.Negate, factor) : factor;
            else if (Sum(sum, isNegative, factor) is { } constant) sum = constant;
            else sum = into.Compute(type, isNegative ? Opcode.Subtract : Opcode.Add, sum, factor);
        }

        return into.Compute(type, Opcode.Multiply, group[0].Varying, sum!);
    }

    /// <summary>The sum of two constants; null for other operands.</summary>
    private static NumberConstant? Sum(Operand a, bool isSubtracted, Operand b)
    {
        if (a is not NumberConstant x || b is not NumberConstant y || x.Scalar != ScalarType.Double) return null;
        return new NumberConstant(x.Scalar, isSubtracted ? x.Number - y.Number : x.Number + y.Number);
    }
}
