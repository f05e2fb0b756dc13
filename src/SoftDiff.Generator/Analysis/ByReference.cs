using System.Runtime.CompilerServices;

namespace SoftDiff.Generator.Analysis;

/// <summary>Operations and blocks are records, so two equal ones compare equal; facts are about one of them, so they are keyed by reference.</summary>
internal sealed class ByReference<T> : IEqualityComparer<T>
    where T : class
{
    public static readonly ByReference<T> Instance = new();

    public bool Equals(T? x, T? y) => ReferenceEquals(x, y);

    public int GetHashCode(T obj) => RuntimeHelpers.GetHashCode(obj);
}
