namespace SoftDiff;

/// <summary>
/// Working memory of one thread for short spans, taken and given back like a stack. A method that needs a dozen of them would wait for the array
/// pool a dozen times, since the pool keeps only one array of each size for a thread.
/// </summary>
/// <typeparam name="T">The type of the elements, without references.</typeparam>
internal sealed class Arena<T>
{
    private const int Bytes = 1 << 16;

    [ThreadStatic]
    private static Arena<T>? _mine;

    private readonly T[] _memory = GC.AllocateUninitializedArray<T>(Bytes / Unsafe.SizeOf<T>());
    private readonly List<(int Start, int End)> _early = new(64);
    private int _taken;

    /// <summary>The arena of the calling thread.</summary>
    public static Arena<T> Mine => _mine ??= new();

    /// <summary>The most elements that are taken from an arena at once.</summary>
    public static int Longest => Bytes / 8 / Unsafe.SizeOf<T>();

    /// <summary>Where the next span starts, if there is room for it; else -1.</summary>
    public int Take(int length)
    {
        int start = _taken;
        if (length > _memory.Length - start) return -1;
        _taken = start + length;
        return start;
    }

    /// <summary>The elements from a start that <see cref="Take"/> gave.</summary>
    public Span<T> Elements(int start, int length) => _memory.AsSpan(start, length);

    /// <summary>Gives a span back. Memory of one that is not the last taken stays taken until those after it are given back.</summary>
    public void Release(int start, int length)
    {
        if (start + length != _taken)
        {
            _early.Add((start, start + length));
            return;
        }

        _taken = start;
        for (var i = _early.Count - 1; i >= 0; i--)
        {
            if (_early[i].End != _taken) continue;
            _taken = _early[i].Start;
            _early.RemoveAt(i);
            i = _early.Count;
        }
    }
}
