using System.ComponentModel;
using System.Runtime.ExceptionServices;

namespace SoftDiff;

/// <summary>What runs the examples of a batch from <paramref name="first"/> up to, but not including, <paramref name="end"/>.</summary>
/// <typeparam name="TArguments">What the examples are computed from and written to.</typeparam>
/// <param name="arguments">The arguments of the batch, the same for all parts.</param>
/// <param name="first">The first example.</param>
/// <param name="end">The example after the last.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void BatchPart<TArguments>(in TArguments arguments, int first, int end)
    where TArguments : allows ref struct;

/// <summary>Runs generated methods on the examples of a batch, on several cores.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParallelBatch
{
    // Parts take different times, and cores have other work to do.
    private const int PartsPerCore = 4;

    /// <summary>Runs every example in one of several parts at the same time, and waits for all of them.</summary>
    /// <remarks>Where a part throws, the others still run, so that the exception is that of the first example that throws.</remarks>
    /// <typeparam name="TArguments">What the examples are computed from and written to; it may hold spans.</typeparam>
    /// <param name="batch">The number of examples.</param>
    /// <param name="arguments">The arguments of the batch.</param>
    /// <param name="part">Runs some of the examples.</param>
    public static void Run<TArguments>(int batch, in TArguments arguments, BatchPart<TArguments> part)
        where TArguments : allows ref struct
    {
        var cores = Environment.ProcessorCount;
        if (cores == 1 || batch <= 1)
        {
            if (batch > 0) part(in arguments, 0, batch);
            return;
        }

        // A copy in this method's frame, which waits until nobody reads it any more.
        var local = arguments;
        var address = StackReference.AddressOf(ref local);
        var count = (int)Math.Min(batch, (long)PartsPerCore * cores);
        var failures = new ExceptionDispatchInfo?[count];
        Parallel.For(0, count, i =>
        {
            try
            {
                part(in StackReference.At<TArguments>(address), FirstOf(i, count, batch), FirstOf(i + 1, count, batch));
            }
            catch (Exception exception)
            {
                failures[i] = ExceptionDispatchInfo.Capture(exception);
            }
        });
        foreach (var failure in failures) failure?.Throw();
    }

    /// <summary>The first example of a part; parts differ in size by at most one.</summary>
    private static int FirstOf(int part, int count, int batch) => (int)((long)batch * part / count);
}
