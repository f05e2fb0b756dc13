using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

// Calls that were not inlined (recursive or large). The callee becomes two functions: one that runs it and leaves on the tape what the other,
// its pullback, takes back. Since the reverse sweep undoes calls in the opposite order, the tape is a stack across any depth of calls.
internal sealed partial class ReverseTransform
{
    private void ReverseCall(Call call, int position, Frame frame)
    {
        var callee = _callees.Primal(call.Callee);
        var mask = CallMasks.Of(call, callee, o => _activity.IsActive(o));
        var known = call.Values.Where(v => v.Type.IsFloat).Select(v => (Value: v, Bar: TakeBar(v, frame))).ToList();
        var bars = known.Select(k => k.Bar ?? new NumberConstant((ScalarType)k.Value.Type, 0)).ToList();
        var touched = CallMasks.Active(call, callee, mask).Any(a => a.Type.IsStorage);
        if (!mask.Contains('1') || (known.All(k => k.Bar is null) && !touched))
        {
            Frame.Place(frame.Replaced, position, call with { Callee = _callees.Request(VariantKind.Primal, call.Callee, "") });
            return;
        }

        if (ScalarCalls.IsScalar(callee))
        {
            var (gradient, partials) = ScalarCalls.Replace(call, callee, mask, _callees, _values);
            Frame.Place(frame.Replaced, position, gradient);
            foreach (var (argument, partial) in partials)
            {
                _definitions.Add(partial, frame.Primal, position, call);
                var builder = new RuleBuilder(frame.Code, (ScalarType)partial.Type, _ => argument, () => partial);
                Contribute(argument, builder.Multiply(known[0].Bar!, Need(partial, frame)), frame);
            }

            return;
        }

        Frame.Place(frame.Replaced, position, call with { Callee = _callees.Request(VariantKind.Forward, call.Callee, mask), Args = call.Args.Add(Tape()) });
        var inputs = callee.Inputs;
        var args = new List<Operand>();
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Value.Type is ArrayType) args.Add(Need(call.Args[i], frame));
        }

        args.AddRange(bars);
        var active = CallMasks.Active(call, callee, mask).ToList();
        args.AddRange(active.Where(a => a.Type.IsStorage).Select(a => Shadow(a, frame)));
        args.Add(Tape());
        var gradients = active.Where(a => !a.Type.IsStorage)
            .Select(a => (Argument: a, Gradient: _values.Fresh(a.Type, a is Value v ? BarName(v) : ""))).ToList();
        var pullback = _callees.Request(VariantKind.Pullback, call.Callee, mask);
        frame.Code.Add(new Call(gradients.Select(g => g.Gradient).ToImmutableArray(), pullback, args.ToImmutableArray()));
        foreach (var (argument, gradient) in gradients) Contribute(argument, gradient, frame);
    }

    /// <summary>The two functions of a callee for one choice of active parameters.</summary>
    public static (Function Forward, Function Pullback) Split(
        Function primal, string callee, string mask, DerivedCallees callees, TransformOptions options, CancellationToken cancellation)
    {
        var choices = new LoopChoices();
        while (true)
        {
            var result = new ReverseTransform(primal, callees, options, choices, cancellation).BuildSplit(callee, mask);
            if (!choices.Changed) return result;
            choices.Changed = false;
        }
    }

    private (Function Forward, Function Pullback) BuildSplit(string callee, string mask)
    {
        var inputs = _primal.Parameters.Where((_, i) => mask[i] == '1').Select(p => p.Value).ToList();
        _activity = new Activity(_primal, _definitions, inputs, _primal.Body.Yields.Concat(inputs.Where(v => v.Type.IsStorage)), _options.Activity);
        _independence = new LoopIndependence(_definitions, _effects, _iterationArrays, _activity);
        var root = new Frame(FrameKind.Split, _primal.Body, null, null, 0, _values);
        var tape = new Parameter(Tape(), ParameterMode.Value, Wrt: false);
        var pullback = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var parameter in _primal.Parameters.Where(p => p.Value.Type is ArrayType))
        {
            pullback.Add(parameter);
            root.Known[parameter.Value] = parameter.Value;
        }

        foreach (var yield in _primal.Body.Yields.Where(y => y.Type.IsFloat))
        {
            var bar = _values.Fresh(yield.Type, "resultBar");
            pullback.Add(new Parameter(bar, ParameterMode.Value, Wrt: false));
            Seed(root, yield, bar);
        }

        foreach (var array in inputs.Where(v => v.Type.IsStorage))
        {
            var shadow = _values.Fresh(Signatures.Companion(array.Type, writable: true), array.Name + "Bar");
            pullback.Add(new Parameter(shadow, ParameterMode.Value, Wrt: false));
            root.Shadows[array] = shadow;
        }

        foreach (var (parameter, active) in _primal.Parameters.Select((p, i) => (p, mask[i] == '1')))
        {
            if (active || !parameter.Value.Type.IsStorage || !_activity.IsActive(parameter.Value)) continue;
            root.Shadows[parameter.Value] = parameter.Value.Type is TapeType
                ? OpenShadow(parameter.Value, root.Prologue)
                : ArrayCode.Like(parameter.Value, root.Prologue, parameter.Name + "Bar");
        }

        pullback.Add(tape);
        ReverseBlock(root);
        KeepSaved(root);
        var results = new List<Operand>();
        foreach (var input in inputs.Where(v => !v.Type.IsStorage))
        {
            results.Add(TakeBar(input, root) ?? new NumberConstant((ScalarType)input.Type, 0));
            pullback.Add(new Parameter(_values.Fresh(input.Type, BarName(input)), ParameterMode.Out, Wrt: false));
        }

        var naming = new Substitution(naming: _naming);
        var forward = new Block(ForwardOps(root), _primal.Body.Yields);
        return (
            new Function(_callees.Name(new Variant(VariantKind.Forward, callee, mask)), _primal.Parameters.Add(tape), _primal.Returns, naming.Map(forward))
            {
                PrimalResults = _primal.PrimalResults,
            },
            new Function(_callees.Name(new Variant(VariantKind.Pullback, callee, mask)), pullback.ToImmutable(), null, naming.Map(Assemble(root, results)))
            {
                PrimalResults = 0,
            });
    }
}
