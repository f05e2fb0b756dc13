using System.Text;

namespace SoftDiff.Generator.Emit;

/// <summary>One line of output. A declaration cannot stand alone under an <c>if</c> or <c>for</c>, so it is marked.</summary>
internal sealed record CodeLine(int Indent, string Text, bool Declares, string? Comment);

/// <summary>Lines with indentation. Knows nothing of C# but braces.</summary>
internal sealed class CodeWriter
{
    /// <summary>No line, its comment included, is made longer than this where that can be helped.</summary>
    public const int Width = 140;

    private const int InlineWidth = 110;

    private List<CodeLine> _lines = new();
    private int _indent;

    public void Line(string text, bool declares = false, string? comment = null) =>
        _lines.Add(new CodeLine(_indent, text, declares, comment));

    public int Indent => _indent;

    public void Open()
    {
        Line("{");
        _indent++;
    }

    public void Close(string end = "")
    {
        _indent--;
        Line("}" + end);
    }

    /// <summary>Returns the text that <paramref name="write"/> writes, one level deeper, instead of writing it.</summary>
    public List<CodeLine> Capture(Action write)
    {
        var outer = _lines;
        var inner = new List<CodeLine>();
        _lines = inner;
        _indent++;
        try
        {
            write();
        }
        finally
        {
            _indent--;
            _lines = outer;
        }

        return inner;
    }

    public void Append(IEnumerable<CodeLine> lines, int shift = 0)
    {
        foreach (var line in lines) _lines.Add(line with { Indent = line.Indent + shift });
    }

    /// <summary>A header and its body: on one line if the body is one plain statement, else in braces.</summary>
    public void Block(string header, List<CodeLine> body, string? comment = null, bool braces = false)
    {
        if (body.Count == 0)
        {
            Line(header + " { }", comment: comment);
        }
        else if (!braces && CanJoin(header, body, comment))
        {
            Line(header + " " + body[0].Text, comment: comment ?? body[0].Comment);
        }
        else
        {
            Line(header, comment: comment);
            Line("{");
            Append(body);
            Line("}");
        }
    }

    public bool CanJoin(string header, List<CodeLine> body, string? comment = null) =>
        body.Count == 1 && !body[0].Declares && (comment is null || body[0].Comment is null)
        && (_indent * 4) + header.Length + 1 + body[0].Text.Length <= InlineWidth
        && !IsControl(body[0].Text);

    private static bool IsControl(string text) =>
        StartsWith(text, "if (") || StartsWith(text, "for (") || StartsWith(text, "while (") || StartsWith(text, "else");

    private static bool StartsWith(string text, string start) => text.StartsWith(start, StringComparison.Ordinal);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _lines)
        {
            if (line.Text.Length > 0) text.Append(' ', line.Indent * 4).Append(line.Text);
            if (line.Comment is not null) AppendComment(text, (line.Indent * 4) + line.Text.Length, line.Comment);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void AppendComment(StringBuilder text, int column, string comment)
    {
        const string Cut = "...";
        var room = Width - column - " // ".Length;
        if (comment.Length <= room) text.Append(" // ").Append(comment);
        else if (room >= 24) text.Append(" // ").Append(comment, 0, room - Cut.Length).Append(Cut);
    }
}
