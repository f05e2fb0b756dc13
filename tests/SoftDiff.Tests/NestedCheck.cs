namespace SoftDiff.Tests;

/// <summary>What derivatives of a generated gradient must satisfy.</summary>
internal static class NestedCheck
{
    /// <summary>Writes a gradient and its tangent for a tangent of the point; returns the tangent of the value.</summary>
    public delegate double Pushforward(double[] t, double[] gradient, double[] tGradient);

    /// <summary>The Hessian by forward over reverse: symmetric, and what extrapolated differences of the gradient say.</summary>
    public static double[,] Hessian(double[] x, Pushforward jvp, Action<double[], double[]> gradientAt)
    {
        var n = x.Length;
        var hessian = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            var (t, gradient, tGradient) = (new double[n], new double[n], new double[n]);
            t[j] = 1;
            var slope = jvp(t, gradient, tGradient);
            Assert.Equal(gradient[j], slope, 1e-10);
            for (var i = 0; i < n; i++) hessian[i, j] = tGradient[i];

            const double H = 1e-4;
            var (fine, coarse) = (Difference(H), Difference(2 * H));
            for (var i = 0; i < n; i++) Assert.Equal(((4 * fine[i]) - coarse[i]) / 3, tGradient[i], 1e-7);

            double[] Difference(double h)
            {
                var (up, down) = (Gradient(h), Gradient(-h));
                return [.. up.Zip(down, (a, b) => (a - b) / (2 * h))];
            }

            double[] Gradient(double h)
            {
                var (moved, result) = ((double[])x.Clone(), new double[n]);
                moved[j] += h;
                gradientAt(moved, result);
                return result;
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) Assert.Equal(hessian[i, j], hessian[j, i], 1e-10);
        }

        return hessian;
    }

    /// <summary>
    /// Reverse over reverse is the transpose of forward over reverse. The pullback takes the cotangent of the value, and that of the gradient, which it
    /// replaces by zeros as that of what the gradient was before.
    /// </summary>
    public static void Transpose(int n, Pushforward jvp, Action<double, double[], double[]> vjp)
    {
        var random = new Random(5);
        double[] Some() => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        var (t, bar, cResult) = (Some(), Some(), 0.7);
        var (gradient, tGradient) = (new double[n], new double[n]);
        var forward = cResult * jvp(t, gradient, tGradient);
        for (var i = 0; i < n; i++) forward += bar[i] * tGradient[i];

        var (dX, dGradient) = (new double[n], (double[])bar.Clone());
        vjp(cResult, dX, dGradient);
        var reverse = 0.0;
        for (var i = 0; i < n; i++) reverse += dX[i] * t[i];
        Assert.Equal(forward, reverse, 1e-12);
        Assert.All(dGradient, d => Assert.Equal(0, d));
    }
}
