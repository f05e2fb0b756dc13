using System.Globalization;
using System.Text;

namespace SoftDiff.Generator.Emit;

/// <summary>Writes the user's source line as a comment beside its first statement, unless the statement reads the same.</summary>
internal sealed class SourceComments
{
    private readonly ImmutableArray<string> _source;
    private readonly HashSet<int> _said = new();

    public SourceComments(ImmutableArray<string> source) => _source = source;

    public string? For(int line, string statement)
    {
        if (line < 0 || line >= _source.Length || !_said.Add(line)) return null;
        var text = _source[line].Trim();
        if (text.Trim('{', '}', ' ', '\t').Length == 0 || Essence(text) == Essence(statement)) return null;
        return "+" + line.ToString(CultureInfo.InvariantCulture) + ": " + text.Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ');
    }

    /// <summary>The statement without the parts that the printer adds: blanks, qualifications, suffixes, the declared type.</summary>
    private static string Essence(string statement)
    {
        var text = statement.Replace("global::System.", "").Replace("global::SoftDiff.", "").Trim().TrimEnd('{', ' ');
        foreach (var type in new[] { "var ", "double ", "float ", "int ", "bool ", "long " })
        {
            if (!text.StartsWith(type, StringComparison.Ordinal)) continue;
            text = text.Substring(type.Length);
            break;
        }

        var essence = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c)) continue;
            var isSuffix = c is 'd' or 'f' or 'D' or 'F' && i > 0 && char.IsDigit(text[i - 1]) && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1]));
            if (!isSuffix) essence.Append(c);
        }

        return essence.ToString();
    }
}
