using System.Collections.Immutable;
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

    private static Op Resolve(Op op) => op switch
    {
        Invoke { Derivative.Rule: { } rule } invoke => new RuleCall(invoke.Results, rule, Arguments(invoke)) { Line = op.Line },
        Invoke { Derivative.Callee: { } callee } invoke => new Call(invoke.Results, callee, Arguments(invoke)) { Line = op.Line },
        _ => op,
    };

    private static ImmutableArray<Operand> Arguments(Invoke invoke) => invoke.Args.Select(a => a!).ToImmutableArray();
}
