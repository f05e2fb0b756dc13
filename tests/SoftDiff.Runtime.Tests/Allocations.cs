namespace SoftDiff.Runtime.Tests;

internal static class Allocations
{
    /// <summary>Runs the action until pools and caches are warm, and then again.</summary>
    public static void AssertNone(Action action)
    {
        for (var i = 0; i < 3; i++) action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) action();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
