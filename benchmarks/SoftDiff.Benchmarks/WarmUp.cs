using System.Runtime;

namespace SoftDiff.Benchmarks;

/// <summary>
/// What comes before the clock. The JIT compiler waits for calls, then for a pause, and compiles twice: for a profile first, and with it. It does so
/// on a thread of its own, whose time counts as the process's, so nothing is measured before it rests.
/// </summary>
internal static class WarmUp
{
    private const int LeastStages = 4;
    private const int MostStages = 24;
    private const double StageSeconds = 0.2;
    private const int PauseMilliseconds = 150;

    /// <summary>Runs all that will be measured by turns, until a whole stage passes without a method being compiled.</summary>
    public static void Run(Action turn)
    {
        for (int stage = 1; stage <= MostStages; stage++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            var start = Environment.CpuUsage.TotalTime;
            do turn();
            while ((Environment.CpuUsage.TotalTime - start).TotalSeconds < StageSeconds);
            Thread.Sleep(PauseMilliseconds);
            if (stage >= LeastStages && JitInfo.GetCompiledMethodCount() == compiled) return;
        }
    }
}
