using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// Warns of derivatives that are zero whatever the numbers are: results that depend on a parameter only through conditions, rounding or
/// indices. A solver by bisection is the classic case. A callee is warned of only if a loop chooses in it. A callee without loops may be one
/// factor of a product whose derivative is right, as the sign in <c>x * Sign(x)</c> is.
/// </summary>
internal sealed class ZeroDerivatives
{
    private readonly IReadOnlyDictionary<string, Function> _functions;
    private readonly CalleeInfluences _callees;
    private readonly IReadOnlyDictionary<string, IMethodSymbol> _methods;
    private readonly HashSet<(string Function, string Parameter)> _seen = new();
    private readonly Reports _reports;

    private ZeroDerivatives(Module module, IMethodSymbol root, IReadOnlyDictionary<string, IMethodSymbol> methods)
    {
        _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        _callees = new CalleeInfluences(name => _functions[name]);
        _methods = methods;
        _reports = new Reports(root);
    }

    /// <summary>The warnings for a marked method and what it calls.</summary>
    public static ImmutableArray<Diagnostic> Find(Module module, IMethodSymbol root, IReadOnlyDictionary<string, IMethodSymbol> methods)
    {
        var search = new ZeroDerivatives(module, root, methods);
        var groups = Groups(module.Root, p => p is { Wrt: true, Scratch: false });
        search.Visit(module.Root, root, groups, isRoot: true);
        return search._reports.Diagnostics;
    }

    /// <summary>The numbers of a function that belong to one parameter of C#; those of a struct are one group.</summary>
    private static List<IGrouping<string, Parameter>> Groups(Function function, Func<Parameter, bool> isVaried) => function.Parameters
        .Where(p => p.Value.Type.CarriesDerivative && p.Mode != ParameterMode.Out && isVaried(p))
        .GroupBy(p => p.DeclaredName, StringComparer.Ordinal).Take(Influence.MostInputs).ToList();

    private void Visit(Function function, IMethodSymbol method, List<IGrouping<string, Parameter>> groups, bool isRoot)
    {
        groups = groups.Where(group => _seen.Add((function.Name, group.Key))).ToList();
        if (groups.Count == 0) return;
        var influences = new Influences(function, groups.Select(group => group.Select(p => (Operand)p.Value).ToList()).ToList(), _callees);
        var found = _reports.Diagnostics.Length;
        foreach (var call in function.Body.AllOps().OfType<Call>()) Visit(call, influences);
        if (_reports.Diagnostics.Length > found) return;

        var outputs = Outputs(function, influences).Select(influences.Of).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            var bit = 1UL << i;
            if (outputs.Any(o => (o.Smooth & bit) != 0) || outputs.All(o => (o.Any & bit) == 0)) continue;
            bool IsBehind(Cutoff cutoff) => (influences.Behind(cutoff) & bit) != 0;
            var (chooses, counts) = (IsBehind(Cutoff.ConditionInLoop), IsBehind(Cutoff.IterationCount));
            if (!isRoot && !chooses && !counts) continue;
            const string Solves = "if the loop solves an equation, say so with [ImplicitFunction]";
            var (through, instead) =
                chooses ? ("the conditions in a loop", Solves + "; for a slope at a step, use Soft.Greater and Soft.Where")
                : counts ? ("the number of iterations of a loop", Solves)
                : IsBehind(Cutoff.Condition) ? ("conditions", "for a slope at the step, use Soft.Greater and Soft.Where")
                : IsBehind(Cutoff.Rounding)
                    ? ("a function that is constant between its steps", "for a slope, use Soft.Round, Soft.Sign or Soft.Heaviside")
                : ("an integer", "for a slope, interpolate between the two nearest values");
            Report(method, groups[i].Key, through, instead + Meant(groups.Count > 1 || !isRoot, groups[i].Key));
        }
    }

    /// <summary>How the user says that zero is right.</summary>
    private static string Meant(bool hasOthers, string parameter) =>
        hasOthers ? $"; if zero is meant, mark '{parameter}' [NonDifferentiable]" : "";

    private void Visit(Call call, Influences influences)
    {
        // A function without a method is a target of a declaration, which is marked itself, or was made by the frontend.
        if (!_methods.TryGetValue(call.Callee, out var method)) return;
        var callee = _functions[call.Callee];
        var inputs = callee.Inputs;
        var varied = new HashSet<string>(
            inputs.Where((_, i) => influences.Of(call.Args[i]).Smooth != 0).Select(p => p.DeclaredName), StringComparer.Ordinal);
        Visit(callee, method, Groups(callee, p => varied.Contains(p.DeclaredName)), isRoot: false);
    }

    private static IEnumerable<Operand> Outputs(Function function, Influences influences) =>
        function.Body.Yields.Where(y => y.Type.IsFloat)
            .Concat(function.Inputs.Select(p => (Operand)p.Value).Where(value => value.Type.IsFloatArray && influences.Writes(value)));

    private void Report(IMethodSymbol method, string parameter, string through, string instead)
    {
        var symbol = method.Parameters.FirstOrDefault(p => p.Name == parameter);
        var location = (symbol?.Locations ?? method.Locations).FirstOrDefault();
        if (location is not null) _reports.Add(Descriptors.ZeroDerivative, location, null, method.Name, parameter, through, instead);
    }
}
