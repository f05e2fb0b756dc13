using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Prepares a derivative function for another transform. Input: a module whose functions call rules' methods by name. Output: the same, in which these
/// calls can be differentiated: a method with a rule of its own is called by that rule, and a method whose body was lowered is called as that function.
/// A call of any other method stays; the transform refuses it if its derivative is needed (<see cref="MissingRuleException"/>).
/// </summary>
internal static class NestedRules
{
    public static Module Resolve(Module module) =>
        module with { Root = Resolve(module.Root), Callees = module.Callees.Select(Resolve).ToImmutableArray() };

    public static Function Resolve(Function function) => function with { Body = function.Body.MapLeaves(Resolve) };

    /// <summary>The functions of a module to which the bodies of the rules' methods were lowered that some functions may come to call, and what those call.</summary>
    public static ImmutableArray<Function> Bodies(IEnumerable<Function> callers, Module module)
    {
        if (module.Callees.IsEmpty) return ImmutableArray<Function>.Empty;
        var functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<Function>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<Function>(callers);
        while (pending.Count > 0)
        {
            var function = pending.Dequeue();
            var calls = known.Contains(function.Name) ? CallGraph.CallsOf(function) : Enumerable.Empty<string>();
            foreach (var name in calls.Concat(function.Body.AllOps().SelectMany(Methods).SelectMany(Callees)))
            {
                if (!known.Add(name)) continue;
                found.Add(functions[name]);
                pending.Enqueue(functions[name]);
            }
        }

        return found.ToImmutable();
    }

    private static IEnumerable<RuleMethod> Methods(Op op) => op switch
    {
        RuleCall call => call.Rule.Methods,
        Invoke { Derivative: { } method } => new[] { method },
        _ => Enumerable.Empty<RuleMethod>(),
    };

    private static IEnumerable<string> Callees(RuleMethod method)
    {
        var nested = method.Rule is null ? Enumerable.Empty<string>() : method.Rule.Methods.SelectMany(Callees);
        return method.Callee is null ? nested : nested.Prepend(method.Callee);
    }

    private static Op Resolve(Op op) => op switch
    {
        Invoke { Derivative.Rule: { } rule } invoke => new RuleCall(invoke.Results, rule, Arguments(invoke)) { Line = op.Line },
        Invoke { Derivative.Callee: { } callee } invoke => new Call(invoke.Results, callee, Arguments(invoke)) { Line = op.Line },
        _ => op,
    };

    private static ImmutableArray<Operand> Arguments(Invoke invoke) => invoke.Args.Select(a => a!).ToImmutableArray();
}
