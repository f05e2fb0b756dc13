using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// Reverse mode. Input: a simplified function. Output: one function that runs the primal and then propagates cotangents from its outputs
/// to its inputs. Every primal block has a <see cref="Frame"/>; adjoint code is written by walking the operations backwards
/// (Adjoints), asking for primal values (Residuals), which are at hand, computed again or saved; branches and
/// independent loops whose cotangents are known beforehand are reversed on the spot (Fusion); at the end the forward
/// code is put together with what must be saved (ForwardSweep).
/// Source of the method: Griewank and Walther, Evaluating Derivatives (2008), chapters 4 to 6, in structured form.
/// </summary>
internal sealed partial class ReverseTransform
{
    private readonly Function _primal;
    private readonly TransformOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly ValueSource _values;
    private readonly Definitions _definitions;
    private readonly CountedLoops _counted;
    private readonly Effects _effects;
    private readonly IterationArrays _iterationArrays;
    private readonly HashSet<Operand> _written;
    private readonly Dictionary<Operand, int> _reads;
    private readonly Naming _naming = new();
    private readonly LoopChoices _choices;
    private Activity _activity = null!;
    private LoopIndependence _independence = null!;
    private Value? _tape;

    private readonly DerivedCallees _callees;

    private ReverseTransform(Function primal, DerivedCallees callees, TransformOptions options, LoopChoices choices, CancellationToken cancellation)
    {
        _primal = primal;
        _callees = callees;
        _options = options;
        _choices = choices;
        _cancellation = cancellation;
        _values = new ValueSource(primal.MaxId() + 1);
        _definitions = new Definitions(primal);
        _counted = new CountedLoops(_definitions);
        _effects = new Effects(_definitions);
        _iterationArrays = new IterationArrays(primal, _definitions, _effects);
        _written = Signatures.Written(primal);
        _reads = primal.Body.AllReads().GroupBy(read => read).ToDictionary(reads => reads.Key, reads => reads.Count());
    }

    /// <summary>The gradient (<paramref name="gradient"/>: cotangent 1 of the one scalar result) or the vector–Jacobian product.</summary>
    public static Function Apply(Function primal, bool gradient, DerivedCallees callees, TransformOptions options, CancellationToken cancellation)
    {
        var choices = new LoopChoices();
        while (true)
        {
            var transform = new ReverseTransform(primal, callees, options, choices, cancellation);
            var function = transform.Build(gradient);
            if (!choices.Changed) return function;
            choices.Changed = false;
        }
    }

