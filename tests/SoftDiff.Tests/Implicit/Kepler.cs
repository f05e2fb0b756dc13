namespace SoftDiff.Tests.Implicit;

/// <summary>Kepler's equation x - e sin x = m, solved by Newton's method.</summary>
public static partial class Kepler
{
    [Differentiable]
    [ImplicitFunction(nameof(Equation))]
    public static double Anomaly(double m, double e, double start, double tolerance)
    {
        var x = start;
        for (var step = 1.0; Math.Abs(step) > tolerance;)
        {
            step = Equation(x, m, e) / (1 - (e * Math.Cos(x)));
            x -= step;
        }

        return x;
    }

    private static double Equation(double x, double m, double e) => x - (e * Math.Sin(x)) - m;

    [Hessian(nameof(Anomaly))]
    public static partial double AnomalyHessian(double m, double e, double start, double tolerance, Span<double> hessian);

    /// <summary>The third derivative by m.</summary>
    [Derivative(nameof(Anomaly), Order = 3, Wrt = ["m"])]
    public static partial double ThirdByMean(double m, double e, double start, double tolerance);

    /// <summary>A start that depends on a differentiated number has no influence.</summary>
    [Differentiable]
    public static double FromMean(double m) => Anomaly(m, 0.4, m + 0.1, 1e-14);

    /// <summary>The sum of distances along an orbit: a solver in a loop.</summary>
    [Differentiable]
    public static double Distances(ReadOnlySpan<double> means, double e)
    {
        var sum = 0.0;
        foreach (var m in means)
        {
            var distance = 1 - (e * Math.Cos(Anomaly(m, e, m, 1e-14)));
            sum += distance * distance;
        }

        return sum;
    }

    [HessianVectorProduct(nameof(Distances))]
    public static partial void DistancesProduct(
        ReadOnlySpan<double> means, double e, ReadOnlySpan<double> tMeans, double tE, Span<double> hMeans, out double hE);

    /// <summary>The same in single precision.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(EquationSingle))]
    public static float AnomalySingle(float m, float e)
    {
        var x = m;
        for (var i = 0; i < 20; i++) x -= EquationSingle(x, m, e) / (1 - (e * MathF.Cos(x)));
        return x;
    }

    private static float EquationSingle(float x, float m, float e) => x - (e * MathF.Sin(x)) - m;

    /// <summary>x³ = a: at a = 0 the residual has slope 0.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(Cube))]
    public static double CubeRoot(double a) => Math.Cbrt(a);

    private static double Cube(double x, double a) => (x * x * x) - a;
}
