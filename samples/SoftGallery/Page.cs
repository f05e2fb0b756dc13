using System.Text;

namespace SoftGallery;

/// <summary>The page that shows all figures.</summary>
internal static class Page
{
    private const string Css = """
        :root { color-scheme: light dark; --ink: #1f2328; --page: #ffffff; --link: #0969da; --soft: #59636e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --page: #0d1117; --link: #58a6ff; --soft: #9198a1; } }
        body { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; color: var(--ink); background: var(--page); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        a { color: var(--link); }
        figure { margin: 0 0 2rem; }
        figure img { max-width: 100%; height: auto; }
        figcaption { color: var(--soft); font-size: .9rem; }
        nav ul { columns: 14rem; padding-left: 1.2rem; }
        """;

    public static string Write(IReadOnlyList<Section> sections)
    {
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        text.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        text.Append("<title>Soft operators: gallery</title>\n<style>\n").Append(Css).Append("\n</style>\n</head>\n<body>\n");
        text.Append("<h1>Soft operators: gallery</h1>\n");
        text.Append("<p>Every operator in every mode, with its slope below. The grey line is the hard operator. ");
        text.Append("<a href=\"../soft-operators.md\">How to choose a mode, a method and a softness.</a></p>\n<nav>\n");
        foreach (var section in sections)
        {
            text.Append($"<p><a href=\"#{section.Id}\">{Svg.Escape(section.Title)}</a></p>\n<ul>\n");
            foreach (var figure in section.Figures) text.Append($"<li><a href=\"#{figure.Id}\">{Svg.Escape(figure.Title)}</a></li>\n");
            text.Append("</ul>\n");
        }

        text.Append("</nav>\n");
        foreach (var section in sections)
        {
            text.Append($"<h2 id=\"{section.Id}\">{Svg.Escape(section.Title)}</h2>\n<p>{Svg.Escape(section.Text)}</p>\n");
            foreach (var figure in section.Figures)
            {
                text.Append($"<figure id=\"{figure.Id}\">\n<img src=\"{figure.Id}.svg\" alt=\"{Svg.Escape(figure.Title)}: {Svg.Escape(figure.Caption)}\">\n");
                text.Append($"<figcaption>{Svg.Escape(figure.Caption)}</figcaption>\n</figure>\n");
            }
        }

        return text.Append("</body>\n</html>\n").ToString();
    }
}
