namespace SoftDiff.Benchmarks.Functions;

/// <summary>
/// Heat in a rod of cells, by explicit steps in place. The loss is differentiated by the heat at the start and by the conductivity of each
/// wall between two cells.
/// </summary>
public static partial class HeatEquation
{
    /// <summary>Half the sum of the squares of the heat at the end, with the residuals of every step stored.</summary>
    [Differentiable]
    public static double Stored(ReadOnlySpan<double> start, ReadOnlySpan<double> walls, int steps)
    {
        Span<double> heat = new double[start.Length];
        start.CopyTo(heat);
        for (int t = 0; t < steps; t++) Conduct(heat, walls);
        return HalfSquares(heat);
    }

    /// <summary>The same with about √(2 steps) states.</summary>
    [Differentiable]
    public static double Checkpointed(ReadOnlySpan<double> start, ReadOnlySpan<double> walls, int steps)
    {
        Span<double> heat = new double[start.Length];
        start.CopyTo(heat);
        for (int t = 0; t < steps; t++) Step(heat, walls);
        return HalfSquares(heat);
    }

    /// <summary>The same with ten states.</summary>
    [Differentiable]
    public static double InTenSlots(ReadOnlySpan<double> start, ReadOnlySpan<double> walls, int steps)
    {
        Span<double> heat = new double[start.Length];
        start.CopyTo(heat);
        for (int t = 0; t < steps; t++) StepInTenSlots(heat, walls);
        return HalfSquares(heat);
    }

    [Differentiable, Checkpoint]
    private static void Step(Span<double> heat, ReadOnlySpan<double> walls) => Conduct(heat, walls);

    [Differentiable, Checkpoint(Slots = 10)]
    private static void StepInTenSlots(Span<double> heat, ReadOnlySpan<double> walls) => Conduct(heat, walls);

    private static void Conduct(Span<double> heat, ReadOnlySpan<double> walls)
    {
        double inflow = 0;
        for (int i = 0; i < walls.Length; i++)
        {
            double outflow = walls[i] * (heat[i] - heat[i + 1]);
            heat[i] += inflow - outflow;
            inflow = outflow;
        }

        heat[^1] += inflow;
    }

    private static double HalfSquares(ReadOnlySpan<double> heat)
    {
        double sum = 0;
        foreach (double value in heat) sum += 0.5 * value * value;
        return sum;
    }
}
