using System.Globalization;
using System.Text;

namespace SoftGallery;

/// <summary>Draws a figure. The text of the SVG follows the reader's choice of a light or a dark page.</summary>
internal static class Svg
{
    private const int PanelWidth = 236, PanelHeight = 150, Left = 46, Gap = 42, Top = 62, RowGap = 40, Bottom = 34;

    // Curves are drawn in the order of the modes, each thinner than the one before and, but for the first two, dashed with butt ends: where several
    // lie on one another, all are seen.
    private const string Css = """
            svg { background: var(--page); --page: #ffffff; --ink: #1f2328; --faint: #d8dee4; --frame: #8c959f;
                  --hard: #6e7781; --smooth: #0969da; --c0: #bc4c00; --c1: #1a7f37; --c2: #8250df; --c1p: #9a6700; --c2p: #bf3989; }
            @media (prefers-color-scheme: dark) {
              svg { --page: #0d1117; --ink: #e6edf3; --faint: #2b323b; --frame: #6e7681;
                    --hard: #9198a1; --smooth: #58a6ff; --c0: #f0883e; --c1: #3fb950; --c2: #bc8cff; --c1p: #d29922; --c2p: #f778ba; }
            }
            text { font: 11px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; fill: var(--ink); }
            .title { font-size: 14px; font-weight: 600; }
            .grid { stroke: var(--faint); stroke-width: 1; }
            .zero { stroke: var(--frame); stroke-width: 1; }
            .frame { fill: none; stroke: var(--frame); stroke-width: 1; }
            .curve { fill: none; stroke-linejoin: round; }
            .hard { stroke: var(--hard); stroke-width: 6.5; opacity: .4; }
            .smooth { stroke: var(--smooth); stroke-width: 3.6; }
            .c0 { stroke: var(--c0); stroke-width: 2.8; } .c1 { stroke: var(--c1); stroke-width: 2.3; } .c2 { stroke: var(--c2); stroke-width: 1.9; }
            .c1p { stroke: var(--c1p); stroke-width: 1.6; } .c2p { stroke: var(--c2p); stroke-width: 1.4; }
        """;

    public static string Draw(Figure figure)
    {
        var columns = figure.Columns.Count;
        var width = Left + (columns * PanelWidth) + ((columns - 1) * Gap) + 14;
        var height = Top + (2 * PanelHeight) + RowGap + Bottom;
        var text = new StringBuilder();
        Line(text, $"""<svg xmlns="http://www.w3.org/2000/svg" id="{figure.Id}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{figure.Id}-title {figure.Id}-desc">""");
        Line(text, $"""<title id="{figure.Id}-title">{Escape(figure.Title)}</title>""");
        Line(text, $"""<desc id="{figure.Id}-desc">{Escape(figure.Caption)}</desc>""");
        Line(text, $"<style>\n{Css}\n</style>");
        Line(text, $"""<text class="title" x="{Left}" y="18">{Escape(figure.Title)}</text>""");
        Legend(text, figure);
        for (var row = 0; row < 2; row++)
        {
            for (var column = 0; column < columns; column++) Panel(text, figure, row, column);
        }

        Line(text, $"</svg>");
        return text.ToString();
    }

    private static void Legend(StringBuilder text, Figure figure)
    {
        var x = Left;
        Line(text, $"""<g class="legend">""");
        foreach (var style in figure.Columns.SelectMany(column => column.Curves).Select(curve => curve.Style).Distinct())
        {
            Line(text, $"""<line class="curve {style.Id}"{Dashes(style)} x1="{x}" y1="32" x2="{x + 26}" y2="32"/>""");
            Line(text, $"""<text x="{x + 31}" y="36">{style.Label}</text>""");
            x += 48 + (7 * style.Label.Length);
        }

        Line(text, $"</g>");
    }

    private static void Panel(StringBuilder text, Figure figure, int row, int index)
    {
        var column = figure.Columns[index];
        var quantity = Figure.Quantities[row];
        double left = Left + (index * (PanelWidth + Gap)), top = Top + (row * (PanelHeight + RowGap));
        var curves = column.Curves
            .Select(curve => (curve.Style, Points: Sampling.Sample(x => row == 0 ? curve.Function(x).Value : curve.Function(x).Slope, figure.From, figure.To)))
            .ToList();
        var xs = new Scale(figure.From, figure.To, left, left + PanelWidth);
        var ys = Scale.Around(curves.SelectMany(curve => curve.Points).Select(point => point.Y), top + PanelHeight, top);

        Line(text, $"""<g class="panel" data-x="{Number(left)}" data-y="{Number(top)}" data-width="{PanelWidth}" data-height="{PanelHeight}">""");
        foreach (var tick in xs.Ticks(5))
        {
            var x = xs.Pixel(tick);
            Line(text, $"""<line class="{(tick == 0 ? "zero" : "grid")}" x1="{Number(x)}" y1="{Number(top)}" x2="{Number(x)}" y2="{Number(top + PanelHeight)}"/>""");
            Line(text, $"""<text x="{Number(x)}" y="{Number(top + PanelHeight + 14)}" text-anchor="middle">{Scale.Text(tick)}</text>""");
        }

        foreach (var tick in ys.Ticks(4))
        {
            var y = ys.Pixel(tick);
            Line(text, $"""<line class="{(tick == 0 ? "zero" : "grid")}" x1="{Number(left)}" y1="{Number(y)}" x2="{Number(left + PanelWidth)}" y2="{Number(y)}"/>""");
            Line(text, $"""<text x="{Number(left - 5)}" y="{Number(y + 4)}" text-anchor="end">{Scale.Text(tick)}</text>""");
        }

        Line(text, $"""<text x="{Number(left + 2)}" y="{Number(top - 6)}">{Escape(column.Title)}, {quantity}</text>""");
        foreach (var (style, points) in curves)
        {
            var id = figure.CurveId(quantity, column, style);
            var pixels = points.Select(point => new Point(xs.Pixel(point.X), ys.Pixel(point.Y), point.Lifted)).ToList();
            Line(text, $"""<path id="{id}" class="curve {style.Id} {quantity}"{Dashes(style)} d="{Path(Sampling.Simplify(pixels, 0.12))}"><title>{style.Label}</title></path>""");
        }

        Line(text, $"""<rect class="frame" x="{Number(left)}" y="{Number(top)}" width="{PanelWidth}" height="{PanelHeight}"/>""");
        if (row == 1) Line(text, $"""<text x="{Number(left + (PanelWidth / 2.0))}" y="{Number(top + PanelHeight + 28)}" text-anchor="middle">x</text>""");
        Line(text, $"</g>");
    }

    private static string Path(IEnumerable<Point> points) =>
        string.Concat(points.Select(point => $"{(point.Lifted ? 'M' : 'L')}{Number(point.X)} {Number(point.Y)}"));

    private static string Dashes(Style style) => style.Dashes.Length == 0 ? "" : $" stroke-dasharray=\"{style.Dashes}\"";

    private static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