    private Function Build(bool gradient)
    {
        var (inputs, outputs) = Signatures.Ends(_primal, _written);
        _activity = new Activity(_primal, _definitions, inputs, outputs, _options.Activity);
        _independence = new LoopIndependence(_definitions, _effects, _iterationArrays, _activity);

        var root = new Frame(FrameKind.Same, _primal.Body, null, null, 0, _values);
        var entry = new BlockBuilder(_values);
        var clears = new BlockBuilder(_values);
        var made = new BlockBuilder(_values);
        var taken = new HashSet<string>(_primal.Parameters.Select(p => p.Name));
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        parameters.AddRange(_primal.Parameters);
        if (_primal.Returns is { } returns)
        {
            if (gradient)
            {
                Seed(root, _primal.Body.Yields[0], new NumberConstant((ScalarType)returns, 1));
            }
            else if (returns.IsFloat)
            {
                var cotangent = _values.Fresh(returns, Signatures.Name("c", "result", taken));
                parameters.Add(new Parameter(cotangent, ParameterMode.Value, Wrt: false));
                Seed(root, _primal.Body.Yields[0], cotangent);
            }
        }

        var gradients = new List<(Parameter Primal, Value Output)>();
        var shadows = new List<(Parameter Primal, Value Shadow)>();
        foreach (var parameter in _primal.Parameters)
        {
            var value = parameter.Value;
            if (Signatures.IsOut(parameter))
            {
                var cotangent = _values.Fresh(value.Type, Signatures.Name("c", parameter.Name, taken));
                parameters.Add(new Parameter(cotangent, ParameterMode.Value, Wrt: false));
                Seed(root, Signatures.ResultOf(_primal, parameter), cotangent);
            }
            else if (Signatures.IsInOut(parameter, _written) || Signatures.IsInput(parameter, _written))
            {
                var inOut = Signatures.IsInOut(parameter, _written);
                var name = Signatures.Name("d", parameter.Name, taken);
                var output = _values.Fresh(Signatures.Companion(value.Type, writable: true), name);
                var mode = value.Type is ArrayType ? ParameterMode.Value : inOut ? ParameterMode.Ref : ParameterMode.Out;
                parameters.Add(new Parameter(output, mode, Wrt: false));
                if (value.Type is ArrayType)
                {
                    entry.Add(new RequireLength(output, name, value, parameter.Name));
                    shadows.Add((parameter, output));
                    root.Shadows[value] = output;
                    var elements = FlattenShadow(value, output, root, made) ?? output;
                    if (!inOut) clears.Add(new Fill(elements, Zero(output)));
                }
                else
                {
                    if (inOut) Seed(root, Signatures.ResultOf(_primal, parameter), output);
                    gradients.Add((parameter, output));
                }
            }
            else if (value.Type is ArrayType && _activity.IsActive(value))
            {
                var shadow = ArrayCode.Like(value, made, Signatures.Name("d", parameter.Name, taken));
                root.Shadows[value] = shadow;
                FlattenShadow(value, shadow, root, made);
            }
        }

        RequireDisjoint(entry, shadows);
        entry.AddRange(made.Ops);
        Combine(root);

        var results = new List<Operand>();
        foreach (var (primal, _) in gradients)
        {
            results.Add(TakeBar(primal.Value, root) ?? new NumberConstant((ScalarType)primal.Value.Type, 0));
            _naming.Suggest(results[results.Count - 1], primal.Name + "Bar");
        }

        var body = new BlockBuilder(_values);
        body.AddRange(entry.Ops);
        if (_tape is not null) body.Add(new OpenTape(_tape));
        body.AddRange(ForwardOps(root, clears.Ops));
        body.AddRange(root.Code.Ops);
        var block = new Block(body.Ops, _primal.Body.Yields.AddRange(results));
        return new Function(_primal.Name + (gradient ? "Grad" : "Vjp"), parameters.ToImmutable(), _primal.Returns, new Substitution(naming: _naming).Map(block))
        {
            Source = _primal.Source,
            PrimalResults = _primal.PrimalResults,
        };
    }

    /// <summary>Where the primal works on the elements of a tensor, the adjoint does on those of its shadow, from the start; gives these.</summary>
    private Value? FlattenShadow(Value tensor, Value shadow, Frame root, BlockBuilder into)
    {
        if (_primal.Body.Ops.OfType<Flatten>().FirstOrDefault(f => f.Tensor.Equals(tensor)) is not { } primal) return null;
        var elements = _values.Fresh(((ArrayType)shadow.Type).AsSpan(), shadow.Name + "Elements");
        into.Add(new Flatten(elements, shadow));
        root.Shadows[primal.Result] = elements;
        return elements;
    }

    private void Seed(Frame frame, Operand value, Operand cotangent)
    {
        if (_activity.IsActive(value)) frame.AddBar((Value)value, cotangent);
    }

    /// <summary>Nothing that is written may overlap anything else that the function touches.</summary>
    private void RequireDisjoint(BlockBuilder entry, List<(Parameter Primal, Value Shadow)> shadows)
    {
        var arrays = _primal.Parameters.Where(p => p.Value.Type is ArrayType).ToList();
        for (var i = 0; i < arrays.Count; i++)
        {
            for (var j = i + 1; j < arrays.Count; j++)
            {
                if ((_written.Contains(arrays[i].Value) || _written.Contains(arrays[j].Value)) && SameElement(arrays[i].Value, arrays[j].Value))
                {
                    entry.Add(new RequireDisjoint(arrays[i].Value, arrays[i].Name, arrays[j].Value, arrays[j].Name));
                }
            }
        }

        for (var i = 0; i < shadows.Count; i++)
        {
            var shadow = shadows[i].Shadow;
            foreach (var array in arrays.Where(a => SameElement(a.Value, shadow))) entry.Add(new RequireDisjoint(shadow, shadow.Name, array.Value, array.Name));
            foreach (var (_, other) in shadows.Skip(i + 1).Where(s => SameElement(s.Shadow, shadow)))
            {
                entry.Add(new RequireDisjoint(shadow, shadow.Name, other, other.Name));
            }
        }
    }

    private static bool SameElement(Value a, Value b) => ((ArrayType)a.Type).Element == ((ArrayType)b.Type).Element;

    private int _tapeUses;

    private Value Tape()
    {
        _tapeUses++;
        return _tape ??= _values.Fresh(TapeType.Instance, "tape");
    }
}
