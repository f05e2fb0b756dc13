namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Replaces calls of functions from scalars to one scalar that are not inlined. A call of the callee's gradient takes their place. It gives
/// the value and all partials at once, so neither mode needs to record anything, at any depth of recursion. (Preaccumulation: Griewank and
/// Walther 2008, section 10.2.)
/// </summary>
internal static class ScalarCalls
{
    public static bool IsScalar(Function function) =>
        function.Returns is { IsFloat: true }
        && function.Parameters.All(p => p.Value.Type is ScalarType && !p.IsResult)
        && !function.Body.AllOps().Any(op => op is RuleCall);

    /// <summary>The call of the gradient, and the partial with respect to each active argument.</summary>
    public static (Call Call, ImmutableArray<(Operand Argument, Value Partial)> Partials) Replace(
        Call call, Function callee, string mask, DerivedCallees callees, ValueSource values)
    {
        var partials = Enumerable.Range(0, mask.Length).Where(i => mask[i] == '1')
            .Select(i => (call.Args[i], values.Fresh(call.Args[i].Type))).ToImmutableArray();
        var replaced = call with
        {
            Callee = callees.Request(VariantKind.Gradient, call.Callee, mask),
            Values = call.Values.AddRange(partials.Select(p => p.Item2)),
        };
        return (replaced, partials);
    }

    /// <summary>The callee with the parameters of the mask, and no others, to differentiate with respect to.</summary>
    public static Function WithMask(Function callee, string mask) => callee with
    {
        Parameters = callee.Parameters.Select((p, i) => p with { Wrt = mask[i] == '1', Scratch = false }).ToImmutableArray(),
    };
}
