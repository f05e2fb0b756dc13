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

    /// <summary>The lengths of the rows of an array of arrays.</summary>
    public static IEnumerable<int> RowLengths(string text) => Entries(text).Select(row => Entries(row).Count);

    /// <summary>The expression of a matrix or an array of arrays with the elements of an array, in the shape that the brackets of its text have.</summary>
    public static string Container(ParameterShape parameter, string array, string text) => parameter.PassedAs == PassedAs.Jagged
        ? $"Container.Rows({string.Join(", ", RowLengths(text).Select(length => $"{length}").Prepend(array))})"
        : $"Container.Of({array}, {string.Join(", ", Lengths(text))})";

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
