namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Builds products of derivatives from earlier products, if that takes fewer multiplications: p = a b; …; q = c a d b becomes q = p c d.
/// Input and output: a derivative function. The pass changes straight-line code only. It never changes values on which the primal's own
/// results depend, since those must keep their last bit.
/// </summary>
internal sealed class ShareProducts
{
    private const int MostFactors = 8;

    private readonly Function _function;
    private readonly ValueSource _values;
    private readonly HashSet<Value> _primal = new();
    private readonly Dictionary<Value, int> _uses = new();
    private readonly Dictionary<Value, Compute> _products = new();
    private readonly Dictionary<Value, Factors> _factors = new();

    // The products found so far. The key is one of their operands, which every larger product also has, and their constant up to a power of
    // two.
    private readonly Dictionary<(Operand Operand, long Digits), List<Value>> _byOperand = new();
    private readonly Dictionary<Value, int> _order = new();

    // Values that are part of a larger product of derivatives and nothing else.
    private readonly HashSet<Value> _parts = new();

    private ShareProducts(Function function)
    {
        _function = function;
        _values = new ValueSource(function.MaxId() + 1);
        foreach (var read in function.Body.AllReads().OfType<Value>()) _uses[read] = Uses(read) + 1;
    }

    public static Function Run(Function function) => new ShareProducts(function).Run();

    private Function Run()
    {
        foreach (var operand in _function.Body.Yields.Take(_function.PrimalResults)) MarkPrimal(operand);
        foreach (var op in _function.Body.Ops.Reverse()) MarkPrimal(op);
        foreach (var product in _function.Body.Ops.OfType<Compute>().Where(c => c.Code == Opcode.Multiply && IsFree(c.Result)))
        {
            _parts.UnionWith(product.Args.OfType<Value>().Where(arg => Uses(arg) == 1 && IsFree(arg)));
        }

        var ops = ImmutableArray.CreateBuilder<Op>();
        var same = new Substitution();
        foreach (var op in _function.Body.Ops)
        {
            if (op is Compute { Code: Opcode.Multiply } product && product.Result.Type.Equals(ScalarType.Double))
            {
                if (IsRoot(product) && Better(product) is { } better)
                {
                    Rebuild(product, better, ops, same);
                    continue;
                }

                Know(product);
            }

            ops.Add(same.Map(op));
        }

        return _function with { Body = WithoutUnread(ops, same.Map(_function.Body.Yields)) };
    }

    private static Block WithoutUnread(ImmutableArray<Op>.Builder ops, ImmutableArray<Operand> yields)
    {
        var read = new HashSet<Operand>(yields);
        for (var i = ops.Count - 1; i >= 0; i--)
        {
            if (ops[i] is Compute { Code: Opcode.Multiply } product && !read.Contains(product.Result)) ops.RemoveAt(i);
            else read.UnionWith(ops[i].AllReads());
        }

        return new Block(ops.ToImmutable(), yields);
    }

    private int Uses(Value value) => _uses.TryGetValue(value, out var count) ? count : 0;

    private void MarkPrimal(Operand operand)
    {
        if (operand is Value value) _primal.Add(value);
    }

    private void MarkPrimal(Op op)
    {
        switch (op)
        {
            case Compute or Load or Length or IsNull or View:
                if (!op.Results.Any(_primal.Contains)) return;
                foreach (var read in op.Reads()) MarkPrimal(read);
                return;
            case If @if:
                MarkPrimal(@if.Condition);
                for (var i = 0; i < @if.Values.Length; i++)
                {
                    if (!_primal.Contains(@if.Values[i])) continue;
                    MarkPrimal(@if.Then.Yields[i]);
                    MarkPrimal(@if.Else.Yields[i]);
                }

                foreach (var inner in @if.Then.Ops.Reverse().Concat(@if.Else.Ops.Reverse())) MarkPrimal(inner);
                return;
            default:
                // A value that is stored, passed on or iterated over may be used in any way.
                foreach (var read in op.AllReads()) MarkPrimal(read);
                return;
        }
    }

    private bool IsFree(Operand operand) => operand is Value value && !_primal.Contains(value);

    // A part of a larger product is looked at with that.
    private bool IsRoot(Compute product) => IsFree(product.Result) && !_parts.Contains(product.Result);

