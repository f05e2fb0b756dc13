namespace SoftDiff.Generator.Transforms.Taylor;

// Calls of methods with a derivative rule: the series of the rule's tangents up to one order less, integrated.
internal sealed partial class TaylorFunction
{
    protected override void VisitRuleCall(RuleCall call, BlockBuilder into)
    {
        foreach (var check in RuleMethodCalls.Overlaps(call, Definitions)) into.Add(check);
        bool Varies(int i) => call.Rule.Parameters[i].Role != RuleRole.Passive && HasDerivative(call.Args[i]);
        var varying = Enumerable.Range(0, call.Args.Length).Where(Varies).ToList();
        if (!varying.Any(i => call.Rule.Parameters[i].IsDifferentiable))
        {
            into.Add(call);
            foreach (var i in varying) into.Add(new Fill(Shadow(call.Args[i]), ArrayCode.Zero(Shadow(call.Args[i]))));
            return;
        }

        // Of a higher order, the series of the rule's body are computed, not the rule's tangents.
        var primals = _form.Order > 1 ? SharedArguments.Apart(call.Args, i => call.Rule.Parameters[i].IsWritten, Definitions, into) : call.Args;
        var jvp = RuleJvp.Of(call with { Args = primals }, Varies);
        AddResolved(jvp.Function);
        var arrays = varying.Where(i => call.Args[i].Type.IsStorage)
            .ToDictionary(i => i, i => new ArraySlope(call.Args[i], Shadow(call.Args[i]), _form.Order, into));
        var scalars = varying.Where(i => !call.Args[i].Type.IsStorage)
            .ToDictionary(i => i, i => _form.Slope(call.Args[i], SeriesOf(call.Args[i]), into));
        var slopes = varying.Select(i => arrays.TryGetValue(i, out var array) ? array.Tangent : scalars[i].Value);
        var args = jvp.Given.Select(i => primals[i]).Concat(slopes).ToList();
        var results = call.Values.ToList();
        if (jvp.HasTangents) results.AddRange(call.Values.Select(v => Values.Fresh(v.Type)));
        var tangents = results.Skip(call.Values.Length).ToList();
        var series = Call(call, jvp, arrays, scalars, args, results, into);
        foreach (var i in varying.Where(i => call.Rule.Parameters[i].IsWritten)) arrays[i].Integrate(into);
        foreach (var (value, tangent) in call.Values.Zip(tangents, (value, tangent) => (value, tangent)))
        {
            _series[value] = _form.Integral(value, tangent, series.TryGetValue(tangent, out var rest) ? rest : null, into);
        }
    }

    /// <summary>
    /// Calls the rule's forward mode with series of one order less; gives those of its results. With no order left it is called as it is.
    /// </summary>
    private Dictionary<Value, Series> Call(
        RuleCall call, RuleJvp jvp,
        Dictionary<int, ArraySlope> arrays, Dictionary<int, (Operand Value, Series Series)> scalars,
        List<Operand> args, List<Value> results, BlockBuilder into)
    {
        var (order, series, name) = (_form.Order - 1, new Dictionary<Value, Series>(), jvp.Function.Name);
        if (order == 0)
        {
            into.Add(new Call(results.ToImmutableArray(), Callees.Request(VariantKind.Primal, name, ""), args.ToImmutableArray()));
            return series;
        }

        var form = _form.OfOrder(order);
        var mask = "";
        foreach (var i in jvp.Given)
        {
            // What a destination holds is not read, so that its series are those of the tangents.
            var isGiven = jvp.Varying.Contains(i) && call.Rule.Parameters[i].Role != RuleRole.Destination;
            mask += isGiven ? '1' : '0';
            if (!isGiven) continue;
            if (arrays.TryGetValue(i, out var array)) args.Add(array.Shortened(into));
            else args.AddRange(form.Arguments(call.Args[i], _form.Shortened(call.Args[i], SeriesOf(call.Args[i]), into), into));
        }

        foreach (var i in jvp.Varying)
        {
            mask += '1';
            if (arrays.TryGetValue(i, out var array)) args.Add(array.Series);
            else args.AddRange(form.Arguments(scalars[i].Value, scalars[i].Series, into));
        }

        var all = results.ToList();
        foreach (var result in results.Where(r => r.Type.IsFloat)) series[result] = form.Receive(result, args, all, into);
        var variant = Callees.Request(_options.Variant, name, mask + new string('0', results.Count), order);
        into.Add(new Call(all.ToImmutableArray(), variant, args.ToImmutableArray()));
        return series;
    }

    /// <summary>
    /// Makes a function one that this transform can derive others from: the calls of rules' methods in it are differentiated like any
    /// other.
    /// </summary>
    private void AddResolved(Function function)
    {
        if (Callees.IsPrimal(function.Name)) return;
        var module = NestedRules.Resolve(new Module(function, Callees.Primals), _options.Transform, Cancellation);
        module = Passes.PrepareAgain.Run(module, _options.Transform);
        foreach (var added in module.Callees.Add(module.Root)) Callees.AddPrimal(added);
    }
}
