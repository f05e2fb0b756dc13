namespace SoftDiff.Generator.IR;

/// <summary>FNV-1a: the same on every machine and in every process, unlike string.GetHashCode. For names.</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text) hash = unchecked((hash ^ character) * 16777619u);
        return hash;
    }
}
