namespace SoftDiff.Tests.Programs;

/// <summary>A natural cubic spline; its helpers return arrays.</summary>
public static partial class Spline
{
    /// <summary>The spline through the knots, at the points.</summary>
    [Differentiable]
    public static double[] Values(double[] knots, double[] heights, double[] points)
    {
        double[] curvatures = Curvatures(knots, heights);
        var values = new double[points.Length];
        for (int p = 0; p < points.Length; p++)
        {
            int i = 0;
            while (i < knots.Length - 2 && points[p] > knots[i + 1]) i++;
            double h = knots[i + 1] - knots[i];
            double a = (knots[i + 1] - points[p]) / h, b = (points[p] - knots[i]) / h;
            values[p] = a * heights[i] + b * heights[i + 1]
                + ((a * a * a - a) * curvatures[i] + (b * b * b - b) * curvatures[i + 1]) * h * h / 6;
        }

        return values;
    }

    private static double[] Curvatures(double[] x, double[] y)
    {
        int n = x.Length;
        double[] slopes = Slopes(x, y), diagonal = new double[n], right = new double[n];
        diagonal[0] = diagonal[n - 1] = 1;
        var above = new double[n];
        for (int i = 1; i < n - 1; i++)
        {
            double below = x[i] - x[i - 1];
            double factor = below / diagonal[i - 1];
            above[i] = x[i + 1] - x[i];
            diagonal[i] = 2 * (x[i + 1] - x[i - 1]) - factor * above[i - 1];
            right[i] = 6 * (slopes[i] - slopes[i - 1]) - factor * right[i - 1];
        }

        var curvatures = new double[n];
        for (int i = n - 2; i > 0; i--) curvatures[i] = (right[i] - above[i] * curvatures[i + 1]) / diagonal[i];
        return curvatures;
    }

    private static double[] Slopes(double[] x, double[] y)
    {
        var slopes = new double[x.Length - 1];
        for (int i = 0; i < slopes.Length; i++) slopes[i] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
        return slopes;
    }
}
