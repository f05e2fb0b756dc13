using System.Reflection;
using System.Runtime.CompilerServices;
using SoftDiff.Runtime.Tests.Golden;
using SoftDiff.Runtime.Tests.Operators.Axes;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>A reverse mode with options, at a point. Arrays are spans or tensors, whichever the methods take.</summary>
internal sealed class NestedPoint
{
    // Differences to both sides that are extrapolated to equal limits differ by less.
    private const double Jump = 3e-6;

    private readonly MethodInfo vjp;
    private readonly ParameterInfo[] parameters;
    private readonly Dictionary<string, object?> options;
    private readonly NestedShapes shapes;
    private readonly MemoryLayout layout;
    private readonly List<ParameterInfo> inputs, arrays, outs;
    private readonly Dictionary<string, double[]> values = new(StringComparer.Ordinal);

    private readonly bool hasTies;

    public NestedPoint(MethodInfo vjp, Dictionary<string, object?> options, NestedShapes shapes, MemoryLayout layout, Random random, bool hasTies)
    {
        (this.vjp, this.options, this.shapes, this.layout, this.hasTies, parameters) = (vjp, options, shapes, layout, hasTies, vjp.GetParameters());
        outs = [.. parameters.Where(p => p.IsOut)];
        arrays = [.. parameters.Where(IsWritten)];
        inputs = [.. parameters.Where(p => !p.IsOut && !arrays.Contains(p) && Element(p) == typeof(double) && !p.IsDefined(typeof(NonDifferentiableAttribute)))];
        foreach (var input in inputs) values[input.Name!] = Array.ConvertAll(new double[Length(input)], _ => Value(input, random));
        try
        {
            // A transported mass of 1e-15 is rounding, and its logarithm has no digits.
            var isLog = options.TryGetValue("returnLogProbs", out var log) && (bool)log!;
            var isRounded = isLog && (SortMethod)options["method"]! == SortMethod.OptimalTransport && (SoftMode)options["mode"]! != SoftMode.Smooth;
            // A rule does not show the logarithms themselves.
            var isHidden = isLog && (SoftMode)options["mode"]! != SoftMode.Smooth && !vjp.Name.EndsWith("Vjp", StringComparison.Ordinal);
            Exists = !isHidden && !Run(values).Any(v => isRounded && double.IsFinite(v) && v < -25);
        }
        catch (ArgumentException error) when (error.ParamName is null or "k" or "mode" or "method" or "returnLogProbs")
        {
            // Such as a mode that the method does not have.
        }
    }

    public bool Exists { get; }

    /// <summary>Whether the soft permutation is taken as constant on purpose, so that derivatives are not the limits of differences.</summary>
    public bool IsUngated => options.TryGetValue("gatedGrad", out var gated) && !(bool)gated! && (SoftMode)options["mode"]! != SoftMode.Hard
        && (SortMethod)options["method"]! is SortMethod.SoftSort or SortMethod.NeuralSort or SortMethod.OptimalTransport;

    /// <summary>
    /// Whether the method has no kinks where elements are equal (docs/kinks.md). Standardised rows do not count: those of equal elements are squashed
    /// with a slope of 1000, so that differences do not settle.
    /// </summary>
    public bool IsSmoothAtTies => HasMethod(SoftMode.Smooth, SortMethod.NeuralSort, SortMethod.OptimalTransport) && !(bool)options["standardize"]!;

    /// <summary>Whether an error is one that docs/kinks.md tells of: at a kink too narrow for differences, or of a root of 0.</summary>
    public bool IsExcused(double error) => (IsBetweenElements && HasMethod(SoftMode.C0, SortMethod.OptimalTransport))
        || (double.IsNaN(error) && (HasMethod(SoftMode.C1, SortMethod.FastSoftSort) || HasMethod(SoftMode.C2, SortMethod.FastSoftSort)));

    /// <summary>
    /// The distance of the tangents from extrapolated differences, relative to the size of both; null where there is a kink in their reach: the
    /// differences do not settle, or, at a tie, those to both sides have different limits.
    /// </summary>
    public double? Error(Invocation tangent, Random random) => Error(tangent, Direction(random));

