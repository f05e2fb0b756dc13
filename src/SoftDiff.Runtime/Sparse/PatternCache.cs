using System.ComponentModel;

namespace SoftDiff;

/// <summary>
/// The pattern of the last call of a generated method, and what it was found for: the shapes of the arguments and the contents of those
/// that are integers and bools.
/// </summary>
/// <remarks>Thread-safe. Threads whose calls differ replace each other's pattern, which costs time and nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PatternCache
{
    private Entry _last = new([], null);

    /// <summary>Begins to compare the arguments of a call with those of the last one.</summary>
    /// <returns>The comparison, to which the call adds its arguments in order.</returns>
    public PatternKey Begin() => new(Volatile.Read(ref _last));

    /// <summary>The pattern, if it was found for equal arguments.</summary>
    /// <param name="key">The arguments.</param>
    /// <returns>The pattern; <see langword="null"/> if it must be found.</returns>
    public SparsePattern? Find(in PatternKey key) => key.Known;

    /// <summary>Keeps a pattern for the calls that follow.</summary>
    /// <param name="key">The arguments for which it was found.</param>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The pattern.</returns>
    public SparsePattern Keep(in PatternKey key, SparsePattern pattern)
    {
        Volatile.Write(ref _last, new Entry(key.ToArray(), pattern));
        return pattern;
    }

    internal sealed record Entry(byte[] Key, SparsePattern? Pattern);
}
