using System.Text;

namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Indented lines.</summary>
internal sealed class Code(int depth)
{
    private readonly StringBuilder _text = new();
    private int _depth = depth;

    public void Line(string line) => _text.Append(' ', 4 * _depth).Append(line).Append('\n');

    public void Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
    }

    public void Close(string end = "}")
    {
        _depth--;
        Line(end);
    }

    public override string ToString() => _text.ToString();
}
