using System.Numerics;
using System.Runtime.Intrinsics;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>What every published elementwise operator promises about its spans, in double and float.</summary>
public sealed class PublicOperatorTests
{
    private const double Softness = 0.7;

    [Fact]
    public void All_are_found()
    {
        string[] expected =
        [
            "Abs", "Acos", "And", "Asin", "Clamp", "Div", "Equal", "Greater", "GreaterEqual", "Heaviside", "IsClose", "Less", "LessEqual", "Log",
            "Not", "NotEqual", "Or", "Relu", "Round", "Sigmoidal", "Sign", "Softrelu", "Sqrt", "Where", "Xor",
        ];
        string[] withNumbers = ["Clamp", "Equal", "Greater", "GreaterEqual", "IsClose", "Less", "LessEqual", "NotEqual"];
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var all = PublicOperator<T>.All.ToLookup(f => f.Name.EndsWith("St", StringComparison.Ordinal));
            Assert.Equal(expected, all[false].Select(f => f.Name).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(withNumbers, all[false].Where(f => f.Bounds.Length > 0).Select(f => f.Name).Order(StringComparer.Ordinal));
            Assert.Equal(32, all[false].Count());
            Assert.Equal(22, all[true].Count());
        }
    }

    [Fact]
    public void Spans_give_what_numbers_give()
    {
        Check<double>(1e-13);
        Check<float>(1e-5);

        static void Check<T>(double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int[] lengths =
            [
                .. new[] { Vector128<T>.Count, Vector256<T>.Count, Vector512<T>.Count }.SelectMany(w => new[] { w - 1, w, w + 1, (8 * w) + 3 })
                    .Append(1).Distinct(),
            ];
            foreach (var f in PublicOperator<T>.All)
            {
                foreach (var n in lengths)
                {
                    var a = New(f, n, n);
                    var softness = f.Vjp(a) ?? T.Zero;
                    f.Jvp(a);
                    var summed = f.Bounds.Select(PublicOperator<T>.Gradient).Concat(f.HasSoftness ? ["dSoftness"] : []).ToDictionary(d => d, _ => 0.0);
                    for (var i = 0; i < n; i++)
                    {
                        var e = Element(f, a, i);
                        Assert.Equal(a.Array("destination")[i], f.Number(e));
                        Assert.Equal(a.Array("destination")[i], f.NumberVjp(e));
                        Assert.Equal(a.Array("destination")[i], f.NumberJvp(e));
                        foreach (var d in f.Inputs.Select(PublicOperator<T>.Gradient)) Assert.Equal(a.Array(d)[i], e.Array(d)[0]);
                        AssertClose(e.Array("tResult")[0], a.Array("tDestination")[i], tolerance * 10, f);
                        foreach (var d in summed.Keys) summed[d] += double.CreateChecked(e.Array(d)[0]);
                    }

                    foreach (var (d, sum) in summed) AssertClose(T.CreateChecked(sum), d == "dSoftness" ? softness : a.Array(d)[0], tolerance * n, f);
                    var value = a.Array("destination");
                    a.Span("destination", new T[n]);
                    f.Map(a);
                    Assert.Equal(value, a.Array("destination"));
                }
            }
        }
    }

    [Fact]
    public void Forward_and_reverse_mode_are_transposes_of_each_other()
    {
        var random = new Random(3);
        foreach (var f in PublicOperator<double>.All)
        {
            foreach (var n in new[] { random.Next(1, 20), random.Next(20, 200), random.Next(1000, 3000) })
            {
                var a = New(f, n, n);
                var reverse = 0.25 * (f.Vjp(a) ?? 0);
                f.Jvp(a);
                var (forward, size) = (Dot("cDestination", "tDestination", out var terms), terms);
                foreach (var input in f.Inputs)
                {
                    reverse += Dot(PublicOperator<double>.Gradient(input), PublicOperator<double>.Tangent(input), out terms);
                    size += terms;
                }

                foreach (var bound in f.Bounds) reverse += a.Array(PublicOperator<double>.Gradient(bound))[0] * Along(bound);
                Assert.True(double.Abs(forward - reverse) <= 1e-11 * size, $"{f}, {n}: {forward:R} and {reverse:R}");

                double Dot(string left, string right, out double magnitude)
                {
                    var products = a.Array(left).Zip(a.Array(right), (p, q) => p * q).ToArray();
                    magnitude = products.Sum(double.Abs);
                    return products.Sum();
                }
            }
        }
    }