    /// <inheritdoc cref="Error(Invocation, Random)"/>
    public double? Error(Invocation tangent, Dictionary<string, double[]> direction)
    {
        var (run, exact) = Tangent(tangent, direction);
        var plain = Run(values);
        var (worst, size) = (0.0, plain.Concat(exact).Where(double.IsFinite).Max(Math.Abs));
        for (var i = 0; i < plain.Length; i++)
        {
            var isSame = run[i].Equals(plain[i]) || Math.Abs(run[i] - plain[i]) <= 1e-11 * Math.Max(1, size);
            Assert.True(isSame, $"{this}: value {i}: {run[i]:R} and {plain[i]:R}");

            // The logarithm of 0 does not move.
            if (double.IsInfinity(plain[i])) Assert.Equal(0, exact[i]);
        }

        double[] Difference(double h) => [.. Run(Moved(h)).Zip(Run(Moved(-h)), (a, b) => a.Equals(b) ? 0 : (a - b) / (2 * h))];
        Dictionary<string, double[]> Moved(double h) => values.ToDictionary(v => v.Key, v => v.Value.Zip(direction[v.Key], (a, d) => a + (h * d)).ToArray());
        double[] Bends(double h) => [.. Run(Moved(h)).Zip(Run(Moved(-h)), plain).Select(v => Bend(v.First, v.Second, v.Third) / h)];
        bool IsKink() => Bends(1e-4).Zip(Bends(2e-4)).Any(v => !(Math.Abs((2 * v.First) - v.Second) <= Jump * Math.Max(1, size)));
        var (fine, coarse) = (Difference(1e-4), Difference(2e-4));
        if (fine.Zip(coarse, (a, b) => Math.Abs(a - b)).Max() > 1e-4 * Math.Max(1, size)) return null;
        if (hasTies && IsKink()) return null;
        for (var i = 0; i < plain.Length; i++) worst = Math.Max(worst, Math.Abs((((4 * fine[i]) - coarse[i]) / 3) - exact[i]));
        return worst / Math.Max(1, size);
    }

    private bool IsBetweenElements => vjp.Name.Contains("Median", StringComparison.Ordinal) || options.ContainsKey("quantileMethod");

    private bool HasMethod(SoftMode mode, params SortMethod[] methods) =>
        options.TryGetValue("method", out var method) && (SoftMode)options["mode"]! == mode && methods.Contains((SortMethod)method!);

    // Infinities that do not move have no bend.
    private static double Bend(double after, double before, double here) =>
        after.Equals(here) && before.Equals(here) ? 0 : after - here + (before - here);

    /// <summary>⟨bar, J t⟩ - ⟨Jᵀ bar, t⟩ for the reverse mode as a function, relative to the size of the terms.</summary>
    public double Mismatch(Invocation tangent, Invocation backward, Random random)
    {
        var direction = Direction(random);
        var (_, exact) = Tangent(tangent, direction);
        var bars = Array.ConvertAll(exact, _ => random.NextDouble() - 0.5);
        var gradient = Backward(backward, bars);
        var (forward, size) = (0.0, 0.0);
        for (var i = 0; i < bars.Length; i++)
        {
            forward += bars[i] * exact[i];
            size += Math.Abs(bars[i] * exact[i]);
        }

        var reverse = 0.0;
        foreach (var input in inputs)
        {
            foreach (var (g, t) in gradient[input.Name!].Zip(direction[input.Name!]))
            {
                reverse += g * t;
                size += Math.Abs(g * t);
            }
        }

        return Math.Abs(forward - reverse) / Math.Max(size, 0.01);
    }

    public override string ToString() => $"{vjp.Name}, {shapes}, {layout}, {string.Join(", ", options.Select(o => $"{o.Key} {o.Value}"))}";

    /// <summary>A tangent for each input.</summary>
    public Dictionary<string, double[]> Direction(Random random) =>
        inputs.ToDictionary(p => p.Name!, p => Array.ConvertAll(values[p.Name!], v => random.NextDouble() - 0.5));

    /// <summary>A direction along which equal elements stay equal.</summary>
    public Dictionary<string, double[]> DirectionOfTies(Random random)
    {
        var tangents = new Dictionary<double, double>();
        double Of(double value) => tangents.TryGetValue(value, out var tangent) ? tangent : tangents[value] = random.NextDouble() - 0.5;
        return inputs.ToDictionary(p => p.Name!, p => Array.ConvertAll(values[p.Name!], Of));
    }

    /// <summary>The outputs of the reverse mode, or of another with the same parameters, in one row: what is returned, what is handed out, what is written.</summary>
    public double[] Run(MethodInfo method) => Run(method, values);

    /// <summary>The outputs and their tangents, by the forward rule.</summary>
    public (double[] Values, double[] Tangents) Tangent(Invocation rule, Dictionary<string, double[]> direction)
    {
        var written = Written(rule.Parameters);
        var result = rule.Run(Array.ConvertAll(rule.Parameters, p => p.Name!.EndsWith("Dot", StringComparison.Ordinal) && !written.ContainsKey(p.Name)
            ? Lent(p, direction[p.Name[..^3]])
            : Argument(p, values, written)));
        var items = Items(result);
        return (
            [.. items.Take(items.Length / 2), .. arrays.SelectMany(p => Elements(written[p.Name!]))],
            [.. items.Skip(items.Length / 2), .. arrays.SelectMany(p => Elements(written[p.Name + "Dot"]))]);
    }

    private double[] Run(Dictionary<string, double[]> at) => Run(vjp, at);

    private double[] Run(MethodInfo method, Dictionary<string, double[]> at)
    {
        var handed = outs.ToDictionary(p => p.Name!, _ => new double[1]);
        var written = Written(parameters);
        var result = Invocation.Of(method).Run(Array.ConvertAll(parameters, p => p.IsOut ? handed[p.Name!] : Argument(p, at, written)));
        return
        [
            .. Items(result),
            .. outs.SelectMany(p => handed[p.Name!]),
            .. arrays.SelectMany(p => Elements(written[p.Name!])),
        ];
    }

