using System.Buffers;
using System.Diagnostics.Tracing;

namespace Samples;

/// <summary>
/// Counts what this thread holds of the shared array pools, from which generated code takes its scratch memory. The pools tell an event
/// source; nothing is timed.
/// </summary>
internal sealed class PooledMemory : EventListener
{
    private const string Source = "System.Buffers.ArrayPoolEventSource";

    private static readonly Dictionary<int, int> ElementSizes = new()
    {
        [ArrayPool<byte>.Shared.GetHashCode()] = sizeof(byte),
        [ArrayPool<bool>.Shared.GetHashCode()] = sizeof(bool),
        [ArrayPool<int>.Shared.GetHashCode()] = sizeof(int),
        [ArrayPool<float>.Shared.GetHashCode()] = sizeof(float),
        [ArrayPool<double>.Shared.GetHashCode()] = sizeof(double),
    };

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _held;

    private PooledMemory()
    {
    }

    /// <summary>The most bytes that were held at one time.</summary>
    public long Peak { get; private set; }

    /// <summary>The bytes of the largest array.</summary>
    public long Largest { get; private set; }

    /// <summary>Runs something and counts.</summary>
    public static PooledMemory Of(Action run)
    {
        using var counter = new PooledMemory();
        run();
        return counter;
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source) EnableEvents(eventSource, EventLevel.Verbose);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (Environment.CurrentManagedThreadId != _thread || eventData.EventName is not ("BufferRented" or "BufferReturned")) return;
        object?[] payload = [.. eventData.Payload!];
        if (!ElementSizes.TryGetValue((int)payload[2]!, out int size)) return;
        long bytes = (long)(int)payload[1]! * size;
        if (eventData.EventName == "BufferReturned")
        {
            _held -= bytes;
            return;
        }

        _held += bytes;
        Peak = Math.Max(Peak, _held);
        Largest = Math.Max(Largest, bytes);
    }
}
