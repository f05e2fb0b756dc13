namespace SoftDiff.Generator.Tests.Harness;

/// <summary>Reads the arguments of a <see cref="ProbePoint"/>, which are text.</summary>
internal static class ArgumentText
{
    /// <summary>No array: it has no elements either.</summary>
    public const string Null = "null";

    /// <summary>The element type of an array, a span or a tensor.</summary>
    public static string ElementOf(string type)
    {
        int open = type.IndexOf('<');
        return open >= 0 ? type[(open + 1)..^1] : type[..type.IndexOf('[')];
    }

    /// <summary>The elements, of a tensor in row-major order.</summary>
    public static List<string> Items(string text) => [.. Entries(text).SelectMany(entry => entry.StartsWith('[') ? Items(entry) : [entry])];

    /// <summary>The shape of a tensor.</summary>
    public static IEnumerable<int> Lengths(string text)
    {
        List<string> entries = Entries(text);
        return entries is [var first, ..] && first.StartsWith('[') ? Lengths(first).Prepend(entries.Count) : [entries.Count];
    }

    private static List<string> Entries(string text)
    {
        string inner = text.Trim();
        if (inner == Null) return [];
        if (!inner.StartsWith('[') || !inner.EndsWith(']'))
        {
            throw new FormatException($"'{text}' should be '[…]', one entry per element.");
        }

        return [.. Probe.SplitOutsideBrackets(inner[1..^1])];
    }
}
