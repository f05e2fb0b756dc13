using System.Numerics;
using System.Runtime.Intrinsics;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Simd;

public sealed class LanewiseTests(ITestOutputHelper output)
{
    [Fact]
    public void Values_do_not_depend_on_position_length_or_width()
    {
        output.WriteLine($"accelerated: 128 {Vector128.IsHardwareAccelerated}, 256 {Vector256.IsHardwareAccelerated}, 512 {Vector512.IsHardwareAccelerated}");
        CheckPositions<double, Exp<double>>(x => x);
        CheckPositions<double, Log<double>>(Math.Exp);
        CheckPositions<double, LogisticOperator<double>>(x => x);
        CheckPositions<double, SoftplusOperator<double>>(x => x);
        CheckPositions<float, Exp<float>>(x => x);
        CheckPositions<float, Log<float>>(Math.Exp);
        CheckPositions<float, LogisticOperator<float>>(x => x);
        CheckPositions<float, SoftplusOperator<float>>(x => x);
    }

    [Fact]
    public void All_widths_fold_every_element_once()
    {
        CheckFolds<double>();
        CheckFolds<float>();
    }

    [Fact]
    public void Long_sums_keep_the_precision_of_double()
    {
        var x = Enumerable.Repeat(0.1f, 1_000_000).ToArray();
        var sum = Lanewise.Sum<float, First<float>>(x, x, default);
        Assert.Equal((double)0.1f * x.Length, sum, 1.0);
    }

    [Fact]
    public void Two_inputs_are_paired()
    {
        foreach (var n in Samples.Lengths)
        {
            var x = Enumerable.Range(0, n).Select(i => (double)i).ToArray();
            var y = Enumerable.Range(0, n).Select(i => (double)(i % 7)).ToArray();
            Assert.Equal(x.Zip(y, (a, b) => a * b).Sum(), Lanewise.Sum<double, Product<double>>(x, y, default));
            var z = new double[n];
            Lanewise.Map<double, Product<double>>(x, y, z, default);
            Assert.Equal(x.Zip(y, (a, b) => a * b), z);
        }
    }

    [Fact]
    public void Mapping_in_place_is_like_mapping_elsewhere()
    {
        foreach (var n in Samples.Lengths)
        {
            var x = Samples.Uniform(n, n, -5, 5);
            var elsewhere = new double[n];
            var sum = Lanewise.MapAndSum(x, elsewhere, default(Exp<double>));
            Assert.Equal(sum, Lanewise.MapAndSum(x, x, default(Exp<double>)));
            Assert.Equal(elsewhere, x);
        }
    }

    [Fact]
    public void Different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Lanewise.Map<double, Exp<double>>(new double[4], new double[5], default));
        Assert.Throws<ArgumentException>(() => Lanewise.Map<double, Product<double>>(new double[4], new double[3], new double[4], default));
        Assert.Throws<ArgumentException>(() => Lanewise.Sum<double, Product<double>>(new double[4], new double[3], default));
        Assert.Throws<ArgumentException>(() => Lanewise.MapAndSum<double, Exp<double>>(new double[4], new double[3], default));
    }

    private static void CheckPositions<T, TOperator>(Func<double, double> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T>
    {
        var all = Samples.Uniform(5, Samples.Lengths.Max(), -30, 30).Select(into).As<T>();
        var alone = new T[all.Length];
        for (var i = 0; i < all.Length; i++) Lanewise.Map<T, TOperator>(all.AsSpan(i, 1), alone.AsSpan(i, 1), default);

        foreach (var n in Samples.Lengths)
        {
            var result = new T[n + 1];
            result[n] = T.One;
            Lanewise.Map<T, TOperator>(all.AsSpan(0, n), result.AsSpan(0, n), default);
            Assert.Equal(alone.AsSpan(0, n), result.AsSpan(0, n));
            Assert.Equal(T.One, result[n]);

            var wide = new T[n];
            Wide(n >= Vector128<T>.Count, Lanewise.Run<T, Vector128<T>, Lanes128<T>, TOperator, Store<T>>);
            Wide(n >= Vector256<T>.Count, Lanewise.Run<T, Vector256<T>, Lanes256<T>, TOperator, Store<T>>);
            Wide(n >= Vector512<T>.Count, Lanewise.Run<T, Vector512<T>, Lanes512<T>, TOperator, Store<T>>);

            void Wide(bool fits, Runner<T, TOperator> run)
            {
                if (!fits) return;
                Array.Clear(wide);
                run(all.AsSpan(0, n), all.AsSpan(0, n), wide, default);
                Assert.Equal(alone.AsSpan(0, n), wide.AsSpan());
            }
        }
    }

    private static void CheckFolds<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var n in Samples.Lengths.Where(n => n < 4000))
        {
            var x = Enumerable.Range(1, n).Select(i => (double)i).As<T>();
            var expected = T.CreateTruncating(n * (n + 1.0) / 2);
            Assert.Equal(double.CreateTruncating(expected), Lanewise.Sum(x, x, default(First<T>)));
            Assert.Equal(T.CreateTruncating(n), Lanewise.Max<T>(x));
            Assert.Equal(-T.One, Lanewise.Max<T>(x.Select(v => -v).ToArray()));
            if (n >= Vector128<T>.Count) Assert.Equal(expected, Lanewise.Run<T, Vector128<T>, Lanes128<T>, First<T>, Sum<T>>(x, x, default, default));
            if (n >= Vector256<T>.Count) Assert.Equal(expected, Lanewise.Run<T, Vector256<T>, Lanes256<T>, First<T>, Sum<T>>(x, x, default, default));
            if (n >= Vector512<T>.Count) Assert.Equal(expected, Lanewise.Run<T, Vector512<T>, Lanes512<T>, First<T>, Sum<T>>(x, x, default, default));
        }

        Assert.Equal(0, Lanewise.Sum<T, First<T>>([], [], default));
        Assert.Equal(T.NegativeInfinity, Lanewise.Max<T>([]));
    }

    private delegate T Runner<T, TOperator>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, TOperator @operator);
}