    [Fact]
    public void Empty_spans_are_refused()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (var f in PublicOperator<T>.All)
            {
                foreach (var form in f.SpanForms())
                {
                    var error = Assert.Throws<ArgumentException>(() => form.Call(New(f, 0, 1)));
                    Assert.Equal(f.Inputs[0], error.ParamName);
                    Assert.Contains("is empty", error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Wrong_lengths_are_named_before_anything_is_written()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            const int N = 9;
            foreach (var f in PublicOperator<T>.All)
            {
                foreach (var form in f.SpanForms())
                {
                    foreach (var wrong in form.Read.Concat(form.Written).Where(name => name != f.Inputs[0]))
                    {
                        foreach (var length in new[] { N - 1, N + 1 })
                        {
                            var a = New(f, N, 1);
                            a.Span(wrong, Fill<T>(length));
                            AssertRefused(f, form.Call, form.Written, a, wrong, $"length {length}; it must have length {N}");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Memory_shared_in_part_is_refused_before_anything_is_written()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            const int N = 9;
            foreach (var f in PublicOperator<T>.All)
            {
                foreach (var form in f.SpanForms())
                {
                    foreach (var output in form.Written)
                    {
                        foreach (var other in form.Read.Concat(form.Written).Where(name => name != output))
                        {
                            // One element on, or for two outputs at the very place, too.
                            foreach (var shift in form.Read.Contains(other) ? [1, N - 1] : new[] { 0, 1 })
                            {
                                var (a, memory) = (New(f, N, 1), Fill<T>(3 * N));
                                a.Span(other, memory, N, N);
                                a.Span(output, memory, N + shift, N);
                                AssertRefused(f, form.Call, form.Written, a, null, "");
                                a.Span(output, memory, N - shift, N);
                                AssertRefused(f, form.Call, form.Written, a, null, "");
                            }
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Outputs_may_take_the_memory_of_inputs()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (var f in PublicOperator<T>.All)
            {
                foreach (var n in new[] { 1, 3, 8, 19, 67 })
                {
                    foreach (var form in f.SpanForms())
                    {
                        var expected = New(f, n, n);
                        var softness = form.Call(expected);

                        // Every output over every input, one at a time.
                        foreach (var output in form.Written)
                        {
                            foreach (var input in form.Read)
                            {
                                var a = New(f, n, n);
                                a.Span(output, a.Shared(input));
                                Assert.Equal(softness, form.Call(a));
                                foreach (var written in form.Written) Assert.Equal(expected.Array(written), a.Array(written));
                            }
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Wrong_options_are_refused_before_anything_is_written()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (var f in PublicOperator<T>.All.Where(f => f.HasSoftness))
            {
                foreach (var form in f.SpanForms())
                {
                    foreach (var softness in new[] { 0, -0.0, -1, double.NaN, double.NegativeInfinity })
                    {
                        var a = New(f, 5, 1);
                        a["softness"] = T.CreateSaturating(softness);
                        AssertRefused(f, form.Call, form.Written, a, "softness", "must be greater than 0");
                        Assert.Throws<ArgumentOutOfRangeException>("softness", () => f.Number(Element(f, a, 0)));
                        Assert.Throws<ArgumentOutOfRangeException>("softness", () => f.NumberVjp(Element(f, a, 0)));
                        Assert.Throws<ArgumentOutOfRangeException>("softness", () => f.NumberJvp(Element(f, a, 0)));
                    }

                    var b = New(f, 5, 1);
                    b["mode"] = (SoftMode)99;
                    AssertRefused(f, form.Call, form.Written, b, "mode", "");
                }
            }
        }
    }

    [Fact]
    public void Nan_stays_where_it_is()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (var f in PublicOperator<T>.All)
            {
                foreach (var (n, at) in new[] { (1, 0), (3, 1), (9, 8), (35, 20) })
                {
                    foreach (var mode in f.HasSoftness ? Enum.GetValues<SoftMode>() : [default])
                    {
                        var clean = Run(null);
                        foreach (var input in f.Inputs)
                        {
                            var a = Run(input);
                            foreach (var output in f.Inputs.Select(PublicOperator<T>.Gradient).Append("destination").Append("tDestination"))
                            {
                                var (expected, actual) = (clean.Array(output), a.Array(output));
                                for (var i = 0; i < n; i++)
                                {
                                    var isRight = i == at ? T.IsNaN(actual[i]) : actual[i].Equals(expected[i]);
                                    Assert.True(isRight, $"{f} {mode}, {input}, {output} at {i}");
                                }
                            }
                        }

                        Arguments<T> Run(string? input)
                        {
                            var a = New(f, n, 1);
                            a["mode"] = mode;
                            if (input is not null)
                            {
                                var x = a.Array(input).ToArray();
                                x[at] = T.NaN;
                                a.Span(input, x);
                            }

                            var softness = f.Vjp(a);
                            Assert.True(softness is null || T.IsNaN(softness.Value) == input is not null);
                            f.Jvp(a);
                            return a;
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void A_number_that_is_nan_makes_all_elements_nan()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (var f in PublicOperator<T>.All)
            {
                foreach (var bound in f.Bounds)
                {
                    foreach (var mode in Enum.GetValues<SoftMode>())
                    {
                        var a = New(f, 9, 1);
                        (a["mode"], a[bound]) = (mode, T.NaN);
                        Assert.True(T.IsNaN(f.Vjp(a)!.Value));
                        f.Jvp(a);
                        string[] written = ["destination", "tDestination", "dX", .. f.Bounds.Select(PublicOperator<T>.Gradient)];
                        foreach (var output in written) Assert.All(a.Array(output), v => Assert.True(T.IsNaN(v), $"{f} {mode}, {bound}, {output}"));
                    }
                }
            }
        }
    }

    /// <summary>The value and the slope are those of the hard operator, as docs/soft-operators.md says.</summary>
    [Fact]
    public void Infinite_elements_have_the_limits()
    {
        const double Inf = double.PositiveInfinity;
        foreach (var mode in Enum.GetValues<SoftMode>())
        {
            Same([1, 0], x => Soft.Sigmoidal(x, mode: mode), (x, d) => Soft.SigmoidalVjp(x, 1, out d[0], out d[1], mode: mode), [0, 0]);
            Same([1, -1], x => Soft.Sign(x, mode: mode), (x, d) => Soft.SignVjp(x, 1, out d[0], out d[1], mode: mode), [0, 0]);
            Same([Inf, Inf], x => Soft.Abs(x, mode: mode), (x, d) => Soft.AbsVjp(x, 1, out d[0], out d[1], mode: mode), [1, -1]);
            Same([Inf, 0], x => Soft.Softrelu(x, mode: mode), (x, d) => Soft.SoftreluVjp(x, 1, out d[0], out d[1], mode: mode), [1, 0]);
            Same(
                [3, -2],
                x => Soft.Clamp(x, -2, 3, mode: mode),
                (x, d) => Soft.ClampVjp(x, -2, 3, 1, out d[0], out _, out _, out d[1], mode: mode),
                [0, 0]);
            Pair([1, 0], x => Soft.Greater(x, 2, mode: mode), (x, d) => Soft.GreaterVjp(x, 2, 1, out d[0], out d[1], out d[2], mode: mode));
            Pair([0, 1], x => Soft.Less(x, 2, mode: mode), (x, d) => Soft.LessVjp(x, 2, 1, out d[0], out d[1], out d[2], mode: mode));
            Pair([0, 0], x => Soft.Equal(x, 2, mode: mode), (x, d) => Soft.EqualVjp(x, 2, 1, out d[0], out d[1], out d[2], mode: mode));
            Pair([1, 1], x => Soft.NotEqual(x, 2, mode: mode), (x, d) => Soft.NotEqualVjp(x, 2, 1, out d[0], out d[1], out d[2], mode: mode));
            Assert.Equal((Inf, -Inf), (Soft.Round(Inf, mode: mode), Soft.Round(-Inf, mode: mode)));
        }

        static void Pair(double[] values, Func<double, double> value, Func<double, double[], double> vjp) => Same(values, value, vjp, [0, 0]);

        static void Same(double[] values, Func<double, double> value, Func<double, double[], double> vjp, double[] slopes)
        {
            foreach (var (x, i) in new[] { (Inf, 0), (-Inf, 1) })
            {
                var d = new double[3];
                Assert.Equal(values[i], value(x));
                Assert.Equal(values[i], vjp(x, d));
                Assert.Equal((slopes[i], 0.0, 0.0), (d[0], d[1], d[2]));
            }
        }
    }

    /// <summary>All arguments of the three forms, of one length; the memory to be written holds 42.</summary>
    private static Arguments<T> New<T>(PublicOperator<T> f, int n, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var a = new Arguments<T> { ["softness"] = T.CreateChecked(Softness), ["tSoftness"] = T.CreateChecked(0.25) };
        foreach (var input in f.Inputs)
        {
            // Truth values and the domains of the safe functions; the others reach to both sides of what is soft.
            var (low, high) = f.HasSoftness ? (-4, 4) : (0.05, 0.95);
            a.Span(input, Samples.Uniform(seed++, n, low, high).As<T>());
            a.Span(PublicOperator<T>.Tangent(input), Samples.Uniform(seed++, n, -1, 1).As<T>());
            a.Span(PublicOperator<T>.Gradient(input), Fill<T>(n));
        }

        foreach (var bound in f.Bounds)
        {
            a[bound] = T.CreateChecked(bound == "a" ? -1.5 : 0.75);
            a[PublicOperator<T>.Tangent(bound)] = T.CreateChecked(Along(bound));
        }

        a.Span("cDestination", Samples.Uniform(seed, n, -1, 1).As<T>());
        a.Span("destination", Fill<T>(n));
        a.Span("tDestination", Fill<T>(n));
        return a;
    }

    private static double Along(string bound) => bound == "a" ? 0.5 : -0.25;

    /// <summary>The arguments of the forms for numbers that stand for one element.</summary>
    private static Arguments<T> Element<T>(PublicOperator<T> f, Arguments<T> all, int i)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var e = new Arguments<T> { ["cResult"] = all.Array("cDestination")[i] };
        foreach (var input in f.Inputs)
        {
            e[input] = all.Array(input)[i];
            e[PublicOperator<T>.Tangent(input)] = all.Array(PublicOperator<T>.Tangent(input))[i];
        }

        foreach (var name in f.Bounds.Concat(f.Bounds.Select(PublicOperator<T>.Tangent)).Concat(["softness", "tSoftness"])) e[name] = all.Number(name);
        return e;
    }

    private static T[] Fill<T>(int n)
        where T : INumberBase<T> => Enumerable.Repeat(T.CreateChecked(42), n).ToArray();

    private static void AssertRefused<T>(
        PublicOperator<T> f, Func<Arguments<T>, object?> call, string[] written, Arguments<T> a, string? parameter, string message)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var before = Array.ConvertAll(written, name => a.Array(name).ToArray());
        var error = Assert.ThrowsAny<ArgumentException>(() => call(a));
        if (parameter is not null) Assert.True(parameter == error.ParamName, $"{f}: {error.Message}");
        Assert.NotNull(error.ParamName);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        for (var i = 0; i < written.Length; i++) Assert.Equal(before[i], a.Array(written[i]));
    }

    private static void AssertClose<T>(T expected, T actual, double tolerance, object what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Assert.True(
            double.CreateChecked(T.Abs(expected - actual)) <= tolerance * (1 + double.CreateChecked(T.Abs(expected))),
            $"{what}: {actual} instead of {expected}");
}
