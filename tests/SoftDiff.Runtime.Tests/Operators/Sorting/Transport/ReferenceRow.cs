using SoftDiff.Runtime.Tests.Golden;

namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>
/// The operators of the reference rows, composed of a plan method (and a sort method for values) as simply as possible: squash, rows of the
/// soft permutation, what the operator makes of them, and all that backwards.
/// </summary>
internal sealed class ReferenceRow(GoldenRow row, IPlanMethod<double> plan, ISortMethod<double>? sort)
{
    private readonly bool standardize = row.Flag("standardize", absent: true);
    private readonly double eps = row.Number("log_prob_eps", 0);
    private readonly bool log = row.Flag("return_log_probs");

    /// <summary>The rows of a method that this class can compose, without those that couple the rows of an array.</summary>
    public static IEnumerable<GoldenRow> Of(string method) => GoldenFiles.Rows.Where(row => row.Method == method
        && row.TextOrNull("note") is null
        && row.ModeName is "smooth" or "c0" or "c1" or "c2"
        && row.Op is "argmax" or "argmin" or "argsort" or "top_k.indices" or "argquantile" or "argmedian" or "argpercentile"
            or "max" or "min"
            or "sort" or "top_k.values" or "quantile" or "median" or "percentile" or "rank");

    private bool IsValue => row.Op is "max" or "min" or "sort" or "top_k.values" or "quantile" or "median" or "percentile";

    /// <summary>The largest deviation of value, gradient and softness gradient, each relative to its tolerance.</summary>
    public double Worst()
    {
        var input = row.Inputs["x"];
        var axis = row.Integers("axis") is [var a] ? a : -1;
        var (outer, n, inner) = (1, input.Data.Length, 1);
        if (row.Has("axis"))
        {
            if (axis < 0) axis += input.Shape.Length;
            outer = input.Shape[..axis].Aggregate(1, (x, y) => x * y);
            inner = input.Shape[(axis + 1)..].Aggregate(1, (x, y) => x * y);
            n = input.Shape[axis];
        }

        var levels = row.Op switch
        {
            "quantile" or "argquantile" => row.Numbers("q"),
            "percentile" or "argpercentile" => [.. row.Numbers("p").Select(p => p / 100)],
            _ => [0.5],
        };
        var (y, dX, dSoftness) = (new double[row.Output.Data.Length], new double[input.Data.Length], 0.0);
        for (var level = 0; level < levels.Length; level++)
        {
            for (var slice = 0; slice < outer * inner; slice++)
            {
                var (o, i) = (slice / inner, slice % inner);
                int From(int j) => (((o * n) + j) * inner) + i;
                var x = Enumerable.Range(0, n).Select(j => input.Data[From(j)]).ToArray();
                var (positions, entries) = Shape(n);
                var size = outer * inner * positions * entries;
                int To(int j) => (level * size) + (((((o * positions) + (j / entries)) * inner) + i) * entries) + (j % entries);
                var c = Enumerable.Range(0, positions * entries).Select(j => row.Cotangent.Data[To(j)]).ToArray();
                var (value, gradient, softness) = One(x, levels[level], c);
                for (var j = 0; j < value.Length; j++) y[To(j)] = value[j];
                for (var j = 0; j < n; j++) dX[From(j)] += gradient[j];
                dSoftness += softness;
            }
        }

        var worst = 0.0;
        for (var j = 0; j < y.Length; j++) worst = Math.Max(worst, Ratio(y[j], row.Output.Data[j], row.NoiseOutput));
        for (var j = 0; j < dX.Length; j++) worst = Math.Max(worst, Ratio(dX[j], row.Grads["x"].Data[j], row.NoiseGrads));
        return row.GradSoftness is { } reference ? Math.Max(worst, Ratio(dSoftness, reference, row.NoiseGrads)) : worst;
    }

