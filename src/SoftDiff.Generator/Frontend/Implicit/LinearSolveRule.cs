namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>
/// The rule of a method that solves A x = b, or Aᵀ x = b. Reverse mode solves Aᵀ λ = xBar: bBar = λ and ABar = -λ xᵀ. Forward mode solves
/// A xDot = bDot - ADot x. Both solve with the same method, so they have derivatives of any order.
/// </summary>
internal sealed class LinearSolveRule
{
    private readonly ModuleLowering _module;
    private readonly ScalarType _element;
    private readonly CustomRule _plain, _transposed;

    /// <param name="module">Receives the functions of the rule.</param>
    /// <param name="solver">The method whose derivative solves linear systems.</param>
    /// <param name="method">The method that solves them, ready to call: (matrix, transposed, right, solution).</param>
    /// <param name="element">The type of the unknowns.</param>
    public LinearSolveRule(ModuleLowering module, string solver, string method, ScalarType element)
    {
        _module = module;
        _element = element;
        CustomRule Rule(string name)
        {
            ArrayType read = new(element, ArrayForm.ReadOnlySpan), write = new(element, ArrayForm.Span);
            var parameters = ImmutableArray.Create(
                new RuleParameter("matrix", RuleRole.Input, read),
                new RuleParameter("transposed", RuleRole.Passive, ScalarType.Bool),
                new RuleParameter("right", RuleRole.Input, read),
                new RuleParameter("solution", RuleRole.Destination, write));
            return new CustomRule(
                RuleForm.Written, method, parameters, ImmutableArray<ScalarType>.Empty, ImmutableArray<int>.Empty, null, null,
                RuleMethod.Function(module.FreeName(solver + name + "Backward")), true,
                RuleMethod.Function(module.FreeName(solver + name + "Tangent")));
        }

        _plain = Rule("Linear");
        _transposed = Rule("Transposed");
    }

    /// <summary>Adds the functions of the rule to the module.</summary>
    public void Write()
    {
        foreach (var transposed in new[] { false, true })
        {
            _module.Add(Backward(transposed));
            _module.Add(Tangent(transposed));
        }
    }

    public void Solve(Operand matrix, bool transposed, Operand right, Operand solution, BlockBuilder into)
    {
        var args = ImmutableArray.Create(matrix, transposed ? BoolConstant.True : BoolConstant.False, right, solution);
        into.Add(new RuleCall(ImmutableArray<Value>.Empty, Rule(transposed), args));
    }

    private CustomRule Rule(bool transposed) => transposed ? _transposed : _plain;

    private Function Backward(bool transposed)
    {
        var rule = Rule(transposed);
        var writer = new FunctionWriter();
        var given = writer.Inputs(rule, writesOutputs: false);
        var cotangent = writer.Input(given[3].Type, "cotangent");
        var gradients = writer.SpanGradients(rule);
        var (matrix, right) = (gradients[0], gradients[2]);
        Solve(given[0], !transposed, cotangent, right, writer.Block);
        var (row, column) = transposed ? ((Operand)given[3], right) : (right, given[3]);
        var count = writer.Block.Length(given[3]);
        FunctionWriter.Count(count, "i", writer.Block, (rows, i) =>
        {
            var start = rows.Compute(ScalarType.Int32, Opcode.Multiply, i, count);
            var negated = rows.Compute(_element, Opcode.Negate, rows.Load(row, i));
            FunctionWriter.Count(count, "j", rows, (columns, j) =>
            {
                var product = columns.Compute(_element, Opcode.Multiply, negated, columns.Load(column, j));
                columns.Add(new Accumulate(matrix, columns.Compute(ScalarType.Int32, Opcode.Add, start, j), product));
            });
        });
        return writer.Build(rule.Backward!.Callee!);
    }

    private Function Tangent(bool transposed)
    {
        var rule = Rule(transposed);
        var writer = new FunctionWriter();
        var given = writer.Inputs(rule, writesOutputs: true);
        var tangents = writer.Tangents(rule);
        var tangent = writer.Input(given[3].Type, "tSolution");
        Solve(given[0], transposed, given[2], given[3], writer.Block);
        var count = writer.Block.Length(given[3]);
        var rest = writer.Allocate(_element, count, "rest", cleared: false);
        writer.Block.Add(new Copy(tangents[2], rest));
        FunctionWriter.Count(count, "i", writer.Block, (rows, i) =>
        {
            var start = rows.Compute(ScalarType.Int32, Opcode.Multiply, i, count);
            FunctionWriter.Count(count, "j", rows, (columns, j) =>
            {
                // Row i of the tangent of A: element j of it meets x[j], or x[i] in the transposed product.
                var entry = columns.Load(tangents[0], columns.Compute(ScalarType.Int32, Opcode.Add, start, j));
                var product = columns.Compute(_element, Opcode.Multiply, entry, columns.Load(given[3], transposed ? i : j));
                columns.Add(new Accumulate(rest, transposed ? j : i, columns.Compute(_element, Opcode.Negate, product)));
            });
        });
        Solve(given[0], transposed, rest, tangent, writer.Block);
        return writer.Build(rule.Tangent!.Callee!);
    }
}
