using System.Numerics;

namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>What the rules of a plan method must agree in, for random inputs.</summary>
internal static class PlanRules
{
    public static readonly SoftMode[] Modes = [SoftMode.Smooth, SoftMode.C0, SoftMode.C1, SoftMode.C2];

    public static IEnumerable<RowRequest> Requests(int n)
    {
        yield return new RowRequest(RowKind.ArgMax);
        yield return new RowRequest(RowKind.ArgSort);
        yield return new RowRequest(RowKind.ArgSort, Descending: true);
        yield return new RowRequest(RowKind.TopK, (n + 2) / 3);
        yield return new RowRequest(RowKind.TopK, n);
        yield return new RowRequest(RowKind.Quantile, n / 2);
        yield return new RowRequest(RowKind.Quantile, n - 1);
        yield return new RowRequest(RowKind.Quantile, 0, HasNext: true);
        yield return new RowRequest(RowKind.Quantile, (n - 1) / 2, HasNext: true);
        yield return new RowRequest(RowKind.Quantile, n - 1, HasNext: true);
    }

    /// <summary>
    /// The reverse and the forward rule are transposes, and give the same values as the method without derivatives. Derivatives may be 0
    /// but for rounding: what cancelled in them has at least the given size.
    /// </summary>
    public static void AssertTransposed(
        IPlanMethod<double> plan, double[] w, RowRequest request, bool log, int seed, double size = 0.01, double tolerance = 1e-11)
    {
        var (n, length) = (w.Length, request.Count(w.Length) * w.Length);
        var (c, t) = (Samples.Uniform(seed, length, -1, 1), Samples.Uniform(seed + 1, n, -1, 1));
        var tSoftness = (seed % 3) - 1.0;
        var (value, p, q, dW, tP) = (new double[length], new double[length], new double[length], new double[n], new double[length]);
        plan.Rows(w, request, log, value);
        var dSoftness = plan.RowsVjp(w, request, log, p, c, dW);
        plan.RowsJvp(w, request, log, t, tSoftness, q, tP);
        Assert.Equal(value, p);
        Assert.Equal(value, q);

        var again = new double[n];
        Assert.Equal(dSoftness, plan.RowsVjp(w, request, log, default, c, again));
        Assert.Equal(dW, again);

        var (forward, reverse, terms) = (0.0, dSoftness * tSoftness, Math.Abs(dSoftness * tSoftness));
        for (var i = 0; i < length; i++) (forward, terms) = (forward + (c[i] * tP[i]), terms + Math.Abs(c[i] * tP[i]));
        for (var i = 0; i < n; i++) (reverse, terms) = (reverse + (dW[i] * t[i]), terms + Math.Abs(dW[i] * t[i]));
        Assert.True(
            Math.Abs(forward - reverse) <= tolerance * Math.Max(terms, size),
            $"n {n} {request} log {log}: {forward} and {reverse}, terms {terms}");
    }

    /// <summary>The forward rule agrees with differences of values.</summary>
    public static void AssertDerivative(
        Func<double, IPlanMethod<double>> plan, double softness, double[] w, RowRequest request, bool log, double tolerance)
    {
        var (n, size) = (w.Length, request.Count(w.Length) * w.Length);
        var t = Samples.Uniform(n, n, -1, 1);
        var (p, tP, above, below) = (new double[size], new double[size], new double[size], new double[size]);
        const double TSoftness = 0.3;
        plan(softness).RowsJvp(w, request, log, t, TSoftness, p, tP);
        var step = 1e-5 * softness;
        plan(softness + (step * TSoftness)).Rows([.. w.Zip(t, (x, y) => x + (step * y))], request, log, above);
        plan(softness - (step * TSoftness)).Rows([.. w.Zip(t, (x, y) => x - (step * y))], request, log, below);
        var scale = 1 + tP.Max(Math.Abs);
        for (var i = 0; i < size; i++) Assert.Equal((above[i] - below[i]) / (2 * step) / scale, tP[i] / scale, tolerance);
    }

    /// <summary>The method in float is as near to the one in double as float allows.</summary>
    public static void AssertSingle(IPlanMethod<double> plan, IPlanMethod<float> single, double softness, float[] w, RowRequest request)
    {
        var (n, size) = (w.Length, request.Count(w.Length) * w.Length);
        var c = Samples.Uniform(n, size, -1, 1).As<float>();
        var (p, q, dW, dX) = (new double[size], new float[size], new double[n], new float[n]);
        var wide = w.Select(e => (double)e).ToArray();
        var dSoftness = plan.RowsVjp(wide, request, false, p, [.. c.Select(e => (double)e)], dW);
        var sSoftness = single.RowsVjp(w, request, false, q, c, dX);
        var (tolerance, gradientTolerance) = (2e-5 * Math.Max(1, 1 / softness), 2e-5 * Math.Max(1, 1 / softness) * (1 + dW.Max(Math.Abs)));
        for (var i = 0; i < size; i++) Assert.Equal(p[i], q[i], tolerance);
        for (var i = 0; i < n; i++) Assert.Equal(dW[i], dX[i], gradientTolerance);
        Assert.Equal(dSoftness, sSoftness, gradientTolerance * (1 + Math.Abs(dSoftness)));
    }
}
