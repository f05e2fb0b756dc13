namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>
/// The rule of a solver. Its methods are functions of the module, which compute derivatives of the solution from those of the residual.
/// </summary>
internal abstract class ImplicitRule
{
    protected ImplicitRule(ModuleLowering module, string solver, ImplicitPair pair, ResidualDerivatives residual)
    {
        Module = module;
        Solver = solver;
        Pair = pair;
        Residual = residual;
        Rule = pair.Rule with
        {
            Backward = RuleMethod.Function(module.FreeName(solver + "Backward")),
            BackwardTakesPrimal = true,
            Tangent = RuleMethod.Function(module.FreeName(solver + "Tangent")),
        };
    }

    protected ModuleLowering Module { get; }

    protected string Solver { get; }

    protected ImplicitPair Pair { get; }

    protected ScalarType Element => Pair.Element;

    protected ResidualDerivatives Residual { get; }

    protected CustomRule Rule { get; set; }

    /// <summary>Adds the functions to the module, and returns the rule that names them.</summary>
    public virtual CustomRule Write()
    {
        Module.Add(Backward(new FunctionWriter()).Build(Rule.Backward!.Callee!));
        Module.Add(Tangent(new FunctionWriter()).Build(Rule.Tangent!.Callee!));
        return Rule;
    }

    protected abstract FunctionWriter Backward(FunctionWriter writer);

    protected abstract FunctionWriter Tangent(FunctionWriter writer);

    /// <summary>Makes the gradients of numbers the results, in the order of the solver's parameters.</summary>
    protected FunctionWriter Returning(IReadOnlyDictionary<int, Value> gradients, FunctionWriter writer)
    {
        foreach (var gradient in gradients.OrderBy(g => g.Key))
        {
            writer.Out(gradient.Value, FunctionWriter.Prefixed("d", Rule.Parameters[gradient.Key].Name));
        }

        return writer;
    }
}
