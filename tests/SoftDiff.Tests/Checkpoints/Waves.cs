namespace SoftDiff.Tests.Checkpoints;

/// <summary>Loops of calls on a state that is large enough to be counted in the memory they keep.</summary>
public static partial class Waves
{
    [Differentiable]
    public static double Stored(Span<double> u, double k, int steps)
    {
        for (int t = 0; t < steps; t++) Turn(u, k);
        return u[0] * u[^1];
    }

    [Differentiable]
    public static double Rooted(Span<double> u, double k, int steps)
    {
        for (int t = 0; t < steps; t++) Step(u, k);
        return u[0] * u[^1];
    }

    [Differentiable]
    public static double InThreeSlots(Span<double> u, double k, int steps)
    {
        for (int t = 0; t < steps; t++) StepInThreeSlots(u, k);
        return u[0] * u[^1];
    }

    [Differentiable]
    public static double Chain(double x, double k, int steps)
    {
        double s = x;
        for (int t = 0; t < steps; t++) s = Next(s, k);
        return s * s;
    }

    [Differentiable]
    public static double PlainChain(double x, double k, int steps)
    {
        double s = x;
        for (int t = 0; t < steps; t++) s = Math.Sin(s) * k + 0.1 * s * s;
        return s * s;
    }

    [HessianVectorProduct(nameof(Chain))]
    public static partial void ChainProduct(double x, double k, int steps, double vX, double vK, out double hX, out double hK);

    [HessianVectorProduct(nameof(PlainChain))]
    public static partial void PlainProduct(double x, double k, int steps, double vX, double vK, out double hX, out double hK);

    [Derivative(nameof(Chain), Order = 3, Wrt = ["k"])]
    public static partial double ChainThird(double x, double k, int steps);

    [Derivative(nameof(PlainChain), Order = 3, Wrt = ["k"])]
    public static partial double PlainThird(double x, double k, int steps);

    [Differentiable, Checkpoint]
    private static void Step(Span<double> u, double k) => Turn(u, k);

    [Differentiable, Checkpoint(Slots = 3)]
    private static void StepInThreeSlots(Span<double> u, double k) => Turn(u, k);

    [Differentiable, Checkpoint(Slots = 4)]
    private static double Next(double s, double k) => Math.Sin(s) * k + 0.1 * s * s;

    private static void Turn(Span<double> u, double k)
    {
        for (int i = 0; i < u.Length; i++) u[i] = Math.Sin(k * u[i]);
    }
}
