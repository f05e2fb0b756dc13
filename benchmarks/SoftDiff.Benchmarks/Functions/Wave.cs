namespace SoftDiff.Benchmarks.Functions;

/// <summary>Ten operations on one number, and their derivative of order 8.</summary>
public static partial class Wave
{
    [Differentiable]
    public static double Height(double x) => Math.Exp(Math.Sin(x)) * Math.Log(1 + x * x) / (2 + Math.Cos(x)) - x;

    [Derivative(nameof(Height), Order = 4)]
    public static partial double Fourth(double x);

    [Derivative(nameof(Fourth), Order = 4)]
    public static partial double FourthOfFourth(double x);

    [Derivative(nameof(Height), Order = 8)]
    public static partial double Eighth(double x);
}
