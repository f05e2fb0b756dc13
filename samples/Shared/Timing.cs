using System.Diagnostics;

namespace Samples;

/// <summary>Measures how long something takes.</summary>
internal static class Timing
{
    private const int Repetitions = 40;

    /// <summary>The shortest of some repetitions, in milliseconds.</summary>
    public static double Milliseconds(Action run)
    {
        double shortest = double.PositiveInfinity;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return shortest;
    }
}
