using SoftDiff;

namespace SoftDiff.Tests.Trees;

/// <summary>A struct with arrays, by which its own methods and those of others are differentiated.</summary>
public partial record struct Regression(double[,] Design, double[] Slopes, double Offset)
{
    /// <summary>A number that no derivative has.</summary>
    public int Evaluations { get; set; }

    [Differentiable]
    public readonly double Predict(ReadOnlySpan<double> x)
    {
        double sum = Offset;
        for (int i = 0; i < Slopes.Length; i++)
        {
            for (int j = 0; j < x.Length; j++) sum += Slopes[i] * Design[i, j] * x[j];
        }

        return Math.Sin(sum);
    }

    [Gradient(nameof(Predict))]
    public readonly partial double PredictGradient(ReadOnlySpan<double> x, ref Regression dModel, Span<double> dX);

    [Hessian(nameof(Penalty), Wrt = ["scale"])]
    public static partial double PenaltyCurvature(Regression model, double scale, Span<double> hessian);

    [Jvp(nameof(ByIn))]
    public static partial double Along(in Regression model, double scale, Regression direction, double tScale, out double rate);

    [Differentiable]
    public static double ByIn(in Regression model, double scale) => model.Predict([scale, 1]) * model.Offset;

    [Differentiable(Wrt = ["scale"])]
    public static double Penalty(Regression model, double scale) => Math.Exp(scale * model.Slopes[0]) + model.Offset;
}

/// <summary>Two structs with arrays, each in a property of an object whose numbers cannot be assigned.</summary>
public sealed record Ensemble(Regression First, double Weight)
{
    public Regression Second { get; init; } = new(new double[,] { { 2 } }, [0.5], -1);
}

public static partial class Ensembles
{
    [Differentiable(Wrt = ["both"])]
    public static double Mean(Ensemble both, ReadOnlySpan<double> x) =>
        both.Weight * both.First.Predict(x) + (1 - both.Weight) * both.Second.Predict(x[..1]);
}
