namespace SoftDiff.Runtime.Tests;

internal static class Allocations
{
    /// <summary>Runs the action until pools and caches are warm, and then again. A garbage collection may empty a pool, so more than once.</summary>
    public static void AssertNone(Action action)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            for (var i = 0; i < 3; i++) action();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
