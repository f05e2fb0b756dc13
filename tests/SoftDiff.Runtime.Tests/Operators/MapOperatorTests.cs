using System.ComponentModel;
using System.Reflection;

namespace SoftDiff.Runtime.Tests.Operators;

/// <summary>What all functions from spans to spans have in common.</summary>
public sealed class MapOperatorTests
{
    public static TheoryData<MapOperator<double>, MapOperator<float>> All => MapOperators.All;

    [Theory]
    [MemberData(nameof(All))]
    public void The_rules_agree_with_differences_and_each_other(MapOperator<double> f, MapOperator<float> single)
    {
        _ = single;
        foreach (var n in new[] { 1, 2, 3, 4, 5, 11 })
        {
            foreach (var x in new[] { Samples.Uniform(n, n, -3, 3), Samples.Uniform(n, n, -12, 12) })
            {
                GradientCheck.Verify(
                    (x, y) => f.Map(x, y),
                    (x, c, dX) => f.Backward(x, f.Value(x.ToArray()), c, dX),
                    (x, tX, t) => f.Tangent(x, new double[n], tX, t),
                    x,
                    n);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Float_agrees_with_double(MapOperator<double> f, MapOperator<float> single)
    {
        foreach (var n in Samples.Lengths)
        {
            var x = Samples.Uniform(n, n, -8, 8).As<float>();
            var c = Samples.Uniform(n + 1, n, -1, 1).As<float>();
            var (wideX, wideC) = (x.Select(v => (double)v).ToArray(), c.Select(v => (double)v).ToArray());
            AssertClose(f.Value(wideX), single.Value(x));
            AssertClose(f.Pullback(wideX, wideC), single.Pullback(x, c));
            AssertClose(f.Pushforward(wideX, wideC), single.Pushforward(x, c));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_forward_rule_returns_the_value(MapOperator<double> f, MapOperator<float> single)
    {
        double[] x = [0.5, -3, 2];
        var y = new double[3];
        f.Tangent(x, y, [1, 2, 3], new double[3]);
        Assert.Equal(f.Value(x), y);
        float[] singleX = [0.5f, -3, 2];
        var singleY = new float[3];
        single.Tangent(singleX, singleY, [1, 2, 3], new float[3]);
        Assert.Equal(single.Value(singleX), singleY);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void In_place_is_like_elsewhere(MapOperator<double> f, MapOperator<float> single)
    {
        foreach (var n in Samples.Lengths)
        {
            var x = Samples.Uniform(n, n, -5, 5);
            var tX = Samples.Uniform(n + 1, n, -1, 1);
            var (value, tangent) = (f.Value(x), f.Pushforward(x, tX));
            var (buffer, tangents) = (x.ToArray(), tX.ToArray());
            f.Tangent(buffer, buffer, tangents, tangents);
            Assert.Equal(value, buffer);
            Assert.Equal(tangent, tangents);

            f.Map(x, x);
            Assert.Equal(value, x);
            var narrow = x.As<float>();
            var narrowValue = single.Value(narrow);
            single.Map(narrow, narrow);
            Assert.Equal(narrowValue, narrow);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_beyond_the_end_is_written(MapOperator<double> f, MapOperator<float> single)
    {
        foreach (var n in Samples.Lengths.Where(n => n < 140))
        {
            var buffer = new double[n + 2];
            buffer[0] = buffer[^1] = 42;
            f.Map(new double[n], buffer.AsSpan(1, n));
            Assert.Equal((42, 42), (buffer[0], buffer[^1]));
            var narrow = new float[n + 2];
            narrow[0] = narrow[^1] = 42;
            single.Map(new float[n], narrow.AsSpan(1, n));
            Assert.Equal((42, 42), (narrow[0], narrow[^1]));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Wrong_arguments_are_refused(MapOperator<double> f, MapOperator<float> single)
    {
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => f.Map([], [])).ParamName);
        var error = Assert.Throws<ArgumentException>(() => f.Map(new double[4], new double[3]));
        Assert.Equal("destination", error.ParamName);
        Assert.Contains("length 3; it must have length 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => f.Map(new double[4], new double[5]));
        Assert.Throws<ArgumentException>(() => single.Map(new float[4], new float[5]));

        var array = new double[10];
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => f.Map(array.AsSpan(0, 5), array.AsSpan(1, 5))).ParamName);
        Assert.Throws<ArgumentException>(() => f.Map(array.AsSpan(4, 5), array.AsSpan(0, 5)));
        Assert.All(array, x => Assert.Equal(0, x));
        f.Map(array.AsSpan(0, 5), array.AsSpan(5, 5));

        Assert.Throws<ArgumentException>("destination", () => f.Backward(new double[4], new double[3], new double[4], new double[4]));
        Assert.Throws<ArgumentException>("cDestination", () => f.Backward(new double[4], new double[4], new double[3], new double[4]));
        Assert.Throws<ArgumentException>("dX", () => f.Backward(new double[4], new double[4], new double[4], new double[3]));
        Assert.Throws<ArgumentException>("tX", () => f.Tangent(new double[4], new double[4], new double[3], new double[4]));
        Assert.Throws<ArgumentException>("tDestination", () => f.Tangent(new double[4], new double[4], new double[4], new double[3]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Memory_that_rules_would_overwrite_before_they_read_it_is_refused(MapOperator<double> f, MapOperator<float> single)
    {
        _ = single;
        double[] memory = [.. Enumerable.Range(0, 12)], x = [1, 2, 3, 4];
        foreach (var (first, second) in new[] { (0, 1), (3, 1) })
        {
            Check(() => f.Backward(memory.AsSpan(first, 4), x, x, memory.AsSpan(second, 4)), "dX");
            Check(() => f.Backward(x, memory.AsSpan(first, 4), x, memory.AsSpan(second, 4)), "dX");
            Check(() => f.Backward(x, x, memory.AsSpan(first, 4), memory.AsSpan(second, 4)), "dX");
            Check(() => f.Tangent(x, new double[4], memory.AsSpan(first, 4), memory.AsSpan(second, 4)), "tDestination");
            Check(() => f.Tangent(x, memory.AsSpan(first, 4), x, memory.AsSpan(second, 4)), "tDestination");
            Check(() => f.Tangent(memory.AsSpan(first, 4), memory.AsSpan(second, 4), x, new double[4]), "destination");
        }

        Check(() => f.Tangent(memory.AsSpan(0, 4), new double[4], x, memory.AsSpan(0, 4)), "tDestination");
        Check(() => f.Tangent(x, memory.AsSpan(0, 4), memory.AsSpan(0, 4), new double[4]), "destination");
        Check(() => f.Tangent(x, memory.AsSpan(0, 4), x, memory.AsSpan(0, 4)), "tDestination");

        void Check(Action call, string output)
        {
            Assert.Throws<ArgumentException>(output, call);
            Assert.Equal(Enumerable.Range(0, 12).Select(i => (double)i), memory);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Large_elements_give_finite_values_and_derivatives(MapOperator<double> f, MapOperator<float> single)
    {
        double[][] points =
        [
            [1e4, -1e4, 0, 9999, 1e4], [-1e4, -1e4 + 1, -1e4], [1e4], [1e308, -1e308, 3], [-1e308, -1e308], [5e-324, -0.0],
            [double.MaxValue, double.MaxValue, 0],
        ];
        foreach (var x in points)
        {
            var c = Samples.Uniform(1, x.Length, -1, 1);

            // Logarithms of probabilities and differences of huge numbers may exceed the range; those two only.
            var canOverflow = f == MapOperators.LogSoftmax && x.Max() - x.Min() > 1e308;
            if (!canOverflow) Assert.All(f.Value(x), y => Assert.True(double.IsFinite(y)));
            Assert.All(f.Pullback(x, c), y => Assert.True(double.IsFinite(y)));
            Assert.All(f.Pushforward(x, c), y => Assert.True(double.IsFinite(y)));
        }

        float[] narrow = [1e4f, -1e4f, 0, 9999, 1e4f];
        float[] unit = [1, -1, 1, -1, 1];
        Assert.All(single.Value(narrow), y => Assert.True(float.IsFinite(y)));
        Assert.All(single.Pullback(narrow, unit), y => Assert.True(float.IsFinite(y)));
        Assert.All(single.Pushforward(narrow, unit), y => Assert.True(float.IsFinite(y)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nan_gives_nan(MapOperator<double> f, MapOperator<float> single)
    {
        foreach (var n in Samples.Lengths.Where(n => n < 40))
        {
            for (var i = 0; i < n; i++)
            {
                var x = Samples.Uniform(n, n, -5, 5);
                x[i] = double.NaN;
                Assert.True(double.IsNaN(f.Value(x)[i]));
                Assert.True(float.IsNaN(single.Value(x.As<float>())[i]));
                var c = new double[n];
                c[i] = 1;
                Assert.True(double.IsNaN(f.Pullback(x, c)[i]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_allocated(MapOperator<double> f, MapOperator<float> single)
    {
        var (x, y, c, d) = (new double[2500], new double[2500], new double[2500], new double[2500]);
        var (sx, sy, sc, sd) = (new float[99], new float[99], new float[99], new float[99]);
        Allocations.AssertNone(() =>
        {
            f.Map(x, y);
            f.Backward(x, y, c, d);
            f.Tangent(x, y, c, d);
            single.Map(sx, sy);
            single.Backward(sx, sy, sc, sd);
            single.Tangent(sx, sy, sc, sd);
        });
    }

    [Fact]
    public void Every_rule_is_public_hidden_and_has_the_shape_that_generated_code_calls()
    {
        var methods = typeof(Soft).GetMethods(BindingFlags.Public | BindingFlags.Static);
        string[] primitives = ["Sigmoid", "Softplus", "LogSumExp", "Softmax", "LogSoftmax", "SoftmaxCrossEntropy"];
        var ruled = methods.Where(m => primitives.Contains(m.Name) && m.IsDefined(typeof(CustomVjpAttribute))).ToList();
        Assert.Equal(12, ruled.Count);
        foreach (var method in ruled)
        {
            var primal = method.GetParameters().Select(p => p.ParameterType).ToList();
            var reverse = method.GetCustomAttribute<CustomVjpAttribute>()!;
            var forward = method.GetCustomAttribute<CustomJvpAttribute>()!;
            var number = primal[0].GenericTypeArguments[0];
            var readable = typeof(ReadOnlySpan<>).MakeGenericType(number);
            var writable = typeof(Span<>).MakeGenericType(number);
            var mapped = method.ReturnType == typeof(void);
            Type[] residual = reverse.Forward is null ? [] : [typeof(double)];
            Type[] given = mapped ? [readable, readable] : [.. primal];
            Type[] backward = [.. residual, .. given, mapped ? readable : number, writable];
            Type[] tangents = mapped ? [.. primal, readable, writable] : [.. primal, readable];
            AssertHidden(typeof(Soft).GetMethod(reverse.Backward, backward), typeof(void));
            AssertHidden(typeof(Soft).GetMethod(forward.Tangent, tangents), mapped ? typeof(void) : typeof(ValueTuple<,>).MakeGenericType(number, number));
            if (reverse.Forward is not null)
            {
                AssertHidden(typeof(Soft).GetMethod(reverse.Forward, [.. primal]), typeof(ValueTuple<,>).MakeGenericType(number, typeof(double)));
            }
        }

        static void AssertHidden(MethodInfo? rule, Type returns)
        {
            Assert.NotNull(rule);
            Assert.Equal(returns, rule.ReturnType);
            Assert.Equal(EditorBrowsableState.Never, rule.GetCustomAttribute<EditorBrowsableAttribute>()?.State);
        }
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        // Cotangents and tangents are of size 1, and what is left of their differences keeps their rounding errors.
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], (3e-6 * Math.Abs(expected[i])) + 3e-7);
        }
    }
}