    private double Ratio(double actual, double expected, double noise)
    {
        if (double.IsNaN(expected)) return 0;
        if (actual == expected) return 0;
        var difference = Math.Abs(actual - expected) / (((row.OwnSolver ? 1e-7 : 1e-10) * (1 + Math.Abs(expected))) + (50 * noise));
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private (int Positions, int Entries) Shape(int n) => row.Op switch
    {
        "argmax" or "argmin" or "argquantile" or "argmedian" or "argpercentile" => (1, n),
        "argsort" => (n, n),
        "top_k.indices" => (row.Integer("k", 0), n),
        "top_k.values" => (row.Integer("k", 0), 1),
        "sort" or "rank" => (n, 1),
        _ => (1, 1),
    };

    private (double[] Y, double[] DX, double DSoftness) One(double[] x, double q, double[] c)
    {
        var n = x.Length;
        var negate = row.Op is "argmin" or "min";
        if (negate) x = [.. x.Select(e => -e)];
        var (w, toX) = Squash(x);
        var isMin = row.Op == "min";
        if (isMin) c = [.. c.Select(e => -e)];
        var (y, dX, dSoftness) = IsValue
            ? sort is null ? ByWeights(x, w, toX, q, c) : BySort(x, w, q, c)
            : row.Op == "rank" ? Rank(w, toX, c) : Weights(w, toX, q, c, log);
        if (isMin) y = [.. y.Select(e => -e)];
        if (negate) dX = [.. dX.Select(e => -e)];
        return (y, dX, dSoftness);
    }

    private (double[] Y, double[] DX, double DSoftness) ByWeights(
        double[] x, double[] w, Func<double[], double[]> toX, double q, double[] c)
    {
        var n = x.Length;
        var cP = new double[c.Length * n];
        for (var j = 0; j < cP.Length; j++) cP[j] = c[j / n] * x[j % n];
        var (p, dX, dSoftness) = Weights(w, toX, q, cP, false);
        if (!row.Flag("gated_grad", absent: true)) (dX, dSoftness) = (new double[n], 0);
        var y = new double[c.Length];
        for (var j = 0; j < p.Length; j++)
        {
            y[j / n] += p[j] * x[j % n];
            dX[j % n] += p[j] * c[j / n];
        }

        return (y, dX, dSoftness);
    }

    private (double[] Y, double[] DX, double DSoftness) Rank(double[] w, Func<double[], double[]> toX, double[] c)
    {
        var n = w.Length;
        var request = new RowRequest(RowKind.ArgSort, Descending: row.Flag("descending", absent: true));
        var (p, y, total) = (new double[n * n], new double[n], new double[n]);
        plan.Rows(w, request, false, p);
        for (var j = 0; j < p.Length; j++) total[j % n] += p[j];
        for (var j = 0; j < p.Length; j++) y[j % n] += p[j] * ((j / n) + 1) / Math.Max(total[j % n], 1e-10);
        var (cP, dW) = (new double[n * n], new double[n]);
        for (var j = 0; j < p.Length; j++) cP[j] = c[j % n] * ((j / n) + 1 - y[j % n]) / total[j % n];
        var dSoftness = plan.RowsVjp(w, request, false, default, cP, dW);
        return (y, toX(dW), dSoftness);
    }

    private (double[] Y, double[] DX, double DSoftness) Weights(double[] w, Func<double[], double[]> toX, double q, double[] c, bool log)
    {
        var n = w.Length;
        var isQuantile = row.Op.Contains("quantile") || row.Op.Contains("median") || row.Op.Contains("percentile");
        var (request, a) = isQuantile
            ? Quantile(n, q)
            : (row.Op switch
            {
                "argmax" or "argmin" or "max" or "min" => new RowRequest(RowKind.ArgMax),
                "argsort" or "sort" => new RowRequest(RowKind.ArgSort, Descending: row.Flag("descending")),
                _ => new RowRequest(RowKind.TopK, row.Integer("k", 0)),
            }, 0);
        var count = request.Count(n);
        var byMethod = log && eps == 0;
        var p = new double[count * n];
        plan.Rows(w, request, byMethod, p);

        // Mix the two rows of a quantile.
        var (y, cP) = (p, c);
        if (count == 2 && isQuantile)
        {
            var (first, next) = (p[..n], p[n..]);
            cP = new double[2 * n];
            y = new double[n];
            for (var j = 0; j < n; j++)
            {
                if (byMethod && row.ModeName == "smooth")
                {
                    var (u, v) = (Math.Log(1 - a) + first[j], Math.Log(a) + next[j]);
                    var top = Math.Max(u, v);
                    y[j] = top + Math.Log(Math.Exp(u - top) + Math.Exp(v - top));
                    (cP[j], cP[n + j]) = (c[j] * Math.Exp(u - y[j]), c[j] * Math.Exp(v - y[j]));
                }
                else if (byMethod)
                {
                    var (u, v) = ((1 - a) * Math.Exp(first[j]), a * Math.Exp(next[j]));
                    y[j] = Math.Log(u + v);
                    (cP[j], cP[n + j]) = u + v == 0 ? (0, 0) : (c[j] * u / (u + v), c[j] * v / (u + v));
                }
                else
                {
                    y[j] = ((1 - a) * first[j]) + (a * next[j]);
                }
            }
        }

        if (log && eps > 0)
        {
            var (rows, raw) = (y.Length / n, y);
            (y, cP) = (new double[raw.Length], new double[raw.Length]);
            for (var r = 0; r < rows; r++)
            {
                var (sum, common) = (0.0, 0.0);
                for (var j = r * n; j < (r + 1) * n; j++)
                {
                    sum += Math.Clamp(raw[j], eps, 1);
                    common += c[j];
                }

                for (var j = r * n; j < (r + 1) * n; j++)
                {
                    var clipped = Math.Clamp(raw[j], eps, 1);
                    y[j] = Math.Log(clipped / sum);
                    var slope = raw[j] == eps || raw[j] == 1 ? 0.5 : raw[j] > eps && raw[j] < 1 ? 1 : 0;
                    cP[j] = slope * ((c[j] / clipped) - (common / sum));
                }
            }

            c = cP;
        }

        if (count == 2 && isQuantile && !byMethod)
        {
            cP = new double[2 * n];
            for (var j = 0; j < n; j++) (cP[j], cP[n + j]) = ((1 - a) * c[j], a * c[j]);
        }

        var dW = new double[n];
        var dSoftness = plan.RowsVjp(w, request, byMethod, default, cP, dW);
        return (y, toX(dW), dSoftness);
    }

    private (RowRequest Request, double A) Quantile(int n, double q)
    {
        var p = Math.Clamp(q, 0, 1) * (n - 1);
        var k = (int)Math.Floor(p);
        return (row.Op.Contains("median") ? "midpoint" : row.TextOrNull("quantile_method") ?? "linear") switch
        {
            "linear" => (new RowRequest(RowKind.Quantile, k, HasNext: true), p - k),
            "lower" => (new RowRequest(RowKind.Quantile, k), 0),
            "higher" => (new RowRequest(RowKind.Quantile, (int)Math.Ceiling(p)), 0),
            "nearest" => (new RowRequest(RowKind.Quantile, p - k <= 0.5 ? k : k + 1), 0),
            _ => (
                new RowRequest(RowKind.Quantile, k, HasNext: true),
                Math.Abs(p - Math.Round(p)) <= 1e-8 + (1e-5 * Math.Abs(Math.Round(p))) ? 0 : 0.5),
        };
    }

    private (double[] Y, double[] DX, double DSoftness) BySort(double[] x, double[] w, double q, double[] c)
    {
        var n = x.Length;
        var cY = new double[n];
        var (request, a) = (default(RowRequest), 0.0);
        var isQuantile = row.Op is "quantile" or "median" or "percentile";
        if (isQuantile) (request, a) = Quantile(n, q);
        var next = Math.Min(request.K + 1, n - 1);
        switch (row.Op)
        {
            case "max" or "min":
                cY[n - 1] = c[0];
                break;
            case "sort":
                for (var j = 0; j < n; j++) cY[row.Flag("descending") ? n - 1 - j : j] = c[j];
                break;
            case "top_k.values":
                for (var j = 0; j < c.Length; j++) cY[n - 1 - j] = c[j];
                break;
            default:
                cY[request.K] += (1 - a) * c[0];
                if (request.HasNext) cY[next] += a * c[0];
                break;
        }

        // y = sd logit(clip(v)) + mean of the row.
        var (v, dW) = (new double[n], new double[n]);
        sort!.Sort(w, v);
        var y = v;
        double dSoftness;
        double[] dX;
        if (standardize)
        {
            var (mean, deviation) = Moments(x);
            const double E = 1e-10;
            y = [.. v.Select(e => (Math.Log(Math.Clamp(e, E, 1 - E) / (1 - Math.Clamp(e, E, 1 - E))) * deviation) + mean)];
            var cV = new double[n];
            var (cDeviation, cMean) = (0.0, 0.0);
            for (var j = 0; j < n; j++)
            {
                var clipped = Math.Clamp(v[j], E, 1 - E);
                var slope = v[j] == E || v[j] == 1 - E ? 0.5 : clipped == v[j] ? 1 : 0;
                cV[j] = slope * cY[j] * deviation / (clipped * (1 - clipped));
                cDeviation += cY[j] * (y[j] - mean) / deviation;
                cMean += cY[j];
            }

            dSoftness = sort.SortVjp(w, default, cV, dW);
            dX = Squash(x).Backward(dW);
            for (var j = 0; j < n; j++) dX[j] += (cMean / n) + (cDeviation * (x[j] - mean) / (n * deviation));
        }
        else
        {
            dSoftness = sort.SortVjp(w, default, cY, dW);
            dX = dW;
        }

        double[] result = row.Op switch
        {
            "max" or "min" => [y[n - 1]],
            "sort" => row.Flag("descending") ? [.. y.Reverse()] : y,
            "top_k.values" => [.. y.Reverse().Take(c.Length)],
            _ => [request.HasNext ? ((1 - a) * y[request.K]) + (a * y[next]) : y[request.K]],
        };
        return (result, dX, dSoftness);
    }

    private static (double Mean, double Deviation) Moments(double[] x)
    {
        var mean = x.Average();
        return (mean, Math.Sqrt(x.Select(e => (e - mean) * (e - mean)).Average() + 1e-6));
    }

    private (double[] W, Func<double[], double[]> Backward) Squash(double[] x)
    {
        if (!standardize) return (x, dW => dW);
        var n = x.Length;
        var (mean, deviation) = Moments(x);
        var w = x.Select(e => 1 / (1 + Math.Exp(-(e - mean) / deviation))).ToArray();
        return (w, dW =>
        {
            var g = dW.Zip(w, (d, e) => d * e * (1 - e)).ToArray();
            var (gMean, gMoment) = (g.Average(), g.Zip(x, (d, e) => d * (e - mean)).Average());
            return g.Zip(x, (d, e) => (d - gMean - ((e - mean) * gMoment / (deviation * deviation))) / deviation).ToArray();
        });
    }
}
