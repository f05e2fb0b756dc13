using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Declared;

/// <summary>Functions that several derivatives of one type call, or that were lowered once for all of them.</summary>
public sealed class SharedFunctionTests
{
    /// <summary>Each derivative calls functions derived from <c>Mix</c>, and the type has each of these once.</summary>
    [Fact]
    public void Generic_derivatives_share_functions()
    {
        using GeneratorRun run = GeneratorHarness.Run("""
            using System.Numerics;
            using SoftDiff;
            public static partial class C
            {
                [Differentiable]
                public static T F<T>(T x, int n) where T : IFloatingPointIeee754<T> => Mix(x, T.One, n) * x;
                private static T Mix<T>(T x, T y, int n) where T : IFloatingPointIeee754<T> => n <= 0 ? x * y : Mix(T.Sin(x), y * x, n - 1);
                [Gradient(nameof(F))] public static partial T Slope<T>(T x, int n, out T dX) where T : IFloatingPointIeee754<T>;
                [Vjp(nameof(F))] public static partial U Pullback<U>(U x, int n, U c, out U dX) where U : IFloatingPointIeee754<U>;
                [HessianVectorProduct(nameof(F))] public static partial T Bend<T>(T x, int n, T v, out T h) where T : IFloatingPointIeee754<T>;
            }
            public static class Driver
            {
                public static double[] Slopes()
                {
                    C.Slope(0.7, 3, out double one);
                    C.Pullback(0.7, 3, 1, out double other);
                    return [one, other];
                }
            }
            """);

        var slopes = (double[])GeneratorRun.Method(run.Load(), "Driver", "Slopes").Invoke(null, null)!;
        Assert.Equal(slopes[0], slopes[1]);
    }

    /// <summary>
    /// <c>Both</c> calls no method with source, but its second derivative needs the function that says how the operator's rule is differentiated. So it
    /// belongs to the module of each derivative.
    /// </summary>
    [Fact]
    public void A_callee_of_an_operator_has_second_derivatives_in_every_derivative()
    {
        using GeneratorRun run = GeneratorHarness.Run("""
            using System;
            using SoftDiff;
            public static partial class C
            {
                [Differentiable] public static double F(double x) => x * x + Both(x);
                private static double Both(double x)
                {
                    Span<double> b = stackalloc double[3];
                    b[0] = x;
                    return Math.Sin(Soft.LogSumExp(b));
                }
                [Derivative(nameof(F), Order = 1)] public static partial double First(double x);
                [Derivative(nameof(First), Order = 1)] public static partial double Second(double x);
                [Derivative(nameof(F), Order = 2)] public static partial double Twice(double x);
            }
            public static class Driver
            {
                public static double[] Seconds() => [C.Second(0.7), C.Twice(0.7)];
            }
            """);

        var seconds = (double[])GeneratorRun.Method(run.Load(), "Driver", "Seconds").Invoke(null, null)!;
        Assert.Equal(seconds[0], seconds[1], 1e-13);
    }
}