    private Dictionary<string, double[]> Backward(Invocation rule, double[] bars)
    {
        var written = Written(rule.Parameters);
        var next = 0;
        var result = rule.Run(Array.ConvertAll(rule.Parameters, p =>
        {
            if (p.Name!.EndsWith("Bar", StringComparison.Ordinal) && !written.ContainsKey(p.Name)) return Lent(p, bars[next..(next += Length(p))]);
            return Argument(p, values, written);
        }));
        var items = new Queue<double>(Items(result));
        return inputs.ToDictionary(p => p.Name!, p => IsArray(p) ? Elements(written[p.Name + "Bar"]) : [items.Dequeue()]);
    }

    // Memory for what is written. What lies between the elements is NaN, and must stay so.
    private Dictionary<string, StridedTensor> Written(ParameterInfo[] of) =>
        of.Where(IsWritten).ToDictionary(p => p.Name!, p => StridedTensor.Of(shapes.Of(p.Name!), LayoutOf(p), _ => 0));

    private static double[] Elements(StridedTensor tensor)
    {
        Assert.Equal(tensor.Gaps, tensor.NaNs - tensor.Elements.Count(double.IsNaN));
        return tensor.Elements;
    }

    private static double[] Items(object? result) => result switch
    {
        null => [],
        double number => [number],
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => (double)tuple[i]!)],
        _ => throw new InvalidOperationException(),
    };

    private object? Argument(ParameterInfo p, Dictionary<string, double[]> at, Dictionary<string, StridedTensor> written)
    {
        if (written.TryGetValue(p.Name!, out var memory)) return memory.Block;
        if (at.TryGetValue(p.Name!, out var elements)) return Lent(p, elements);
        if (options.TryGetValue(p.Name!, out var option)) return option;
        if (IsArray(p)) return Lent(p, Constant(p));
        return p.Name switch
        {
            "q" => 0.3,
            "p" => 30.0,
            _ => Default(p.Name!),
        };
    }

    // The rules have no options, but the operator does.
    private object? Default(string name) => vjp.DeclaringType!.GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(m => m.Name == NestedMethods.Operator(vjp)).SelectMany(m => m.GetParameters())
        .First(q => q.Name == name && q.HasDefaultValue).DefaultValue;

    // An output that is only read in a reverse rule, an option, or noise, which is the same in every call.
    private double[] Constant(ParameterInfo p) => p.Name switch
    {
        "q" => [0.3, 0.8],
        "p" => [30, 80],
        "uniform" or "gumbel" => Noise(Length(p)),
        _ => new double[Length(p)],
    };

    private static double[] Noise(int length)
    {
        var random = new Random(length);
        return Array.ConvertAll(new double[length], _ => random.NextDouble());
    }

    private object Lent(ParameterInfo p, double[] elements) =>
        IsArray(p) ? StridedTensor.Of(elements.Length == Length(p) ? shapes.Of(p.Name!) : [elements.Length], LayoutOf(p), i => elements[i]).Block : elements[0];

    private MemoryLayout LayoutOf(ParameterInfo p) => Invocation.IsTensor(Invocation.Plain(p.ParameterType)) ? layout : MemoryLayout.Dense;

    private int Length(ParameterInfo p) => IsArray(p) ? shapes.Of(p.Name!).Aggregate(1, (a, b) => a * b) : 1;

    public static bool IsArray(ParameterInfo p) => Invocation.Plain(p.ParameterType).IsByRefLike;

    public static bool IsWritten(ParameterInfo p) => IsArray(p) && !Invocation.Plain(p.ParameterType).Name.StartsWith("ReadOnly", StringComparison.Ordinal);

    public static Type Element(ParameterInfo parameter)
    {
        var type = Invocation.Plain(parameter.ParameterType);
        return type.IsByRefLike ? type.GetGenericArguments()[0] : type;
    }

    // The domains of the operators on truth values and of the safe functions, where they are not at a kink. Ties are halves, so inputs meet each other and 0.
    private double Value(ParameterInfo p, Random random)
    {
        var value = Apart(p, random);
        return hasTies && !IsCotangent(p) && p.Name != "softness" ? Math.Round(2 * value) / 2 : value;
    }

    private static bool IsCotangent(ParameterInfo p) => p.Name![0] == 'c' && p.Name.Length > 1 && char.IsUpper(p.Name[1]);

    private double Apart(ParameterInfo p, Random random)
    {
        if (p.Name == "softness") return 0.3 + (0.4 * random.NextDouble());
        if (p.Name is "a" or "b") return (p.Name == "a" ? -2 : 0.5) + (1.5 * random.NextDouble());
        if (IsCotangent(p)) return random.NextDouble() - 0.5;
        return p.Name != "p" && vjp.GetParameters().Any(q => q.Name == "softness") ? (4 * random.NextDouble()) - 2 : 0.1 + (0.8 * random.NextDouble());
    }
}
