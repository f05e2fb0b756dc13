using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>Calls of a rule's methods and the temporary arrays they need.</summary>
internal static class RuleScratch
{
    public static NumberConstant Zero(Operand array) => new(((ArrayType)array.Type).Element, 0);

    private static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    /// <summary>A zeroed array as long as another, or a tensor of the same shape.</summary>
    public static Value Like(Operand array, BlockBuilder into, string name = "")
    {
        var type = (ArrayType)Signatures.Companion(array.Type, writable: true);
        var copy = into.Values.Fresh(type.AsSpan(), name);
        into.Add(new Allocate(copy, into.Length(array), Cleared: true));
        return type.IsTensor ? into.Arrange(copy, into.Lengths(array)) : copy;
    }

    /// <summary>
    /// Checks for a call of a companion whose arguments are parts of one array, of which it may write one: it is called with copies, and what the method
    /// computes where they overlap is not seen here.
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

    /// <summary>for (i …) body(i) over an array.</summary>
    public static void ForEach(Operand array, BlockBuilder into, Action<BlockBuilder, Value> write)
    {
        var index = into.Values.Fresh(ScalarType.Int32, "i");
        var body = new BlockBuilder(into.Values);
        write(body, index);
        into.Add(new For(index, Int(0), into.Length(array), 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }

    /// <summary>Inner product of two arrays of one length.</summary>
    public static Value Inner(Operand a, Operand b, BlockBuilder into)
    {
        (a, b) = (into.Elements(a), into.Elements(b));
        var element = ((ArrayType)a.Type).Element;
        var (index, total, result) = (into.Values.Fresh(ScalarType.Int32, "i"), into.Values.Fresh(element, "inner"), into.Values.Fresh(element, "inner"));
        var body = new BlockBuilder(into.Values);
        var next = body.Compute(element, Opcode.Add, total, body.Compute(element, Opcode.Multiply, body.Load(a, index), body.Load(b, index)));
        var sum = new Carried(total, new NumberConstant(element, 0), result);
        into.Add(new For(index, Int(0), into.Length(a), 1, false, ImmutableArray.Create(sum), body.Build(next)));
        return result;
    }

    /// <summary>
    /// Calls a rule's backward method (a written one, or a generated companion). Gives the gradient of each scalar parameter, and of each span
    /// parameter in a temporary array, since a backward method may add to what it is given or overwrite it. The cotangents of buffers are updated
    /// where they are.
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
            if (rule.Parameters[i].Role == RuleRole.Input) spans.Add((i, Like(args[i], into, rule.Parameters[i].Name + "Bar")));
        }

        var passed = new List<Operand?>();
        if (rule.Form == RuleForm.Companion)
        {
            passed.AddRange(args);
            passed.AddRange(cotangents);
            for (var i = 0; i < args.Count; i++)
            {
                if (rule.Parameters[i].Role == RuleRole.Scalar) passed.Add(null);
                if (rule.Parameters[i].Role == RuleRole.Input) passed.Add(spans.First(s => s.Item1 == i).Item2);
                if (rule.Parameters[i].Role == RuleRole.Buffer) passed.Add(bufferCotangent!(i));
            }

            var primal = rule.Results.Select(type => into.Values.Fresh(type)).ToImmutableArray();
            into.Add(new Invoke(primal, rule.Backward!, passed.ToImmutableArray(), scalars.Select(s => s.Item2).ToImmutableArray()));
            return (scalars, spans);
        }

        if (residual is not null) passed.Add(residual);
        if (rule.BackwardTakesPrimal) passed.AddRange(args);
        passed.AddRange(cotangents);
        passed.AddRange(spans.Select(s => s.Item2));
        into.Add(new Invoke(scalars.Select(s => s.Item2).ToImmutableArray(), rule.Backward!, passed.ToImmutableArray(), ImmutableArray<Value>.Empty));
        return (scalars, spans);
    }
}
