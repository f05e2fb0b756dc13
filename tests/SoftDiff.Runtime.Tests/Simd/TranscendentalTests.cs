using System.Numerics;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Simd;

public sealed class TranscendentalTests(ITestOutputHelper output)
{
    private const int Count = 20_000;

    private static readonly double[] Specials =
    [
        0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon,
        2.2250738585072014e-308, double.MaxValue, double.MinValue, 709.782712893384, 709.7827128933841, 710, -745.1332191019411, -745.1332191019412, -746, 1e300,
    ];

    private static readonly float[] SingleSpecials =
    [
        0, -0.0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon,
        1.17549435e-38f, float.MaxValue, float.MinValue, 88.72283f, 88.72284f, 89, -103.97207f, -103.97208f, -104, 1e30f,
    ];

    [Theory]
    [InlineData(-745.2, 709.7, 1.1)]
    [InlineData(-1, 1, 1.1)]
    [InlineData(-1e-5, 1e-5, 0.6)]
    [InlineData(-745.13, -708.4, 1.0)]
    [InlineData(700, 709.782712893384, 1.1)]
    public void Exp_of_double_is_accurate(double low, double high, double bound) =>
        CheckUlps<double, Exp<double>>(Samples.Uniform(1, Count, low, high), BigFloat.Exp, bound);

    [Theory]
    [InlineData(-104, 88.72283, 1.1)]
    [InlineData(-1, 1, 1.1)]
    [InlineData(-103.9, -87.4, 1.0)]
    public void Exp_of_float_is_accurate(double low, double high, double bound) =>
        CheckUlps<float, Exp<float>>(Samples.Uniform(2, Count, low, high), BigFloat.Exp, bound);

    [Theory]
    [InlineData(-745, 709, 1.0)]
    [InlineData(-1, 1, 1.1)]
    [InlineData(-1e-3, 1e-3, 1.0)]
    public void Log_of_double_is_accurate(double low, double high, double bound) =>
        CheckUlps<double, Log<double>>(Samples.Uniform(3, Count, low, high).Select(Math.Exp).Where(x => x is > 0 and not 1), BigFloat.Log, bound);

    [Theory]
    [InlineData(-103, 88, 1.0)]
    [InlineData(-1, 1, 1.1)]
    [InlineData(-1e-2, 1e-2, 1.0)]
    public void Log_of_float_is_accurate(double low, double high, double bound) => CheckUlps<float, Log<float>>(
        Samples.Uniform(4, Count, low, high).Select(x => (double)(float)Math.Exp(x)).Where(x => x is > 0 and not 1), BigFloat.Log, bound);

    [Fact]
    public void Exp_of_float_is_accurate_over_all_exponents()
    {
        var worst = 0.0;
        foreach (var x in EveryFloat(9973).Where(x => float.IsFinite(x) && Math.Abs(x) < 110))
        {
            var exact = Math.Exp(x);
            if (exact >= float.MaxValue) continue;
            worst = Math.Max(worst, Math.Abs(One<float, Exp<float>>(x) - exact) / Ulp((float)exact));
        }

        output.WriteLine($"{worst:F3} ulp");
        Assert.InRange(worst, 0.3, 1.0);
    }

    [Fact]
    public void Log_of_float_is_accurate_over_all_exponents()
    {
        var worst = 0.0;
        foreach (var x in EveryFloat(9973).Where(x => x > 0 && float.IsFinite(x)))
        {
            var exact = Math.Log(x);
            worst = Math.Max(worst, Math.Abs(One<float, Log<float>>(x) - exact) / Ulp((float)exact));
        }

        output.WriteLine($"{worst:F3} ulp");
        Assert.InRange(worst, 0.3, 1.0);
    }

    [Fact]
    public void Special_values_of_double_are_those_of_Math()
    {
        foreach (var x in Specials)
        {
            AssertClose(Math.Exp(x), One<double, Exp<double>>(x), $"exp {x:R}");
            AssertClose(Math.Log(x), One<double, Log<double>>(x), $"log {x:R}");
        }
    }

    [Fact]
    public void Special_values_of_float_are_those_of_MathF()
    {
        foreach (var x in SingleSpecials)
        {
            AssertClose(MathF.Exp(x), One<float, Exp<float>>(x), $"exp {x:R}");
            AssertClose(MathF.Log(x), One<float, Log<float>>(x), $"log {x:R}");
        }
    }

    [Fact]
    public void Exp_of_zero_and_log_of_one_are_exact()
    {
        Assert.Equal(1, One<double, Exp<double>>(0));
        Assert.Equal(1, One<float, Exp<float>>(-0f));
        Assert.Equal(0, One<double, Log<double>>(1));
        Assert.Equal(0, One<float, Log<float>>(1));
    }

    private static T One<T, TOperator>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T>
    {
        Span<T> result = [T.Zero];
        Lanewise.Map([x], result, default(TOperator));
        return result[0];
    }

    private void CheckUlps<T, TOperator>(IEnumerable<double> samples, Func<BigFloat, BigFloat> exact, double bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IOperator<T>
    {
        var x = samples.As<T>();
        var y = new T[x.Length];
        Lanewise.Map<T, TOperator>(x, y, default);
        var (worst, where) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var ulps = exact(double.CreateTruncating(x[i])).UlpsFrom(double.CreateTruncating(y[i]), typeof(T) == typeof(float));
            if (ulps > worst) (worst, where) = (ulps, double.CreateTruncating(x[i]));
        }

        output.WriteLine($"{typeof(TOperator).Name} {typeof(T).Name}: {worst:F3} ulp at {where:R}");

        // Nothing is better than half an ulp: less would mean that the measurement is broken.
        Assert.InRange(worst, 0.4, bound);
    }

    private static IEnumerable<float> EveryFloat(uint step)
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += step) yield return BitConverter.UInt32BitsToSingle((uint)bits);
    }

    private static double Ulp(float x) => Math.ScaleB(1, Math.Max(x == 0 ? -149 : Math.ILogB(x) - 23, -149));

    private static void AssertClose(double expected, double actual, string what)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected) || expected == 0) Assert.True(expected.Equals(actual), $"{what}: {actual:R}, not {expected:R}");
        else Assert.True(Math.Abs(actual - expected) <= Math.Max(Math.Abs(expected) * 2.3e-16, double.Epsilon), $"{what}: {actual:R}, not {expected:R}");
    }

    private static void AssertClose(float expected, float actual, string what)
    {
        if (float.IsNaN(expected) || float.IsInfinity(expected) || expected == 0) Assert.True(expected.Equals(actual), $"{what}: {actual:R}, not {expected:R}");
        else Assert.True(Math.Abs(actual - expected) <= Math.Max(Math.Abs(expected) * 1.2e-7f, float.Epsilon), $"{what}: {actual:R}, not {expected:R}");
    }
}
