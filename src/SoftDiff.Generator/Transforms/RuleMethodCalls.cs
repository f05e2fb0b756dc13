using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>Calls of the methods by which rules compute derivatives. Each call says how it is differentiated again (<see cref="NestedRules"/>).</summary>
internal static class RuleMethodCalls
{
    /// <summary>The call of a method of a written rule, which has no out parameters.</summary>
    /// <param name="method">The method.</param>
    /// <param name="returns">What it returns.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="readOnly">Positions of arguments that it does not write.</param>
    public static Op Of(RuleMethod method, ImmutableArray<Value> returns, IEnumerable<Operand> args, ImmutableArray<int> readOnly) =>
        method.IsFunction
            ? new Call(returns, method.Callee!, args.ToImmutableArray())
            : new Invoke(returns, method.Name, args) { Derivative = method, ReadOnly = readOnly };

    /// <summary>The primal's arguments as a companion takes them: null for an <c>out</c> parameter.</summary>
    public static List<Operand?> CompanionArguments(CustomRule rule, IEnumerable<Operand> args)
    {
        var passed = new List<Operand?>(args);
        foreach (var at in rule.Outs) passed.Insert(at, null);
        return passed;
    }

    /// <summary>What a companion takes for the method's parameters in the order of their declaration, the <c>out</c> parameters among the others.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="of">What it takes for a parameter of the rule.</param>
    /// <param name="ofOut">What it takes for an <c>out</c> parameter, by its position among them.</param>
    public static IEnumerable<T> InDeclarationOrder<T>(CustomRule rule, Func<int, IEnumerable<T>> of, Func<int, T> ofOut)
    {
        var next = 0;
        for (var at = 0; at < rule.Parameters.Length + rule.Outs.Length; at++)
        {
            if (rule.Outs.IndexOf(at) is >= 0 and var position) yield return ofOut(position);
            else foreach (var item in of(next++)) yield return item;
        }
    }

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
            var returned = rule.Results.Length - rule.Outs.Length;
            var passed = CompanionArguments(rule, args);
            passed.AddRange(cotangents.Take(returned));
            passed.AddRange(InDeclarationOrder(
                rule,
                i => rule.Parameters[i].Role switch
                {
                    RuleRole.Scalar => new Operand?[] { null },
                    RuleRole.Input => new Operand?[] { spans.First(s => s.Item1 == i).Item2 },
                    RuleRole.Buffer => new Operand?[] { bufferCotangent!(i) },
                    _ => Array.Empty<Operand?>(),
                },
                k => cotangents[returned + k]));

            var primal = rule.Results.Select(type => into.Values.Fresh(type)).ToImmutableArray();
            var outs = primal.Skip(returned).Concat(scalars.Select(s => s.Item2)).ToImmutableArray();
            into.Add(new Invoke(primal.Take(returned).ToImmutableArray(), rule.Backward!.Name, passed.ToImmutableArray(), outs)
            {
                Derivative = rule.Backward,
                ReadOnly = rule.ReadOnly,
            });
            return (scalars, spans);
        }

        var given = new List<Operand>();
        if (residual is not null) given.Add(residual);
        var readOnly = rule.BackwardTakesPrimal ? rule.ReadOnly.Select(at => at + given.Count).ToImmutableArray() : ImmutableArray<int>.Empty;
        if (rule.BackwardTakesPrimal) given.AddRange(args);
        given.AddRange(cotangents);
        given.AddRange(spans.Select(s => s.Item2));
        into.Add(Of(rule.Backward!, scalars.Select(s => s.Item2).ToImmutableArray(), given, readOnly));
        return (scalars, spans);
    }
}
