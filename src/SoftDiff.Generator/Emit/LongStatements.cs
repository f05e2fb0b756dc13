namespace SoftDiff.Generator.Emit;

/// <summary>Breaks a statement whose last expression is a long list in parentheses or braces: as many items to a line as fit.</summary>
internal static class LongStatements
{
    private const string Indent = "    ";

    public static IEnumerable<string> Lines(string statement, int width)
    {
        var open = statement.IndexOfAny(new[] { '(', '{' });
        if (statement.Length <= width || open < 0) return new[] { statement };
        var lines = new List<string> { statement.Substring(0, open + 1) };
        var line = Indent;
        foreach (var item in Items(statement, open + 1))
        {
            if (line.Length > Indent.Length && line.Length + item.Length > width)
            {
                lines.Add(line.TrimEnd());
                line = Indent;
            }

            line += item;
        }

        lines.Add(line.TrimEnd());
        return lines;
    }

    /// <summary>The items of the list that starts at a position, each with the comma after it, and what follows the list with the last.</summary>
    private static IEnumerable<string> Items(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is '(' or '{' or '[') depth++;
            if (text[i] is ')' or '}' or ']') depth--;
            if (text[i] != ',' || depth != 0) continue;
            yield return text.Substring(start, i + 1 - start).TrimStart() + " ";
            start = i + 1;
        }

        yield return text.Substring(start).TrimStart();
    }
}
