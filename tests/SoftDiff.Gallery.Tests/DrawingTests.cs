using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SoftGallery;

namespace SoftDiff.Gallery.Tests;

/// <summary>The figures in docs/gallery, read as files, without a browser.</summary>
public sealed partial class DrawingTests
{
    private static readonly XNamespace Ns = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Figures() => new(Drawings.Figures.Select(figure => figure.Id));

    /// <summary>The sample draws what the repository holds. Coordinates may differ in the last digit from machine to machine.</summary>
    [Theory]
    [MemberData(nameof(Figures))]
    public void IsUpToDate(string id)
    {
        var figure = Drawings.Figure(id);
        Assert.Equal(WithoutNumbers(Svg.Draw(figure)), WithoutNumbers(Drawings.Read(figure)));
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void HasEveryCurveInsideItsPanel(string id)
    {
        var figure = Drawings.Figure(id);
        var root = XDocument.Parse(Drawings.Read(figure)).Root!;
        var expected = figure.CurveIds.ToHashSet(StringComparer.Ordinal);
        foreach (var panel in root.Elements(Ns + "g").Where(g => (string?)g.Attribute("class") == "panel"))
        {
            double Edge(string name) => double.Parse(panel.Attribute(name)!.Value, CultureInfo.InvariantCulture);
            var (left, top, width, height) = (Edge("data-x"), Edge("data-y"), Edge("data-width"), Edge("data-height"));
            foreach (var path in panel.Elements(Ns + "path"))
            {
                var points = Points(path.Attribute("d")!.Value);
                Assert.True(expected.Remove(path.Attribute("id")!.Value), $"{path.Attribute("id")} is there twice, or for no reason.");
                Assert.True(points.Count >= 2, $"{path.Attribute("id")} has {points.Count} points.");
                Assert.All(points, p => Assert.True(
                    p.X >= left - 0.1 && p.X <= left + width + 0.1 && p.Y >= top - 0.1 && p.Y <= top + height + 0.1, $"{path.Attribute("id")}: {p}"));

                // From one side of the panel to the other: no part of the curve is missing for a NaN.
                Assert.InRange(points[0].X, left - 0.1, left + 0.1);
                Assert.InRange(points[^1].X, left + width - 0.1, left + width + 0.1);
            }
        }

        Assert.Empty(expected);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void HasAxesAndLegend(string id)
    {
        var figure = Drawings.Figure(id);
        var root = XDocument.Parse(Drawings.Read(figure)).Root!;
        var panels = root.Elements(Ns + "g").Where(g => (string?)g.Attribute("class") == "panel").ToList();
        Assert.Equal(2 * figure.Columns.Count, panels.Count);
        Assert.All(panels, panel =>
        {
            var labels = panel.Elements(Ns + "text").ToList();
            Assert.True(labels.Count(t => (string?)t.Attribute("text-anchor") == "middle") >= 3, "ticks of x");
            Assert.True(labels.Count(t => (string?)t.Attribute("text-anchor") == "end") >= 2, "ticks of y");
        });
        var legend = root.Elements(Ns + "g").Single(g => (string?)g.Attribute("class") == "legend").Elements(Ns + "text").Select(t => t.Value);
        Assert.Equal(figure.Columns.SelectMany(c => c.Curves).Select(c => c.Style.Label).Distinct(), legend);
    }

    [Fact]
    public void PageShowsEveryFigureAndNothingElseIsThere()
    {
        var page = File.ReadAllText(Path.Combine(Drawings.Folder, "index.html"));
        Assert.Equal(Page.Write(SoftGallery.Gallery.Sections), page);
        Assert.Equal(
            Drawings.Figures.Select(figure => figure.Id + ".svg").Order(StringComparer.Ordinal),
            Directory.GetFiles(Drawings.Folder, "*.svg").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    private static List<(double X, double Y)> Points(string path) => Coordinates().Matches(path)
        .Select(m => (double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)))
        .ToList();

    private static string WithoutNumbers(string svg) => PathData().Replace(svg, "d=\"\"");

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Coordinates();

    [GeneratedRegex("""\bd="[^"]*["]""")]
    private static partial Regex PathData();
}

internal static class Drawings
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "gallery");

    public static IReadOnlyList<Figure> Figures { get; } = [.. SoftGallery.Gallery.Sections.SelectMany(section => section.Figures)];

    public static Figure Figure(string id) => Figures.Single(figure => figure.Id == id);

    public static string Read(Figure figure) => File.ReadAllText(Path.Combine(Folder, figure.Id + ".svg"));
}
