namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>Soft permutations straight from their formulas, as whole matrices, slowly.</summary>
internal static class PlainPermutation
{
    /// <summary>Row r is the projection of -|aᵣ - wⱼ| / s.</summary>
    public static double[][] SoftSort(double[] w, double softness, SoftMode mode) =>
        [.. w.Order().Select(anchor => Project([.. w.Select(x => -Math.Abs(anchor - x) / softness)], mode))];

    /// <summary>Row r is the projection of -((n - 1 - 2r) wⱼ + Σᵢ |wᵢ - wⱼ|) / s.</summary>
    public static double[][] NeuralSort(double[] w, double softness, SoftMode mode)
    {
        var n = w.Length;
        var sums = w.Select(x => w.Sum(y => Distance(x - y, softness, mode))).ToArray();
        return [.. Enumerable.Range(0, n).Select(r => Project([.. w.Select((x, j) => -(((n - 1 - (2 * r)) * x) + sums[j]) / softness)], mode))];
    }

    /// <summary>The projection onto the simplex, θ by bisection.</summary>
    public static double[] Project(double[] u, SoftMode mode)
    {
        var max = u.Max();
        if (mode == SoftMode.Smooth)
        {
            var e = u.Select(x => Math.Exp(x - max)).ToArray();
            return [.. e.Select(x => x / e.Sum())];
        }

        var (low, high) = (max - 1, max);
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (u.Sum(x => Power(x - middle)) > 1) low = middle;
            else high = middle;
        }

        return [.. u.Select(x => Power(x - low))];

        double Power(double t) => t <= 0 ? 0 : mode switch { SoftMode.C0 => t, SoftMode.C1 => t * t, _ => t * t * t };
    }

    /// <summary>The soft absolute value.</summary>
    public static double Distance(double d, double softness, SoftMode mode)
    {
        if (mode == SoftMode.Smooth) return d * Math.Tanh(d / softness / 2);
        var v = Math.Clamp(d / softness / 5, -1, 1);
        return d * mode switch
        {
            SoftMode.C0 => v,
            SoftMode.C1 => ((3 * v) - Math.Pow(v, 3)) / 2,
            _ => ((15 * v) - (10 * Math.Pow(v, 3)) + (3 * Math.Pow(v, 5))) / 8,
        };
    }
}
