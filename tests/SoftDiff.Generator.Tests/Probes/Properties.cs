using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Properties
{
    private const double Factor = 3;

    public static double Auto { get; } = 0.3;

    private static ReadOnlySpan<double> Coeffs => [1, -0.5, 0.25];

    internal static double Tau2 => 2 * Math.PI;

    private static double Derived => Auto * Factor + 1;

    private static double[] Getter => new[] { 1.0, Auto };

    private static double Block
    {
        get
        {
            double s = 0;
            for (int i = 0; i < 3; i++) s += i * Auto;
            return s;
        }
    }

    //? a static property with a span of constants
    //? x = 0.7
    [Differentiable]
    public static double SpanProperty(double x)
    {
        double r = 0;
        for (int i = Coeffs.Length - 1; i >= 0; i--) r = r * x + Coeffs[i];
        return r;
    }

    //? a static property that is an expression
    //? x = 0.7
    [Differentiable]
    public static double ScalarProperty(double x) => Math.Sin(Tau2 * x);

    //? static properties set once, computed, and with arrays
    //? x = 0.4
    [Differentiable]
    public static double Computed(double x) => x * Auto * Times(2) + Getter[1] * x + Block + Derived * x;

    private static double Times(double k) => k * Auto;
}
