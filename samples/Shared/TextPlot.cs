using System.Globalization;
using System.Text;

namespace Samples;

/// <summary>A drawing of points in characters, for the terminal. Later points cover earlier ones.</summary>
internal sealed class TextPlot(int width = 72, int height = 16)
{
    private const int LabelWidth = 9;

    private readonly List<(char Mark, string Label, (double X, double Y)[] Points)> _series = [];

    /// <summary>Adds a series of points, each drawn as <paramref name="mark"/>. Points that are not finite are left out.</summary>
    public TextPlot Add(char mark, string label, IEnumerable<(double X, double Y)> points)
    {
        _series.Add((mark, label, [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))]));
        return this;
    }

    /// <summary>Adds the values <paramref name="y"/> at x = 0, 1, 2 …</summary>
    public TextPlot Add(char mark, string label, IEnumerable<double> y) => Add(mark, label, y.Select((value, x) => ((double)x, value)));

    /// <summary>Adds the function <paramref name="f"/>, one point in each column.</summary>
    public TextPlot Add(char mark, string label, Func<double, double> f, double from, double to) =>
        Add(mark, label, Enumerable.Range(0, width).Select(column => from + ((to - from) * column / (width - 1))).Select(x => (x, f(x))));

    /// <summary>The drawing: a legend, the frame with its limits, and the points.</summary>
    public override string ToString()
    {
        var points = _series.SelectMany(series => series.Points).ToList();
        if (points.Count == 0) return "";
        var (left, right) = Range(points.Select(point => point.X));
        var (bottom, top) = Range(points.Select(point => point.Y));

        var rows = new char[height][];
        for (int row = 0; row < height; row++) rows[row] = [.. Enumerable.Repeat(' ', width)];
        foreach (var (mark, _, series) in _series)
        {
            foreach (var (x, y) in series) rows[Cell(top, bottom, y, height)][Cell(left, right, x, width)] = mark;
        }

        var text = new StringBuilder();
        text.Append(' ', LabelWidth + 2).AppendJoin("   ", _series.Select(series => $"{series.Mark} {series.Label}")).Append('\n');
        for (int row = 0; row < height; row++)
        {
            string label = row == 0 ? Number(top) : row == height - 1 ? Number(bottom) : "";
            text.Append($"{label,LabelWidth} |").Append(rows[row]).Append('\n');
        }

        text.Append(' ', LabelWidth + 1).Append('+').Append('-', width).Append('\n');
        text.Append(' ', LabelWidth + 2).Append(Number(left)).Append(Number(right).PadLeft(width - Number(left).Length)).Append('\n');
        return text.ToString();
    }

    /// <summary>The smallest and the largest value. If they are equal, the range is widened so that it can be drawn.</summary>
    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return low < high ? (low, high) : (low - 1, high + 1);
    }

    /// <summary>The cell of a value on an axis from <paramref name="first"/> to <paramref name="last"/>.</summary>
    private static int Cell(double first, double last, double value, int cells) =>
        (int)Math.Round((value - first) / (last - first) * (cells - 1));

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