    private void Know(Compute product)
    {
        _products[product.Result] = product;
        var factors = Of(product.Result);
        if (factors.Operands.Length < 2) return;

        // The key is the rarest operand: under one that many products share, each product would be compared with all others.
        var digits = Digits(factors.Constant);
        var rarest = factors.Operands.OrderBy(operand => Having(operand, digits).Count).First();
        if (!_byOperand.TryGetValue((rarest, digits), out var products)) _byOperand.Add((rarest, digits), products = new List<Value>());
        products.Add(product.Result);
        _order.Add(product.Result, _order.Count);
    }

    private IReadOnlyList<Value> Having(Operand operand, long digits) =>
        _byOperand.TryGetValue((operand, digits), out var products) ? products : Array.Empty<Value>();

    /// <summary>The same for numbers that differ by a sign and a power of two.</summary>
    private static long Digits(double number) => BitConverter.DoubleToInt64Bits(number) & ((1L << 52) - 1);

    /// <summary>The factors of a product: a constant, and operands that are no products.</summary>
    private sealed record Factors(double Constant, ImmutableArray<Operand> Operands);

    private Factors Of(Operand operand)
    {
        if (operand is NumberConstant number) return new Factors(number.Number, ImmutableArray<Operand>.Empty);
        if (operand is not Value value || !_products.TryGetValue(value, out var product)) return new Factors(1, ImmutableArray.Create(operand));
        if (_factors.TryGetValue(value, out var known)) return known;
        var factors = Of(product);
        return _factors[value] = factors.Operands.Length <= MostFactors ? factors : new Factors(1, ImmutableArray.Create(operand));
    }

    private Factors Of(Compute product)
    {
        var (left, right) = (Of(product.Args[0]), Of(product.Args[1]));
        return new Factors(left.Constant * right.Constant, left.Operands.AddRange(right.Operands));
    }

    /// <summary>The operands whose product it is, fewer than it is made of now; null if there are none.</summary>
    private List<Operand>? Better(Compute root)
    {
        var (leaves, parts) = (new List<Operand>(), new HashSet<Operand>());
        Collect(root);
        var factors = Of(root);
        if (factors.Operands.Length > MostFactors) return null;

        var (constant, rest) = (factors.Constant, factors.Operands.ToList());
        var cover = new List<Operand>();
        var digits = new[] { Digits(1), Digits(constant) }.Distinct().ToList();
        var candidates = rest.Distinct().SelectMany(o => digits.SelectMany(d => Having(o, d))).Where(p => !parts.Contains(p))
            .OrderByDescending(p => Of(p).Operands.Length).ThenBy(p => factors.Operands.IndexOf(Of(p).Operands[0])).ThenBy(p => _order[p]);
        foreach (var known in candidates.ToList())
        {
            var (scale, operands) = (Of(known).Constant, Of(known).Operands);
            if (!IsPowerOfTwo(constant / scale) && scale != 1) continue;
            var left = new List<Operand>(rest);
            if (!operands.All(left.Remove)) continue;
            (constant, rest) = (constant / scale, left);
            cover.Add(known);
        }

        cover.AddRange(rest);
        if (constant != 1) cover.Add(new NumberConstant(ScalarType.Double, constant));
        return cover.Count < leaves.Count ? cover : null;

        void Collect(Compute product)
        {
            foreach (var arg in product.Args)
            {
                if (arg is Value value && _parts.Contains(value) && _products.TryGetValue(value, out var part))
                {
                    parts.Add(value);
                    Collect(part);
                }
                else
                {
                    leaves.Add(arg);
                }
            }
        }
    }

    private static bool IsPowerOfTwo(double number) => Math.Abs(number) is 0.25 or 0.5 or 1 or 2 or 4;

    private void Rebuild(Compute root, List<Operand> cover, ImmutableArray<Op>.Builder ops, Substitution same)
    {
        if (cover.Count == 1)
        {
            same[root.Result] = same.Map(cover[0]);
            return;
        }

        var product = same.Map(cover[0]);
        for (var i = 1; i < cover.Count; i++)
        {
            var result = i == cover.Count - 1 ? root.Result : _values.Fresh(ScalarType.Double);
            var next = cover[i] is NumberConstant { Number: -1 }
                ? new Compute(result, Opcode.Negate, ImmutableArray.Create(product))
                : new Compute(result, Opcode.Multiply, ImmutableArray.Create(product, same.Map(cover[i])));
            ops.Add(next with { Line = root.Line });
            if (next.Code == Opcode.Multiply) Know(next);
            product = result;
        }
    }
}
