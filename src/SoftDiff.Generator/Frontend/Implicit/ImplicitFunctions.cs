using Microsoft.CodeAnalysis;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>
/// The rules of solvers marked [ImplicitFunction]. Where r(x, p) = 0, the solution's tangent is -J⁻¹ ∂r/∂p tP, with J = ∂r/∂x; the
/// cotangent of p is -(∂r/∂p)ᵀ λ, where Jᵀ λ is the solution's cotangent. The rule's methods are functions of the module that compute this
/// by declared transformations of the residual. The solver and the linear solver have rules themselves there, so the functions have
/// derivatives of any order.
/// </summary>
internal sealed class ImplicitFunctions
{
    private readonly ModuleLowering _module;
    private readonly Dictionary<string, CustomRule> _known = new(StringComparer.Ordinal);

    public ImplicitFunctions(ModuleLowering module) => _module = module;

    /// <summary>The rule of a solver; null if it has none, which was reported.</summary>
    public CustomRule? Find(IMethodSymbol solver, AttributeData attribute, Location call, TypeMapping types)
    {
        if (ImplicitAttribute.Residual(attribute, solver) is null)
        {
            _module.IsInvalid = true;
            return null;
        }

        var key = Declarations.Key(solver.OriginalDefinition) + "<" + types.Arguments + ">";
        if (_known.TryGetValue(key, out var known)) return known;
        // All callers of a solver meet its errors, and one of them reports them at the attribute.
        var location = attribute.ApplicationSyntaxReference?.GetSyntax(_module.Cancellation).GetLocation() ?? call;
        if (!_module.IsAccessible(solver))
        {
            _module.Report(Descriptors.Inaccessible, call, solver.ToDisplayString(), _module.Root.ContainingType.ToDisplayString());
            return null;
        }

        if (ImplicitMatching.Find(solver, attribute, types, out var reason) is not { } pair)
        {
            _module.Report(Descriptors.ImplicitFunction, location, solver.Name, reason);
            return null;
        }

        // Without a parameter to differentiate by, the derivative is zero.
        if (!pair.Active.Any()) return _known[key] = pair.Rule;
        if (_module.Transformations.Target(pair.Residual, types, receiver: null) is not { } name) return null;
        if (_module.Find(name) is { } residual)
        {
            var derivatives = new ResidualDerivatives(_module, pair, residual);
            ImplicitRule rule = pair.IsScalar
                ? new ScalarImplicitRule(_module, solver.Name, pair, derivatives)
                : new SpanImplicitRule(_module, solver.Name, pair, derivatives);
            return _known[key] = rule.Write();
        }

        if (!_module.Failed) _module.Report(Descriptors.ImplicitFunction, location, solver.Name, $"'{pair.Residual.Name}' calls it");
        return null;
    }
}
