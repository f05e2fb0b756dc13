using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Multiplies by the reciprocal where numbers of a Jacobian are divided by the same square root more than once. The reciprocal of a square
/// root neither overflows nor underflows, so the product differs from the quotient by rounding only. The reciprocal of another divisor may be
/// infinite where the quotient is not. Input and output: a function without loops that writes a matrix of derivatives. The pass changes only
/// what the matrix alone depends on, so results of the primal keep their last bit.
/// </summary>
internal sealed class ShareReciprocals
{
    private readonly Function _function;
    private readonly Operand _matrix;
    private readonly Definitions _definitions;

    /// <summary>The values on which more than the matrix depends.</summary>
    private readonly HashSet<Operand> _primal;

    private ShareReciprocals(Function function, Operand matrix)
    {
        (_function, _matrix, _definitions) = (function, matrix, new Definitions(function));
        _primal = new HashSet<Operand>(function.Body.Yields);
        Mark(function.Body);
    }

    public static Function Run(Function function, Operand matrix) => new ShareReciprocals(function, matrix).Run();

    private Function Run()
    {
        var divisions = _function.Body.AllOps().Where(IsOfDerivatives).Cast<Compute>();
        var shared = divisions.GroupBy(division => division.Args[1]).Where(g => g.Count() > 1);
        var values = new ValueSource(_function.MaxId() + 1);
        var reciprocals = shared.ToDictionary(g => g.Key, g => values.Fresh(g.Key.Type));
        if (reciprocals.Count == 0) return _function;

        var rewritten = _function.RewriteOps((op, before) =>
        {
            before.Add(IsOfDerivatives(op) && op is Compute division && reciprocals.TryGetValue(division.Args[1], out var factor)
                ? division with { Code = Opcode.Multiply, Args = ImmutableArray.Create(division.Args[0], factor) }
                : op);
            foreach (var result in op.Results.Where(reciprocals.ContainsKey)) before.Add(Reciprocal(result));
        });
        var ofParameters = _function.Parameters.Select(p => p.Value).Where(reciprocals.ContainsKey).Select(Reciprocal);
        return rewritten with { Body = rewritten.Body with { Ops = rewritten.Body.Ops.InsertRange(0, ofParameters) } };

        Op Reciprocal(Value of) =>
            new Compute(reciprocals[of], Opcode.Divide, ImmutableArray.Create<Operand>(new NumberConstant((ScalarType)of.Type, 1), of));
    }

    private bool IsOfDerivatives(Op op) =>
        op is Compute { Code: Opcode.Divide, Result: { Type.IsFloat: true } result } division
        && IsRoot(division.Args[1]) && !_primal.Contains(result);

    /// <summary>Whether a value is a square root, or is one in a branch and zero otherwise: x / 0 and x * (1 / 0) are the same.</summary>
    private bool IsRoot(Operand value) => _definitions.OpOf(value) switch
    {
        Compute { Code: Opcode.Sqrt } => true,
        If branch => branch.Blocks().Where(block => !block.Throws()).Select(block => block.Yields[branch.Values.IndexOf((Value)value)])
            .All(yield => yield is NumberConstant { Number: 0 } || IsRoot(yield)),
        _ => false,
    };

    private void Mark(Block block)
    {
        foreach (var op in block.Ops.Reverse()) Mark(op);
    }

    private void Mark(Op op)
    {
        switch (op)
        {
            case Compute or Load:
                if (op.Results.Any(_primal.Contains)) _primal.UnionWith(op.Reads());
                break;
            case Store store when IsMatrix(store.Array):
                _primal.Add(store.Index);
                break;
            case Accumulate sum when IsMatrix(sum.Array):
                _primal.Add(sum.Index);
                break;
            case If branch:
                _primal.Add(branch.Condition);
                for (var i = 0; i < branch.Values.Length; i++)
                {
                    if (!_primal.Contains(branch.Values[i])) continue;
                    _primal.UnionWith(branch.Blocks().Where(b => !b.Throws()).Select(b => b.Yields[i]));
                }

                foreach (var inner in branch.Blocks()) Mark(inner);
                break;
            default:
                // What is written elsewhere, passed on or tested may be used in any way.
                _primal.UnionWith(op.AllReads());
                foreach (var inner in op.Blocks()) Mark(inner);
                break;
        }
    }

    private bool IsMatrix(Operand array) => _definitions.Root(array).Equals(_matrix);
}
