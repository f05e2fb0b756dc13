namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>Runs code that may not end, or that calls itself deeply.</summary>
internal static class Guarded
{
    private const int StackSize = 256 << 20;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>The exception that <paramref name="action"/> ends with; a <see cref="TimeoutException"/> if it does not end, in which case its thread is left behind.</summary>
    public static Exception? Run(Action action)
    {
        Exception? thrown = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    thrown = exception;
                }
            },
            StackSize) { IsBackground = true };
        thread.Start();
        return thread.Join(s_limit) ? thrown : new TimeoutException($"still running after {s_limit.TotalSeconds} s");
    }
}
