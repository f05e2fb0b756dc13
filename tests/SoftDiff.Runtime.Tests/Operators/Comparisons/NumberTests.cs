using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using SoftDiff.Runtime.Tests.Operators.Elementwise;

namespace SoftDiff.Runtime.Tests.Operators.Comparisons;

/// <summary>Comparisons of a span with one number. What they have in common with other operators on spans is in <see cref="PublicOperatorTests"/>.</summary>
public sealed class NumberTests
{
    [Fact]
    public void A_number_is_a_span_of_it()
    {
        Check<double>(1e-14);
        Check<float>(1e-6);

        static void Check<T>(double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int[] lengths =
            [
                .. new[] { Vector128<T>.Count, Vector256<T>.Count, Vector512<T>.Count }.SelectMany(w => new[] { w - 1, w, w + 1, (8 * w) + 3 }).Distinct(),
                1, 511, 512, 513, 1500,
            ];
            foreach (var f in PublicOperator<T>.All.Where(f => f.Bounds is ["y"]))
            {
                var g = PublicOperator<T>.All.Single(g => g.Name == f.Name && g.Inputs is ["x", "y"]);
                foreach (var mode in Enum.GetValues<SoftMode>())
                {
                    foreach (var n in lengths)
                    {
                        var (one, all) = (New(), New());
                        foreach (var (name, value) in new[] { ("y", 0.75), ("tY", -0.25) })
                        {
                            one[name] = T.CreateChecked(value);
                            all.Span(name, Enumerable.Repeat(T.CreateChecked(value), n).ToArray());
                        }

                        all.Span("dY", new T[n]);
                        f.Map(one);
                        g.Map(all);
                        AssertSame("destination");

                        var (actual, expected) = (f.Vjp(one), g.Vjp(all));
                        AssertSame("destination");
                        AssertSame("dX");
                        AssertClose(expected!.Value, actual!.Value, n);
                        var terms = Array.ConvertAll(all.Array("dY"), double.CreateChecked);
                        AssertClose(T.CreateChecked(terms.Sum()), one.Array("dY")[0], terms.Sum(double.Abs));

                        f.Jvp(one);
                        g.Jvp(all);
                        AssertSame("destination");
                        AssertSame("tDestination");

                        void AssertSame(string output) => Assert.True(one.Array(output).AsSpan().SequenceEqual(all.Array(output)), $"{f} {mode}, {n}, {output}");

                        void AssertClose(T sum, T other, double size) =>
                            Assert.True(double.CreateChecked(T.Abs(sum - other)) <= tolerance * size, $"{f} {mode}, {n}: {other} instead of {sum}");

                        Arguments<T> New()
                        {
                            var a = new Arguments<T>
                            {
                                ["softness"] = T.CreateChecked(0.7), ["tSoftness"] = T.CreateChecked(0.5), ["mode"] = mode, ["relativeTolerance"] = T.CreateChecked(0.25),
                            };
                            a.Span("x", Samples.Uniform(n, n, -4, 4).As<T>());
                            a.Span("tX", Samples.Uniform(n + 1, n, -1, 1).As<T>());
                            a.Span("cDestination", Samples.Uniform(n + 2, n, -1, 1).As<T>());
                            foreach (var output in new[] { "destination", "tDestination", "dX" }) a.Span(output, new T[n]);
                            return a;
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Its_derivatives_are_summed_in_double()
    {
        const int Count = 1_000_000;
        var (x, c, dX) = (Enumerable.Repeat(3f, Count).ToArray(), Enumerable.Repeat(0.1f, Count).ToArray(), new float[Count]);
        Soft.GreaterVjp(x, 3, default, c, dX, out var dY, out _, 0.25f, epsilon: 0);
        Assert.Equal((double)-0.1f * Count, dY, 0.01);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (x, y, c, d) = (Samples.Uniform(1, 1500, -1, 1), new double[1500], Samples.Uniform(2, 1500, -1, 1), new double[1500]);
        Allocations.AssertNone(() =>
        {
            Soft.Less(x, 0.25, y);
            Soft.LessVjp(x, 0.25, y, c, d, out _, out _);
            Soft.LessJvp(x, 0.25, y, c, 1, d, 0);
        });
    }

    /// <summary>Literals of another type go with spans of either, and numbers and tensors have the forms that they had.</summary>
    [Fact]
    public void Calls_have_the_form_of_their_arguments()
    {
        var (x, y, z, ys) = (new[] { 0.4, 0.6 }, new double[2], new float[2], new[] { 0.5, 0.5 });
        float[] w = [0.4f, 0.6f];
        double[] expected = [Soft.Greater(0.4, 0.5), Soft.Greater(0.6, 0.5)];
        float[] single = [Soft.Greater(0.4f, 0.5f), Soft.Greater(0.6f, 0.5f)];

        Soft.Greater(x, 0.5, y);
        Assert.Equal(expected, y);
        Soft.Greater(x.AsSpan(), 0.5f, y.AsSpan());
        Assert.Equal(expected, y);
        Soft.Greater((ReadOnlySpan<double>)x, y: 0.5, destination: y, mode: SoftMode.Hard);
        Assert.Equal([0, 1], y);
        Soft.Greater(x, 1, y, 0.1);
        Assert.Equal([Soft.Greater(0.4, 1), Soft.Greater(0.6, 1)], y);
        Soft.Greater(x, ys, y);
        Assert.Equal(expected, y);
        Soft.Greater(new ReadOnlyTensorSpan<double>(x), new ReadOnlyTensorSpan<double>([0.5]), new TensorSpan<double>(y));
        Assert.Equal(expected, y);

        Soft.Greater(w, 0.5f, z);
        Assert.Equal(single, z);
        Soft.Greater(w.AsSpan(), 1, z.AsSpan(), 0.1f);
        Assert.Equal([Soft.Greater(0.4f, 1), Soft.Greater(0.6f, 1)], z);

        double number = Soft.Greater(0.4, 0.5, 0.1);
        float narrow = Soft.Greater(0.4f, 0.5f, 0.1f), whole = Soft.Greater(1, 2);
        Assert.Equal((expected[0], single[0]), (number, narrow));
        Assert.Equal(Soft.Greater(1f, 2f), whole);
    }
}
