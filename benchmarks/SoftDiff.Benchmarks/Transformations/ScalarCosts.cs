using System.Runtime.CompilerServices;
using SoftDiff.Benchmarks.Functions;

namespace SoftDiff.Benchmarks.Transformations;

/// <summary>Second derivatives of the chain, and a high derivative of one number.</summary>
internal static class ScalarCosts
{
    private const MethodImplOptions Plain = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    // A power of two.
    private const int Points = 64;

    public static IEnumerable<Cost> All()
    {
        yield return Product(1000);
        yield return Hessian(32);
        yield return Series();
    }

    private static Cost Product(int n)
    {
        var (x, v, hv) = (Numbers(2, n), Numbers(3, n), new double[n]);
        return new(
            $"product with the Hessian / function, Rosenbrock n={n}", Bound.AtMost(4),
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Rosenbrock.ChainProduct(x, v, hv) + hv[0];
                return sink;
            },
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Rosenbrock.Chain(x);
                return sink;
            },
            () =>
            {
                Agreement.Dirty(hv);
                Agreement.Scalar("value", Rosenbrock.ChainProduct(x, v, hv), Rosenbrock.Chain(x));
                Agreement.Vector("product", hv, Times(AnalyticHessian(x), v));
            });
    }

    private static Cost Hessian(int n)
    {
        var (x, hessian, gradient) = (Numbers(4, n), new double[n * n], new double[n]);
        return new(
            $"Hessian / gradient, Rosenbrock n={n}", Widths.Hessian,
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Rosenbrock.ChainHessian(x, hessian) + hessian[0];
                return sink;
            },
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Rosenbrock.ChainGrad(x, gradient) + gradient[0];
                return sink;
            },
            () =>
            {
                Agreement.Dirty(hessian);
                Agreement.Scalar("value", Rosenbrock.ChainHessian(x, hessian), Rosenbrock.Chain(x));
                Agreement.Vector("Hessian", hessian, AnalyticHessian(x));
            });
    }

    private static Cost Series()
    {
        double[] x = Numbers(5, Points);
        Func<int, double> Loop(Func<double, double> function) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++) sink += function(x[i & (Points - 1)]);
            return sink;
        };
        return new("order 8 / function, 10 operations", Bound.AtMost(60), Loop(Wave.Eighth), Loop(Wave.Height), () =>
            Agreement.Vector("order 8", [.. x.Select(Wave.Eighth)], [.. x.Select(Wave.FourthOfFourth)]));
    }

    private static double[] AnalyticHessian(double[] x)
    {
        int n = x.Length;
        double[] hessian = new double[n * n];
        for (int i = 0; i < n - 1; i++)
        {
            hessian[(i * n) + i] += 2 + (1200 * x[i] * x[i]) - (400 * x[i + 1]);
            hessian[((i + 1) * n) + i + 1] += 200;
            hessian[(i * n) + i + 1] = hessian[((i + 1) * n) + i] = -400 * x[i];
        }

        return hessian;
    }

    private static double[] Times(double[] matrix, double[] v) =>
        [.. Enumerable.Range(0, v.Length).Select(i => v.Select((entry, j) => matrix[(i * v.Length) + j] * entry).Sum())];

    private static double[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (4 * random.NextDouble()) - 2)];
    }
}
