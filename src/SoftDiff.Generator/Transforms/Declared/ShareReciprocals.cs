using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Multiplies by the reciprocal where numbers of a Jacobian are divided by the same divisor more than once. Input and output: a function without loops that
/// writes a matrix of derivatives. It changes only what the matrix alone depends on, so results of the primal keep their last bit.
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
        var shared = _function.Body.AllOps().Where(IsOfDerivatives).GroupBy(division => ((Compute)division).Args[1]).Where(g => g.Count() > 1);
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
        op is Compute { Code: Opcode.Divide, Result: { Type.IsFloat: true } result } division && division.Args[1] is Value && !_primal.Contains(result);

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
                    if (_primal.Contains(branch.Values[i])) _primal.UnionWith(branch.Blocks().Where(b => !b.Throws()).Select(b => b.Yields[i]));
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
