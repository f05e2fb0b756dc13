using System.Reflection;
using System.Runtime.CompilerServices;
using SoftDiff.Runtime.Tests.Golden;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>
/// The rules of every reverse mode: forward over reverse is the derivative of what the reverse mode computes, and reverse over reverse its
/// transpose. The second holds to rounding only if the second derivatives are exact, since it exchanges the order of differentiation.
/// </summary>
public sealed class NestedRuleTests(ITestOutputHelper log)
{
    private const double Transposed = 1e-9, Differences = 2e-6;

    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var vjp in Vjps()) data.Add(vjp.Name, Signature(vjp));
        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void NestedDerivativesAreThoseOfTheReverseMode(string name, string signature)
    {
        var vjp = Vjps().Single(m => m.Name == name && Signature(m) == signature);
        var (tangent, backward) = (Rule(vjp, "Tangent"), Rule(vjp, "Backward"));
        var random = new Random(name.Length);
        var (count, compared, worstPair, worstDifference) = (0, 0, 0.0, 0.0);
        foreach (var options in Options(vjp))
        {
            foreach (var n in new[] { 1, 2, 5, 9 })
            {
                var point = new Point(vjp, options, n, random);
                if (!point.Exists) continue;
                count++;
                var pair = point.Mismatch(tangent, backward, random);
                Assert.True(pair <= Transposed, $"{point}: transposed {pair:G3}");
                worstPair = Math.Max(worstPair, pair);
                if (point.Error(tangent, random) is not { } difference) continue;
                compared++;
                Assert.True(difference <= Differences, $"{point}: difference {difference:G3}");
                worstDifference = Math.Max(worstDifference, difference);
            }
        }

        log.WriteLine($"{count} points, transposed {worstPair:G3}; {compared} smooth, differences {worstDifference:G3}");
        Assert.True(count > 0 && compared >= 0.9 * count, $"{compared} of {count} points are smooth");
    }

    [Fact]
    public void UngatedGradientsDoNotNest()
    {
        double[] x = [1, 3, 2], c = [1, -1, 2];
        var error = Assert.Throws<NotSupportedException>(() => Soft.SortVjpTangent(
            x, new double[3], c, new double[3], 0.1, SoftMode.Smooth, SortMethod.SoftSort, true, false, gatedGrad: false, x, c, 0, new double[3], new double[3]));
        Assert.Contains("gatedGrad", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<MethodInfo> Vjps() => new[] { typeof(Soft), typeof(Safe) }
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(m => m.Name.EndsWith("Vjp", StringComparison.Ordinal) && !m.Name.EndsWith("StVjp", StringComparison.Ordinal))
        .Where(m => m.GetParameters().All(p => !Invocation.IsTensor(Invocation.Plain(p.ParameterType)) && Element(p) != typeof(float)));

    private static string Signature(MethodInfo method) =>
        string.Join(", ", method.GetParameters().Where(p => Element(p) == typeof(double)).Select(p => p.ParameterType.Name.Split('`')[0] + " " + p.Name));

    private static Type Element(ParameterInfo parameter)
    {
        var type = Invocation.Plain(parameter.ParameterType);
        return type.IsByRefLike ? type.GetGenericArguments()[0] : type;
    }

    private static Invocation Rule(MethodInfo vjp, string suffix)
    {
        var primal = vjp.GetParameters().Where(p => !p.IsOut).Select(p => p.Name).ToList();
        return Invocation.Of(vjp.DeclaringType!.GetMethods(BindingFlags.Public | BindingFlags.Static).Single(m =>
            m.Name == vjp.Name + suffix && m.GetParameters().Select(p => p.Name).Take(primal.Count).SequenceEqual(primal)
            && m.GetParameters().All(p => Element(p) != typeof(float))
            && m.GetParameters()[0].ParameterType == vjp.GetParameters()[0].ParameterType));
    }

    // All that there is to choose; what does not go together is left out later.
    private static IEnumerable<Dictionary<string, object>> Options(MethodInfo vjp)
    {
        var choices = new List<Dictionary<string, object>> { new(StringComparer.Ordinal) };
        foreach (var parameter in vjp.GetParameters())
        {
            object[] values = parameter switch
            {
                { Name: "gatedGrad" } => [true],
                { Name: "k" } => [2],
                { Name: "quantileMethod" } => [QuantileMethod.Linear],
                _ when parameter.ParameterType.IsEnum => [.. Enum.GetValues(parameter.ParameterType).Cast<object>()],
                _ when parameter.ParameterType == typeof(bool) => [true, false],
                _ => [],
            };
            if (values.Length == 0) continue;
            choices = [.. choices.SelectMany(c => values.Select(v => new Dictionary<string, object>(c, StringComparer.Ordinal) { [parameter.Name!] = v }))];
        }

        return choices;
    }

    /// <summary>A reverse mode with options, at a point.</summary>
    private sealed class Point
    {
        private readonly MethodInfo vjp;
        private readonly ParameterInfo[] parameters;
        private readonly Dictionary<string, object> options;
        private readonly int n;
        private readonly List<ParameterInfo> inputs, arrays, outs;
        private readonly Dictionary<string, double[]> values = new(StringComparer.Ordinal);

        public Point(MethodInfo vjp, Dictionary<string, object> options, int n, Random random)
        {
            (this.vjp, this.options, this.n, parameters) = (vjp, options, n, vjp.GetParameters());
            outs = [.. parameters.Where(p => p.IsOut)];
            arrays = [.. parameters.Where(p => p.ParameterType == typeof(Span<double>))];
            inputs = [.. parameters.Where(p => !p.IsOut && !arrays.Contains(p) && Element(p) == typeof(double) && !p.IsDefined(typeof(NonDifferentiableAttribute)))];
            foreach (var input in inputs) values[input.Name!] = Array.ConvertAll(new double[Length(input)], _ => Value(input, random));
            try
            {
                // A transported mass of 1e-15 is rounding, and its logarithm has no digits.
                var isLog = options.TryGetValue("returnLogProbs", out var log) && (bool)log;
                var isRounded = isLog && (SortMethod)options["method"] == SortMethod.OptimalTransport && (SoftMode)options["mode"] != SoftMode.Smooth;
                Exists = !Run(values).Any(v => isRounded && double.IsFinite(v) && v < -25);
            }
            catch (ArgumentException)
            {
                // Such as a mode that the method does not have.
            }
        }

        public bool Exists { get; }

        /// <summary>
        /// The distance of the tangents from extrapolated differences, relative to the size of both; null where the differences do not settle, as there
        /// is a kink in their reach.
        /// </summary>
        public double? Error(Invocation tangent, Random random)
        {
            var direction = inputs.ToDictionary(p => p.Name!, p => Array.ConvertAll(values[p.Name!], v => random.NextDouble() - 0.5));
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
            var (fine, coarse) = (Difference(1e-4), Difference(2e-4));
            if (fine.Zip(coarse, (a, b) => Math.Abs(a - b)).Max() > 1e-4 * Math.Max(1, size)) return null;
            for (var i = 0; i < plain.Length; i++) worst = Math.Max(worst, Math.Abs((((4 * fine[i]) - coarse[i]) / 3) - exact[i]));
            return worst / Math.Max(1, size);
        }

        /// <summary>⟨bar, J t⟩ - ⟨Jᵀ bar, t⟩ for the reverse mode as a function, relative to the size of the terms.</summary>
        public double Mismatch(Invocation tangent, Invocation backward, Random random)
        {
            var direction = inputs.ToDictionary(p => p.Name!, p => Array.ConvertAll(values[p.Name!], v => random.NextDouble() - 0.5));
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

        public override string ToString() => $"{vjp.Name}, n = {n}, {string.Join(", ", options.Select(o => $"{o.Key} {o.Value}"))}";

        // The outputs in one row: what is returned, what is handed out, what is written.
        private double[] Run(Dictionary<string, double[]> at)
        {
            var handed = outs.ToDictionary(p => p.Name!, _ => new double[1]);
            var written = arrays.ToDictionary(p => p.Name!, p => new double[Length(p)]);
            var result = Invocation.Of(vjp).Run(Array.ConvertAll(parameters, p => p.IsOut ? handed[p.Name!] : Argument(p, at, written)));
            return [.. result is double number ? [number] : Array.Empty<double>(), .. outs.SelectMany(p => handed[p.Name!]), .. arrays.SelectMany(p => written[p.Name!])];
        }

        private (double[] Values, double[] Tangents) Tangent(Invocation rule, Dictionary<string, double[]> direction)
        {
            var written = rule.Parameters.Where(p => p.ParameterType == typeof(Span<double>)).ToDictionary(p => p.Name!, p => new double[Length(p)]);
            var result = rule.Run(Array.ConvertAll(rule.Parameters, p => p.Name!.EndsWith("Dot", StringComparison.Ordinal) && !written.ContainsKey(p.Name)
                ? Lent(p, direction[p.Name[..^3]])
                : Argument(p, values, written)));
            var items = Items(result);
            return (
                [.. items.Take(items.Length / 2), .. arrays.SelectMany(p => written[p.Name!])],
                [.. items.Skip(items.Length / 2), .. arrays.SelectMany(p => written[p.Name + "Dot"])]);
        }

        private Dictionary<string, double[]> Backward(Invocation rule, double[] bars)
        {
            var written = rule.Parameters.Where(p => p.ParameterType == typeof(Span<double>)).ToDictionary(p => p.Name!, p => new double[Length(p)]);
            var next = 0;
            var result = rule.Run(Array.ConvertAll(rule.Parameters, p =>
            {
                if (p.Name!.EndsWith("Bar", StringComparison.Ordinal) && !written.ContainsKey(p.Name)) return Lent(p, bars[next..(next += Length(p))]);
                return Argument(p, values, written);
            }));
            var items = new Queue<double>(Items(result));
            return inputs.ToDictionary(p => p.Name!, p => p.ParameterType.IsByRefLike ? written[p.Name + "Bar"] : [items.Dequeue()]);
        }

        private static double[] Items(object? result) => result switch
        {
            null => [],
            double number => [number],
            ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => (double)tuple[i]!)],
            _ => throw new InvalidOperationException(),
        };

        private object? Argument(ParameterInfo p, Dictionary<string, double[]> at, Dictionary<string, double[]> written)
        {
            if (written.TryGetValue(p.Name!, out var memory) || at.TryGetValue(p.Name!, out memory)) return Lent(p, memory);
            if (options.TryGetValue(p.Name!, out var option)) return option;
            if (p.ParameterType.IsByRefLike) return Lent(p, new double[Length(p)]);
            return p.Name switch
            {
                "q" => 0.3,
                "p" => 30.0,
                _ => parameters.Single(q => q.Name == p.Name).DefaultValue,
            };
        }

        private static object Lent(ParameterInfo p, double[] memory) => p.ParameterType.IsByRefLike ? new Block<double>(memory, [memory.Length]) : memory[0];

        private int Length(ParameterInfo p)
        {
            if (!Invocation.Plain(p.ParameterType).IsByRefLike) return 1;
            var name = p.Name!.Replace("Dot", "", StringComparison.Ordinal).Replace("Bar", "", StringComparison.Ordinal).ToUpperInvariant();
            var k = options.TryGetValue("k", out var some) ? (int)some : 1;
            if (name.EndsWith("VALUES", StringComparison.Ordinal)) return k;
            if (name.EndsWith("INDICES", StringComparison.Ordinal)) return k * n;
            return name.EndsWith("DESTINATION", StringComparison.Ordinal) ? Outputs() : n;
        }

        private int Outputs() => vjp.Name == "ArgSortVjp" ? n * n : n;

        // The domains of the operators on truth values and of the safe functions, where they are not at a kink.
        private double Value(ParameterInfo p, Random random)
        {
            if (p.Name == "softness") return 0.3 + (0.4 * random.NextDouble());
            if (p.Name is "a" or "b") return (p.Name == "a" ? -2 : 0.5) + (1.5 * random.NextDouble());
            if (p.Name![0] == 'c' && p.Name.Length > 1 && char.IsUpper(p.Name[1])) return random.NextDouble() - 0.5;
            return vjp.GetParameters().Any(q => q.Name == "softness") ? (4 * random.NextDouble()) - 2 : 0.1 + (0.8 * random.NextDouble());
        }
    }
}
