using System.Numerics;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>What all elementwise operators have in common, in double and float.</summary>
public sealed class ElementwiseOperatorTests
{
    private const double Softness = 0.7;

    // Every path of the loops for vectors of two to sixteen elements, and several blocks.
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 35), 64, 67, 127, 131, 1023, 1024, 1025, 2051];

    [Fact]
    public void Spans_give_what_single_elements_give_wherever_they_stand()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (var f in TestOperators.All<T>(Softness))
            {
                var (x, c, t) = (f.Arguments(1, 2051), Samples.Uniform(4, 2051, -1, 1).As<T>(), f.Arguments(5, 2051));
                var tSoftness = T.CreateChecked(0.375);
                var (value, tangent, gradients, terms) = (new T[2051], new T[2051], new[] { new T[2051], new T[2051], new T[2051] }, new double[2051]);
                for (var i = 0; i < 2051; i++)
                {
                    value[i] = f.Scalar(x[0][i], x[1][i], x[2][i]);
                    Assert.Equal(value[i], f.ScalarVjp(x[0][i], x[1][i], x[2][i], c[i], out gradients[0][i], out gradients[1][i], out gradients[2][i], out var term));
                    Assert.Equal(value[i], f.ScalarJvp(x[0][i], x[1][i], x[2][i], t[0][i], t[1][i], t[2][i], tSoftness, out tangent[i]));
                    terms[i] = double.CreateChecked(term);
                }

                foreach (var n in Lengths)
                {
                    var (xs, cs, ts) = (Part(x, n), c[..n], Part(t, n));
                    AssertSame(value[..n], f.Map(xs), f);
                    var (vjpValue, vjp, softness) = f.Vjp(xs, cs);
                    AssertSame(value[..n], vjpValue, f);
                    for (var k = 0; k < f.Inputs; k++) AssertSame(gradients[k][..n], vjp[k], f);
                    var scale = terms[..n].Sum(double.Abs) * (typeof(T) == typeof(double) ? 1e-14 : 1e-5);
                    Assert.True(double.Abs(terms[..n].Sum() - double.CreateChecked(softness)) <= scale, $"{f}, softness, {n}");
                    var (jvpValue, jvp) = f.Jvp(xs, ts, tSoftness);
                    AssertSame(value[..n], jvpValue, f);
                    for (var i = 0; i < n; i++)
                    {
                        var size = double.Abs(double.CreateChecked(tangent[i])) + 10;
                        Assert.True(double.Abs(double.CreateChecked(tangent[i] - jvp[i])) <= size * (typeof(T) == typeof(double) ? 1e-14 : 1e-5), $"{f}, tangent, {n}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Forward_and_reverse_mode_are_transposes_of_each_other()
    {
        foreach (var f in TestOperators.All<double>(Softness))
        {
            foreach (var n in new[] { 1, 2, 3, 7, 40, 300 })
            {
                var (x, c, t) = (f.Arguments(n, n), Samples.Uniform(n + 7, n, -1, 1), f.Arguments(n + 9, n));
                var (_, tangent) = f.Jvp(x, t, 0.625);
                var (_, gradients, dSoftness) = f.Vjp(x, c);
                var forward = tangent.Zip(c, (a, b) => a * b).Sum();
                var reverse = 0.625 * dSoftness;
                var size = double.Abs(reverse) + tangent.Zip(c, (a, b) => double.Abs(a * b)).Sum();
                for (var k = 0; k < f.Inputs; k++)
                {
                    reverse += gradients[k].Zip(t[k], (a, b) => a * b).Sum();
                    size += gradients[k].Zip(t[k], (a, b) => double.Abs(a * b)).Sum();
                }

                Assert.True(double.Abs(forward - reverse) <= 1e-13 * size, $"{f}, {n}: {forward:R} and {reverse:R}");
            }
        }
    }

    [Fact]
    public void Derivatives_agree_with_differences()
    {
        const int Count = 60;
        foreach (var mode in Enum.GetValues<SoftMode>().Cast<SoftMode?>().Append(null))
        {
            foreach (var (f, more, less) in Operators(0).Zip(Operators(1), Operators(-1)))
            {
                var (x, tested) = (f.Arguments(3, Count), 0);
                for (var i = 0; i < Count; i++)
                {
                    f.ScalarVjp(x[0][i], x[1][i], x[2][i], 1, out var dX, out var dY, out var dZ, out var dSoftness);
                    double[] derivatives = [dX, dY, dZ];
                    for (var k = 0; k < f.Inputs; k++)
                    {
                        var (at, which) = (new[] { x[0][i], x[1][i], x[2][i] }, k);
                        double Along(double h)
                        {
                            var moved = at.ToArray();
                            moved[which] += h;
                            return f.Scalar(moved[0], moved[1], moved[2]);
                        }

                        if (Agrees(Along, derivatives[k], $"{f}, input {k} at {string.Join(' ', at)}")) tested++;
                    }

                    if (f.Mode is null) continue;
                    var difference = (more.Scalar(x[0][i], x[1][i], x[2][i]) - less.Scalar(x[0][i], x[1][i], x[2][i])) / 2e-5;
                    Assert.True(double.Abs(difference - dSoftness) <= 1e-4, $"{f}, softness at {x[0][i]:R} {x[1][i]:R}: {dSoftness:R} instead of {difference:R}");
                }

                Assert.True(tested >= 0.9 * Count * f.Inputs, $"{f}: {tested}");
            }

            IEnumerable<TestOperator<double>> Operators(int side) =>
                mode is { } m ? TestOperators.InMode<double>(Softness + (side * 1e-5), m) : TestOperators.Plain<double>();
        }

        // False at a kink, where the difference depends on its step.
        static bool Agrees(Func<double, double> f, double derivative, string where)
        {
            var (coarse, fine) = (Difference(f, 1e-3), Difference(f, 2.5e-4));
            if (double.Abs(coarse - fine) > 1e-7) return false;
            Assert.True(double.Abs(fine - derivative) <= 1e-8 * (1 + double.Abs(fine)), $"{where}: {derivative:R} instead of {fine:R}");
            return true;
        }

        static double Difference(Func<double, double> f, double h) => ((8 * (f(h) - f(-h))) - (f(2 * h) - f(-2 * h))) / (12 * h);
    }

    [Fact]
    public void Outputs_may_take_the_memory_of_inputs()
    {
        foreach (var f in TestOperators.All<double>(Softness))
        {
            foreach (var n in Lengths.Where(n => n < 70))
            {
                var (x, c, t) = (f.Arguments(n, n), Samples.Uniform(n + 3, n, -1, 1), f.Arguments(n + 4, n));
                var (value, gradients, softness) = f.Vjp(x, c);
                var (_, tangent) = f.Jvp(x, t, 0.25);
                for (var k = 0; k < f.Inputs; k++)
                {
                    var (y, u) = (Copy(x), Copy(t));
                    f.Map(y[0], y[1], y[2], y[k]);
                    AssertSame(value, y[k], f);

                    y = Copy(x);
                    f.Jvp(y[0], y[1], y[2], y[k], u[0], u[1], u[2], u[k], 0.25);
                    AssertSame(value, y[k], f);
                    AssertSame(tangent, u[k], f);
                }

                // Each gradient over its input, the value not wanted.
                var z = Copy(x);
                Assert.Equal(softness, f.Vjp(z[0], z[1], z[2], default, c, z[0], z[1], z[2]));
                for (var k = 0; k < f.Inputs; k++) AssertSame(gradients[k], z[k], f);

                // The first gradient over the cotangent, the value over the first input.
                z = Copy(x);
                var (d, dY, dZ) = (c.ToArray(), new double[n], new double[n]);
                Assert.Equal(softness, f.Vjp(z[0], z[1], z[2], z[0], d, d, dY, dZ));
                AssertSame(value, z[0], f);
                AssertSame(gradients[0], d, f);
            }
        }
    }

    [Fact]
    public void Wrong_spans_are_refused_before_anything_is_written()
    {
        foreach (var f in TestOperators.All<double>(Softness))
        {
            var memory = Samples.Uniform(1, 40, 0.1, 0.9);
            var before = memory.ToArray();
            var (x, y, z, rest) = (new double[8], new double[8], new double[8], new double[8]);
            Assert.Throws<ArgumentException>(() => f.Map(default, default, default, default));
            Assert.Equal("destination", Assert.Throws<ArgumentException>(() => f.Map(x, y, z, memory.AsSpan(0, 7))).ParamName);
            Assert.Equal("destination", Assert.Throws<ArgumentException>(() => f.Map(memory.AsSpan(0, 8), y, z, memory.AsSpan(1, 8))).ParamName);
            if (f.Inputs > 1)
            {
                Assert.Throws<ArgumentException>(() => f.Map(x, memory.AsSpan(0, 7), z, memory.AsSpan(20, 8)));
                Assert.Throws<ArgumentException>(() => f.Map(x, memory.AsSpan(3, 8), z, memory.AsSpan(0, 8)));
                Assert.Throws<ArgumentException>(() => f.Vjp(x, y, z, rest, rest, memory.AsSpan(0, 8), memory.AsSpan(0, 8), z));
                Assert.Throws<ArgumentException>(() => f.Vjp(x, y, z, rest, rest, memory.AsSpan(0, 8), memory.AsSpan(10, 7), z));
            }

            Assert.Throws<ArgumentException>(() => f.Vjp(x, y, z, memory.AsSpan(0, 7), rest, memory.AsSpan(20, 8), y, z));
            Assert.Throws<ArgumentException>(() => f.Vjp(x, y, z, default, new double[7], memory.AsSpan(20, 8), y, z));
            Assert.Throws<ArgumentException>(() => f.Vjp(x, y, z, default, rest, memory.AsSpan(20, 7), y, z));
            Assert.Throws<ArgumentException>(() => f.Vjp(x, y, z, default, memory.AsSpan(18, 8), memory.AsSpan(20, 8), y, z));
            Assert.Throws<ArgumentException>(() => f.Vjp(x, y, z, memory.AsSpan(0, 8), rest, memory.AsSpan(0, 8), y, z));
            Assert.Throws<ArgumentException>(() => f.Jvp(x, y, z, memory.AsSpan(0, 8), new double[7], y, z, memory.AsSpan(20, 8), 0));
            Assert.Throws<ArgumentException>(() => f.Jvp(x, y, z, memory.AsSpan(0, 8), rest, y, z, memory.AsSpan(20, 7), 0));
            Assert.Throws<ArgumentException>(() => f.Jvp(x, y, z, memory.AsSpan(0, 8), rest, y, z, memory.AsSpan(4, 8), 0));
            Assert.Equal(before, memory);
        }
    }

    [Fact]
    public void Nothing_beyond_the_end_is_written()
    {
        foreach (var f in TestOperators.All<float>(Softness))
        {
            foreach (var n in new[] { 1, 2, 3, 4, 5, 8, 9, 17, 35 })
            {
                var memory = Enumerable.Repeat(42f, 6 * (n + 2)).ToArray();
                Span<float> Part(int k) => memory.AsSpan((k * (n + 2)) + 1, n);
                var (x, c) = (f.Arguments(n, n), Samples.Uniform(1, n, -1, 1).As<float>());
                f.Map(x[0], x[1], x[2], Part(0));
                f.Vjp(x[0], x[1], x[2], Part(1), c, Part(2), Part(3), Part(4));
                f.Jvp(x[0], x[1], x[2], Part(1), c, c, c, Part(5), 1);
                for (var k = 0; k < 6; k++) Assert.Equal((42f, 42f), (memory[k * (n + 2)], memory[((k + 1) * (n + 2)) - 1]));
            }
        }
    }

    [Fact]
    public void Nan_stays_where_it_is()
    {
        foreach (var f in TestOperators.All<double>(Softness))
        {
            foreach (var n in new[] { 1, 3, 4, 11 })
            {
                for (var k = 0; k < f.Inputs; k++)
                {
                    for (var i = 0; i < n; i++)
                    {
                        var (x, c) = (f.Arguments(n, n), Samples.Uniform(1, n, -1, 1));
                        var (clean, cleanGradients, _) = f.Vjp(x, c);
                        x[k][i] = double.NaN;
                        var (value, gradients, softness) = f.Vjp(x, c);
                        for (var j = 0; j < n; j++) Assert.True(j == i ? double.IsNaN(value[j]) : value[j].Equals(clean[j]), $"{f}, input {k}");
                        for (var g = 0; g < f.Inputs; g++)
                        {
                            for (var j = 0; j < n; j++)
                                Assert.True(j == i ? double.IsNaN(gradients[g][j]) : gradients[g][j].Equals(cleanGradients[g][j]), $"{f}, gradient {g}");
                        }

                        Assert.Equal(f.Mode is not null, double.IsNaN(softness));
                    }
                }
            }
        }
    }

    [Fact]
    public void Huge_and_infinite_inputs_have_values_and_finite_derivatives()
    {
        Check<double>(1e300, [0.01, 0.7, 100]);
        Check<float>(1e36, [0.01, 0.7, 100]);

        static void Check<T>(double huge, double[] softnesses)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] points = [.. new[] { 0, 1, -1, huge, -huge, double.PositiveInfinity, double.NegativeInfinity, 1 / huge }.Select(T.CreateSaturating)];
            points[5] = T.PositiveInfinity;
            points[6] = T.NegativeInfinity;
            foreach (var f in softnesses.SelectMany(s => Enum.GetValues<SoftMode>().SelectMany(mode => TestOperators.InMode<T>(s, mode))))
            {
                foreach (var x in points)
                {
                    foreach (var y in points)
                    {
                        foreach (var z in points)
                        {
                            if (f.Inputs == 3 && z < y) continue;
                            var value = f.ScalarVjp(x, y, z, T.One, out var dX, out var dY, out var dZ, out var dSoftness);
                            Assert.True(!T.IsNaN(value) && T.IsFinite(dX) && T.IsFinite(dY) && T.IsFinite(dZ) && T.IsFinite(dSoftness),
                                $"{f} at {x} {y} {z}: {value}, {dX} {dY} {dZ} {dSoftness}");
                            if (f.Inputs < 3) break;
                        }

                        if (f.Inputs < 2) break;
                    }
                }
            }
        }
    }

    [Fact]
    public void Float_agrees_with_double()
    {
        foreach (var softness in new[] { 0.0625, 0.5, 8 })
        {
            foreach (var (f, g) in TestOperators.All<double>(softness).Zip(TestOperators.All<float>(softness)))
            {
                var x = g.Arguments(2, 400);
                var (c, wide) = (Samples.Uniform(9, 400, -1, 1).As<float>(), Array.ConvertAll(x, a => Array.ConvertAll(a, v => (double)v)));
                var (value, gradients, dSoftness) = f.Vjp(wide, Array.ConvertAll(c, v => (double)v));
                var (single, singleGradients, singleSoftness) = g.Vjp(x, c);
                AssertClose(value, single);
                for (var k = 0; k < f.Inputs; k++) AssertClose(gradients[k], singleGradients[k]);
                Assert.True(double.Abs(dSoftness - singleSoftness) <= 400 * 2e-5 / softness, $"{f}: {singleSoftness:R} instead of {dSoftness:R}");

                void AssertClose(double[] expected, float[] actual)
                {
                    for (var i = 0; i < expected.Length; i++)
                    {
                        var tolerance = 2e-5 * double.Max(double.Max(1, double.Abs(expected[i])), 1 / softness);
                        Assert.True(double.Abs(expected[i] - actual[i]) <= tolerance, $"{f}: {actual[i]:R} instead of {expected[i]:R} at {x[0][i]:R} {x[1][i]:R} {x[2][i]:R}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (x, y, z, a, b, c, d) = (New(), New(), New(), New(), New(), New(), New());
        foreach (var f in TestOperators.All<double>(Softness))
        {
            Allocations.AssertNone(() =>
            {
                f.Map(x, y, z, a);
                f.Vjp(x, y, z, a, b, b, c, d);
                f.Jvp(x, y, z, a, b, c, d, b, 1);
                f.Scalar(1, 2, 3);
                f.ScalarVjp(1, 2, 3, 4, out _, out _, out _, out _);
            });
        }

        static double[] New() => Samples.Uniform(1, 1500, 0.1, 0.9);
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        foreach (var softness in new[] { 0, -1, double.NaN, double.NegativeInfinity })
        {
            foreach (var mode in Enum.GetValues<SoftMode>())
            {
                Assert.Equal("softness", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Relu(1, softness, mode)).ParamName);
            }

            Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Relu(1f, (float)softness));
            Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Clamp(new double[3], 0, 1, new double[3], softness));
            Assert.Throws<ArgumentOutOfRangeException>(() => Soft.GreaterVjp(1, 2, 1, out _, out _, out _, softness));
            Assert.Throws<ArgumentOutOfRangeException>(() => Soft.RoundJvp(1, 2, 1, out _, softness));
        }

        var destination = new double[] { 42 };
        Assert.Equal("mode", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Abs([1.0], destination, 0.1, (SoftMode)99)).ParamName);
        Assert.Equal("mode", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Sign(1.0, 0.1, (SoftMode)(-1))).ParamName);
        Assert.Equal("neighborRadius", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.Round(1.0, neighborRadius: -1)).ParamName);
        Assert.Equal(42, destination[0]);
    }

    private static T[][] Part<T>(T[][] x, int n) => Array.ConvertAll(x, a => a[..n]);

    private static double[][] Copy(double[][] x) => Array.ConvertAll(x, a => a.ToArray());

    private static void AssertSame<T>(T[] expected, T[] actual, object what) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{what}: {string.Join(' ', actual.Take(8))} instead of {string.Join(' ', expected.Take(8))}");
}
