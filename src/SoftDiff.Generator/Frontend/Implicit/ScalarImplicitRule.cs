namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>The rule of a solver with one unknown. The linear solve is a division.</summary>
internal sealed class ScalarImplicitRule : ImplicitRule
{
    public ScalarImplicitRule(ModuleLowering module, string solver, ImplicitPair pair, ResidualDerivatives residual)
        : base(module, solver, pair, residual) =>
        Rule = Rule with { Forward = RuleMethod.Function(module.FreeName(solver + "Forward")), Residual = Element };

    public override CustomRule Write()
    {
        Module.Add(Forward(new FunctionWriter()).Build(Rule.Forward!.Callee!));
        return base.Write();
    }

    /// <summary>The solution, which is the residual of the rule too.</summary>
    private FunctionWriter Forward(FunctionWriter writer)
    {
        var solution = Solve(writer.Inputs(Rule, writesOutputs: true), writer.Block);
        writer.Out(solution, "value");
        writer.Out(solution, "residual");
        return writer;
    }

    protected override FunctionWriter Backward(FunctionWriter writer)
    {
        var solution = writer.Input(Element, Pair.Residual.Parameters[0].Name);
        var given = writer.Inputs(Rule, writesOutputs: true);
        var cotangent = writer.Input(Element, "cotangent");
        var spans = writer.SpanGradients(Rule);
        var seed = DividedBySlope(cotangent, solution, given, writer.Block);
        return Returning(Residual.Pullback(solution, given, seed, spans, null, writer.Block), writer);
    }

    protected override FunctionWriter Tangent(FunctionWriter writer)
    {
        var given = writer.Inputs(Rule, writesOutputs: true);
        var tangents = writer.Tangents(Rule);
        var solution = Solve(given, writer.Block);
        var tangent = Residual.Tangent(solution, given, tangents, null, writer.Block)!;
        writer.Out(solution, "value");
        writer.Out(DividedBySlope(tangent, solution, given, writer.Block), "tangent");
        return writer;
    }

    private Value Solve(Value[] given, BlockBuilder into)
    {
        var solution = into.Values.Fresh(Element, Pair.Residual.Parameters[0].Name);
        into.Add(new RuleCall(ImmutableArray.Create(solution), Rule, given.ToImmutableArray<Operand>()));
        return solution;
    }

    /// <summary>-number / (∂r/∂x); throws if the slope is 0.</summary>
    private Value DividedBySlope(Operand number, Value solution, Value[] given, BlockBuilder into)
    {
        var slope = Residual.Slope(solution, given, into);
        var isZero = into.Compute(ScalarType.Bool, Opcode.Equal, slope, Operand.Zero(Element));
        var message = $"'{Pair.Residual.Name}' has slope 0 at the solution, so '{Solver}' has no derivative.";
        var then = new BlockBuilder(into.Values);
        then.Add(new Throw($"new global::System.InvalidOperationException(\"{message}\")", ImmutableArray<Operand>.Empty));
        into.Add(new If(isZero, then.Build(), new BlockBuilder(into.Values).Build(), ImmutableArray<Value>.Empty));
        return into.Compute(Element, Opcode.Negate, into.Compute(Element, Opcode.Divide, number, slope));
    }
}
