namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>The rule of a solver that writes its solution to a span.</summary>
internal sealed class SpanImplicitRule : ImplicitRule
{
    private readonly LinearSolveRule _linear;

    public SpanImplicitRule(ModuleLowering module, string solver, ImplicitPair pair, ResidualDerivatives residual)
        : base(module, solver, pair, residual) => _linear = new LinearSolveRule(module, solver, pair.LinearSolver, Element);

    public override CustomRule Write()
    {
        _linear.Write();
        return base.Write();
    }

    protected override FunctionWriter Backward(FunctionWriter writer)
    {
        var given = writer.Inputs(Rule, writesOutputs: false);
        var cotangent = writer.Input(new ArrayType(Element, ArrayForm.ReadOnlySpan), "cotangent");
        var spans = writer.SpanGradients(Rule);
        var solution = given[Pair.Solution];
        var count = writer.Block.Length(solution);
        var jacobian = Jacobian(solution, given, count, writer);
        var adjoint = writer.Allocate(Element, count, "adjoint", cleared: false);
        Solve(jacobian, transposed: true, cotangent, adjoint, count, writer);
        var residuals = writer.Allocate(Element, count, "residuals", cleared: true);
        return Returning(Residual.Pullback(solution, given, adjoint, spans, residuals, writer.Block), writer);
    }

    protected override FunctionWriter Tangent(FunctionWriter writer)
    {
        var given = writer.Inputs(Rule, writesOutputs: true);
        var tangents = writer.Tangents(Rule);
        var solution = given[Pair.Solution];
        var tangent = writer.Input(solution.Type, FunctionWriter.Prefixed("t", solution.Name));
        writer.Block.Add(new RuleCall(ImmutableArray<Value>.Empty, Rule, given.ToImmutableArray<Operand>()));
        var count = writer.Block.Length(solution);
        var residuals = writer.Allocate(Element, count, "residuals", cleared: true);
        var residualTangents = writer.Allocate(Element, count, "residualsDot", cleared: true);
        Residual.Tangent(solution, given, tangents, (residuals, residualTangents), writer.Block);
        Solve(Jacobian(solution, given, count, writer), transposed: false, residualTangents, tangent, count, writer);
        return writer;
    }

    private Value Jacobian(Value solution, Value[] given, Operand count, FunctionWriter writer)
    {
        var residuals = writer.Allocate(Element, count, "residuals", cleared: true);
        var size = writer.Block.Compute(ScalarType.Int32, Opcode.Multiply, count, count);
        var jacobian = writer.Allocate(Element, size, "jacobian", cleared: true);
        Residual.Jacobian(solution, given, residuals, jacobian, writer.Block);
        return jacobian;
    }

    /// <summary>Writes -J⁻¹ or -J⁻ᵀ times the right side.</summary>
    private void Solve(Value jacobian, bool transposed, Value right, Value solution, Operand count, FunctionWriter writer)
    {
        var negated = writer.Allocate(Element, count, "negated", cleared: false);
        FunctionWriter.Count(count, "i", writer.Block, (body, i) =>
            body.Add(new Store(negated, i, body.Compute(Element, Opcode.Negate, body.Load(right, i)))));
        _linear.Solve(jacobian, transposed, negated, solution, writer.Block);
    }
}
