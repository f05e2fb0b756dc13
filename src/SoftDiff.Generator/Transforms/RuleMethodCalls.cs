using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>Calls of the methods by which rules compute derivatives. Each call says how it is differentiated again (<see cref="NestedRules"/>).</summary>
internal static class RuleMethodCalls
{
    /// <summary>The call of a method of a written rule, which has no out parameters.</summary>
    public static Op Of(RuleMethod method, ImmutableArray<Value> returns, IEnumerable<Operand> args) => method.IsFunction
        ? new Call(returns, method.Callee!, args.ToImmutableArray())
        : new Invoke(returns, method.Name, args) { Derivative = method };

    /// <summary>
    /// Checks for a call of a companion that may write one of several arguments in the same array. The companion is called with copies, so
    /// the checks refuse parts that overlap.
    /// </summary>
    public static IEnumerable<RequireDisjoint> Overlaps(RuleCall call, Definitions definitions)
    {
        var parameters = call.Rule.Parameters;
        foreach (var i in Enumerable.Range(0, parameters.Length).Where(i => parameters[i].Role == RuleRole.Buffer))
        {
            for (var j = 0; j < parameters.Length; j++)
            {
                if (j == i || (j < i && parameters[j].Role == RuleRole.Buffer) || call.Args[j].Type is not ArrayType) continue;
                if (!definitions.Root(call.Args[i]).Equals(definitions.Root(call.Args[j]))) continue;
                yield return new RequireDisjoint(call.Args[i], parameters[i].Name, call.Args[j], parameters[j].Name);
            }
        }
    }

    /// <summary>
    /// Calls a rule's backward method (a written one, or a generated companion). Returns the gradient of each scalar parameter and of each
    /// span parameter. A span gradient is a temporary array, because a backward method may overwrite its destination or add to it.
    /// Cotangents of buffers are updated in place.
    /// </summary>
    public static (List<(int Parameter, Value Gradient)> Scalars, List<(int Parameter, Value Gradient)> Spans) CallBackward(
        CustomRule rule, IReadOnlyList<Operand> args, Operand? residual, IReadOnlyList<Operand> cotangents, BlockBuilder into,
        Func<int, Operand>? bufferCotangent = null)
    {
        var scalars = new List<(int, Value)>();
        var spans = new List<(int, Value)>();
        for (var i = 0; i < args.Count; i++)
        {
            if (rule.Parameters[i].Role == RuleRole.Scalar) scalars.Add((i, into.Values.Fresh(args[i].Type, rule.Parameters[i].Name + "Bar")));
            if (rule.Parameters[i].Role == RuleRole.Input) spans.Add((i, ArrayCode.Like(args[i], into, rule.Parameters[i].Name + "Bar")));
        }

        if (rule.Form == RuleForm.Companion)
        {
            var passed = new List<Operand?>(args);
            passed.AddRange(cotangents);
            for (var i = 0; i < args.Count; i++)
            {
                if (rule.Parameters[i].Role == RuleRole.Scalar) passed.Add(null);
                if (rule.Parameters[i].Role == RuleRole.Input) passed.Add(spans.First(s => s.Item1 == i).Item2);
                if (rule.Parameters[i].Role == RuleRole.Buffer) passed.Add(bufferCotangent!(i));
            }

            var primal = rule.Results.Select(type => into.Values.Fresh(type)).ToImmutableArray();
            var gradients = scalars.Select(s => s.Item2).ToImmutableArray();
            into.Add(new Invoke(primal, rule.Backward!.Name, passed.ToImmutableArray(), gradients) { Derivative = rule.Backward });
            return (scalars, spans);
        }

        var given = new List<Operand>();
        if (residual is not null) given.Add(residual);
        if (rule.BackwardTakesPrimal) given.AddRange(args);
        given.AddRange(cotangents);
        given.AddRange(spans.Select(s => s.Item2));
        into.Add(Of(rule.Backward!, scalars.Select(s => s.Item2).ToImmutableArray(), given));
        return (scalars, spans);
    }
}
