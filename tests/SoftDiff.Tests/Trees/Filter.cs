using SoftDiff;

namespace SoftDiff.Tests.Trees;

/// <summary>A model whose gradient is by its own members: numbers, rows, a matrix, and an object inside.</summary>
public sealed partial class Filter
{
    private readonly double[] _taps = [0.5, -0.25, 0.125];

    public double[,] Mixing { get; } = { { 1, 0.5 }, { -0.5, 2 } };

    public double[][] Bands { get; init; } = [[1, 2], [3]];

    public double Gain { get; set; } = 0.75;

    public Stage Last { get; set; } = new();

    public double[] Taps
    {
        get => _taps;
        init => _taps = value;
    }

    /// <summary>A number that every evaluation counts, and no derivative.</summary>
    public int Calls { get; init; }

    [Differentiable(Wrt = ["this", "x"])]
    public double Energy(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < _taps.Length; i++) sum += _taps[i] * x[i % x.Length];
        foreach (double[] band in Bands) sum += band[0] * band[^1];
        return Gain * Math.Sin(sum) + Last.Bend(Mixing[0, 1] * Mixing[1, 0]);
    }

    [Gradient(nameof(Energy))]
    public partial double EnergyGradient(ReadOnlySpan<double> x, Filter dFilter, Span<double> dX);

    [Gradient(nameof(Energy), Wrt = ["x"])]
    public partial void EnergySlope(ReadOnlySpan<double> x, Span<double> slope);

    [Jvp(nameof(Distance))]
    public static partial double DistanceAlong(Filter filter, double scale, Filter direction, out double rate);

    [Differentiable(Wrt = ["this"])]
    public void Outputs(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < 2; i++) y[i] = Mixing[i, 0] * x[0] + Mixing[i, 1] * x[1] * Gain;
    }

    [Differentiable(Wrt = ["other"])]
    public static double Distance(Filter other, double scale) => other.Energy([scale, 1]) * other.Calls;
}

/// <summary>A record whose numbers cannot be assigned.</summary>
public sealed record Smile(double Level, double Slope)
{
    public double[] Wings { get; init; } = [0.5, 0.25];
}

public static partial class Smiles
{
    [Differentiable(Wrt = ["smile"])]
    public static double Volatility(Smile smile, double k) => smile.Level * Math.Exp(smile.Slope * k) + smile.Wings[0] * smile.Wings[1] * k;

    [Vjp(nameof(Volatility))]
    public static partial double Sensitivity(Smile smile, double k, double weight, out Smile gradient);
}

public sealed class Stage
{
    public float Slope = 0.5f;

    private double _shift = 0.25;

    public double Bend(double v) => Slope * v * v + _shift * v;
}
