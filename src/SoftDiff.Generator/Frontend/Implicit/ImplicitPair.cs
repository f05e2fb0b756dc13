using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>A solver and its residual, whose parameters have found each other.</summary>
/// <param name="Residual">The residual.</param>
/// <param name="Rule">The solver as a method with a rule that has no methods yet.</param>
/// <param name="Element">The type of the unknowns.</param>
/// <param name="Solution">The position of the solution among the solver's parameters; -1 if the solver returns it.</param>
/// <param name="Places">For each parameter of the residual between solution and residuals, the position of the solver's.</param>
/// <param name="LinearSolver">The method that solves linear systems, ready to call.</param>
internal sealed record ImplicitPair(
    IMethodSymbol Residual, CustomRule Rule, ScalarType Element, int Solution, ImmutableArray<int> Places, string LinearSolver)
{
    /// <summary>Whether the unknown is one number.</summary>
    public bool IsScalar => Solution < 0;

    /// <summary>The positions of the solver's parameters by which the residual is differentiated.</summary>
    public IEnumerable<int> Active => Places.Where(i => Rule.Parameters[i].IsDifferentiable);
}
