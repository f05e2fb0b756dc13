namespace SoftDiff.Tests.Declared;

/// <summary>A point of a plane.</summary>
internal struct Place
{
    public double Along;

    public double Across;
}

/// <summary>Declared derivatives of methods that make the arrays which they give back.</summary>
internal static partial class ArrayResults
{
    [Differentiable]
    internal static double[] Powers(double x, int n)
    {
        double[] y = new double[n];
        double p = 1;
        for (int i = 0; i < n; i++)
        {
            p *= x;
            y[i] = p;
        }

        return y;
    }

    [Vjp(nameof(Powers))]
    internal static partial double[] PowersPullback(double x, int n, ReadOnlySpan<double> cotangents, out double dX);

    [Vjp(nameof(Powers))]
    internal static partial void PowersGradient(double x, int n, ReadOnlySpan<double> cotangents, out double dX);

    /// <summary>A derivative of a method that makes an array, in a method that is differentiated.</summary>
    [Differentiable]
    internal static double SquaredGradient(double x, double weight)
    {
        PowersGradient(x, 3, [1, 0, weight], out double dX);
        return dX * dX;
    }

    [Jvp(nameof(Powers))]
    internal static partial double[] PowersPushforward(double x, int n, double tX, out double[] tangents);

    [Jvp(nameof(Powers))]
    internal static partial void PowersSlopes(double x, int n, double tX, out double[] tangents);

    [Jvp(nameof(PowersPullback))]
    internal static partial double[] PowersPullbackPushforward(
        double x, int n, ReadOnlySpan<double> cotangents, out double dX, double tX, out double tDX, out double[] tangents);

    /// <summary>A buffer that is written, and products of pairs.</summary>
    [Differentiable]
    internal static double[,] Products(ReadOnlySpan<double> x, Span<double> sums)
    {
        double[,] products = new double[x.Length, x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                products[i, j] = x[i] * Math.Sin(x[j]);
                sums[i] += products[i, j] * x[0];
            }
        }

        return products;
    }

    [Vjp(nameof(Products))]
    internal static partial double[,] ProductsPullback(ReadOnlySpan<double> x, Span<double> sums, double[,] cotangents, Span<double> dX, Span<double> dSums);

    [Jvp(nameof(Products))]
    internal static partial double[,] ProductsPushforward(
        ReadOnlySpan<double> x, Span<double> sums, ReadOnlySpan<double> tX, Span<double> tSums, out double[,] tangents);

    [Jvp(nameof(Products))]
    internal static partial void ProductsSlopes(
        ReadOnlySpan<double> x, Span<double> sums, ReadOnlySpan<double> tX, Span<double> tSums, out double[,] tangents);

    [Jvp(nameof(ProductsSlopes), Wrt = ["x", "tX"])]
    internal static partial void ProductsCurvature(
        ReadOnlySpan<double> x, Span<double> sums, ReadOnlySpan<double> tX, Span<double> tSums, out double[,] tangents,
        ReadOnlySpan<double> uX, Span<double> uSums, ReadOnlySpan<double> uTX, Span<double> uTSums, out double[,] uTangents);

    [Differentiable]
    internal static Place[] Circle(double radius, int n)
    {
        Place[] points = new Place[n];
        for (int i = 0; i < n; i++)
        {
            points[i].Along = radius * Math.Cos(i);
            points[i].Across = radius * radius * Math.Sin(i);
        }

        return points;
    }

    [Vjp(nameof(Circle))]
    internal static partial Place[] CirclePullback(
        double radius, int n, ReadOnlySpan<Place> cotangents, out double dRadius);

    [Jvp(nameof(Circle))]
    internal static partial void CircleSlopes(double radius, int n, double tRadius, out Place[] tangents);

    [Differentiable]
    internal static Place Turned(double angle, double radius) =>
        new() { Along = radius * Math.Cos(angle), Across = radius * Math.Sin(angle) };

    [Vjp(nameof(Turned))]
    internal static partial Place TurnedPullback(double angle, double radius, Place cotangent, out double dAngle, out double dRadius);

    [Jvp(nameof(TurnedPullback))]
    internal static partial Place TurnedPullbackPushforward(
        double angle, double radius, Place cotangent, out double dAngle, out double dRadius, double tAngle, double tRadius,
        out double tDAngle, out double tDRadius, out Place tangent);

    /// <summary>A number beside two arrays.</summary>
    [Differentiable]
    internal static double Split(double[] x, out double[] squares, out float[] halves)
    {
        squares = new double[x.Length];
        halves = new float[x.Length];
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            squares[i] = x[i] * x[i];
            halves[i] = (float)(x[i] / 2);
            sum += squares[i] * x[0];
        }

        return sum;
    }

    [Gradient(nameof(Split))]
    internal static partial double SplitGradient(
        double[] x, out double[] squares, out float[] halves, Span<double> dX, ReadOnlySpan<double> cSquares, ReadOnlySpan<float> cHalves);

    [Vjp(nameof(Split))]
    internal static partial void SplitPullback(
        double[] x, out double[] squares, out float[] halves, double cotangent, Span<double> dX, ReadOnlySpan<double> cSquares, ReadOnlySpan<float> cHalves);

    [Jvp(nameof(Split))]
    internal static partial double SplitPushforward(
        double[] x, out double[] squares, out float[] halves, ReadOnlySpan<double> tX, out double[] tSquares, out float[] tHalves, out double tangent);
}
