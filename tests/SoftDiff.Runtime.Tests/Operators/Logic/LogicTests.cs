using System.Numerics;
using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Operators.Logic;

public sealed class LogicTests
{
    [Fact]
    public void Derivatives_of_products_are_right_with_zeros()
    {
        foreach (var x in new double[][] { [0], [0.5], [0, 0.5], [0, 0, 0.5], [0.25, 0, 0.5, 1, 0.75], [1, 1, 1], [1e-200, 1e-200, 0.5] })
        {
            var (dX, tX) = (new double[x.Length], Samples.Uniform(1, x.Length, -1, 1));
            var expected = x.Select((_, i) => 2 * x.Where((_, j) => j != i).Aggregate(1.0, (a, b) => a * b)).ToArray();
            Assert.Equal(x.Aggregate(1.0, (a, b) => a * b), Soft.AllVjp(x, 2, dX), 1e-16);
            AssertClose(expected, dX);
            Soft.AllJvp(x, tX, out var tangent);
            Assert.Equal(tX.Zip(expected, (a, b) => a * b / 2).Sum(), tangent, 1e-15);

            // Any is the same of one minus each.
            var y = x.Select(v => 1 - v).ToArray();
            Assert.Equal(1 - Soft.All(x), Soft.AnyVjp(y, 2, dX), 1e-15);
            AssertClose(x.Select((_, i) => 2 * x.Where((_, j) => j != i).Aggregate(1.0, (a, b) => a * (1 - (1 - b)))).ToArray(), dX);
        }

        static void AssertClose(double[] expected, double[] actual)
        {
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-15);
        }
    }

    [Fact]
    public void Geometric_means_are_held_above_epsilon()
    {
        double[] x = [0.25, 1e-3, 1e-4, 0.5];
        var dX = new double[4];
        var value = Soft.AllVjp(x, 3, dX, 1e-3, true);
        Assert.Equal(Math.Pow(0.25 * 1e-3 * 1e-3 * 0.5, 0.25), value, 1e-16);
        Assert.Equal([3 * value / 4 / 0.25, 3 * value / 8 / 1e-3, 0, 3 * value / 4 / 0.5], dX.Select(d => Math.Round(d, 15)), (a, b) => Math.Abs(a - b) < 1e-13);
        Assert.Equal(1, Soft.All([1.0, 1.0, 1.0], useGeometricMean: true));
        Assert.Equal(1e-10, Soft.And(0.0, 0.0, true), 1e-24);
    }

    [Fact]
    public void Forward_and_reverse_mode_are_transposes_of_each_other()
    {
        foreach (var n in new[] { 1, 2, 3, 8, 40, 300 })
        {
            var (x, t) = (Samples.Uniform(n, n, 0.6, 1), Samples.Uniform(n + 1, n, -1, 1));
            Check((c, dX) => Soft.AllVjp(x, c, dX), () => (Soft.AllJvp(x, t, out var u), u), Soft.All(x));
            Check((c, dX) => Soft.AllVjp(x, c, dX, useGeometricMean: true), () => (Soft.AllJvp(x, t, out var u, useGeometricMean: true), u), Soft.All(x, useGeometricMean: true));
            Check((c, dX) => Soft.AnyVjp(x, c, dX), () => (Soft.AnyJvp(x, t, out var u), u), Soft.Any(x));
            Check((c, dX) => Soft.AnyVjp(x, c, dX, true), () => (Soft.AnyJvp(x, t, out var u, true), u), Soft.Any(x, true));

            void Check(Func<double, double[], double> vjp, Func<(double Value, double Tangent)> jvp, double value)
            {
                var dX = new double[n];
                Assert.Equal(value, vjp(0.75, dX));
                Assert.Equal(value, jvp().Value);
                var terms = dX.Zip(t, (a, b) => a * b).ToArray();
                Assert.Equal(terms.Sum(), 0.75 * jvp().Tangent, 1e-12 * terms.Sum(double.Abs));
            }
        }
    }

    [Fact]
    public void A_gradient_may_take_the_place_of_its_input()
    {
        foreach (var geometric in new[] { false, true })
        {
            var x = Samples.Uniform(1, 9, 0.1, 0.9);
            var (dX, memory) = (new double[9], x.ToArray());
            Soft.AllVjp(x, 2, dX, useGeometricMean: geometric);
            Soft.AllVjp(memory, 2, memory, useGeometricMean: geometric);
            Assert.Equal(dX, memory);
            memory = x.ToArray();
            Soft.AnyVjp(x, 2, dX, geometric);
            Soft.AnyVjp(memory, 2, memory, geometric);
            Assert.Equal(dX, memory);
        }

        var array = new double[10];
        Assert.Throws<ArgumentException>(() => Soft.AllVjp(array.AsSpan(0, 5), 1, array.AsSpan(1, 5)));
        Assert.Throws<ArgumentException>(() => Soft.AllVjp(new double[5], 1, new double[4]));
        Assert.Throws<ArgumentException>(() => Soft.All(Array.Empty<double>()));
        Assert.Throws<ArgumentException>(() => Soft.AnyJvp(Array.Empty<double>(), default, out _));
        Assert.Equal("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => Soft.All(array, 0)).ParamName);
    }

    [Fact]
    public void Nan_takes_the_whole_row()
    {
        double[] x = [0.5, double.NaN, 0];
        foreach (var geometric in new[] { false, true })
        {
            var dX = new double[3];
            Assert.True(double.IsNaN(Soft.AllVjp(x, 1, dX, useGeometricMean: geometric)));
            Assert.All(dX, d => Assert.True(double.IsNaN(d)));
            Assert.True(double.IsNaN(Soft.AnyVjp(x, 1, dX, geometric)));
            Assert.All(dX, d => Assert.True(double.IsNaN(d)));
            Soft.AnyJvp(x, [0, 0, 1], out var t, geometric);
            Assert.True(double.IsNaN(t));
        }

        var y = new double[2];
        Soft.All(new ReadOnlyTensorSpan<double>([1, 0.5, double.NaN, 0.5], [2, 2]), new TensorSpan<double>(y), axis: 1);
        Assert.Equal(0.5, y[0]);
        Assert.True(double.IsNaN(y[1]));
    }

    [Fact]
    public void Float_agrees_with_double()
    {
        var x = Samples.Uniform(1, 50, 0.7, 1).As<float>();
        var wide = Array.ConvertAll(x, v => (double)v);
        var (d, w) = (new float[50], new double[50]);
        foreach (var geometric in new[] { false, true })
        {
            Assert.Equal(Soft.AllVjp(wide, 1, w, useGeometricMean: geometric), Soft.AllVjp(x, 1, d, useGeometricMean: geometric), 2e-6);
            for (var i = 0; i < 50; i++) Assert.Equal(w[i], d[i], 2e-6);
            Assert.Equal(Soft.AnyVjp(wide, 1, w, geometric), Soft.AnyVjp(x, 1, d, geometric), 2e-6);
            for (var i = 0; i < 50; i++) Assert.Equal(w[i], d[i], 2e-6);
        }
    }

    [Fact]
    public void A_choice_that_is_certain_ignores_an_infinity_but_not_a_nan()
    {
        var infinity = double.PositiveInfinity;
        Assert.Equal(3, Soft.Where(1, 3, infinity));
        Assert.Equal(3, Soft.Where(0, -infinity, 3));
        Assert.Equal(infinity, Soft.Where(0.5, 3, infinity));
        Assert.True(double.IsNaN(Soft.Where(1, 3, double.NaN)));
        Soft.WhereVjp(1, 3, infinity, 2, out var dC, out var dX, out var dY);
        Assert.Equal((-infinity, 2.0, 0.0), (dC, dX, dY));
    }
}
