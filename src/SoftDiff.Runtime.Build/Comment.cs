using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDiff.Runtime.Build;

/// <summary>An element of a documentation comment.</summary>
/// <param name="Name">As "summary" or "param".</param>
/// <param name="Key">Its subject: the name of a parameter or the type of an exception; empty for a summary.</param>
/// <param name="Content">The markup inside, on one line.</param>
internal sealed record CommentTag(string Name, string Key, string Content)
{
    public string Line => Key.Length == 0 ? $"<{Name}>{Content}</{Name}>" : $"<{Name} {KeyName}=\"{Key}\">{Content}</{Name}>";

    private string KeyName => Name == "exception" ? "cref" : "name";
}

/// <summary>A documentation comment. The comments of written members repeat parts of it.</summary>
internal sealed record Comment(EquatableArray<CommentTag> Tags)
{
    public static Comment None { get; } = new(new EquatableArray<CommentTag>([]));

    public string Summary => Tags.FirstOrDefault(t => t.Name == "summary")?.Content ?? "";

    public IEnumerable<CommentTag> Exceptions => Tags.Where(t => t.Name == "exception");

    public static CommentTag ParamTag(string name, string content) => new("param", name, content);

    /// <summary>A list of names as "x, y and z".</summary>
    public static string Names(IEnumerable<string> names)
    {
        var list = names.Select(n => $"<paramref name=\"{n}\"/>").ToList();
        return list.Count < 2 ? string.Concat(list) : string.Join(", ", list.Take(list.Count - 1)) + " and " + list[list.Count - 1];
    }

    public CommentTag? Param(string parameter) => Tags.FirstOrDefault(t => t.Name == "param" && t.Key == parameter);

    /// <summary>The comment in front of a declaration.</summary>
    public static Comment Read(SyntaxNode declaration) => Of(declaration.GetLeadingTrivia().ToFullString().Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.StartsWith("///", StringComparison.Ordinal))
        .Select(line => line.Substring(3).Trim()));

    /// <summary>The comment in these lines; an incomplete one counts as none.</summary>
    public static Comment Of(IEnumerable<string> lines)
    {
        try
        {
            var root = XElement.Parse("<all>" + string.Join(" ", lines) + "</all>", LoadOptions.PreserveWhitespace);
            return new Comment(new EquatableArray<CommentTag>(root.Elements().Select(e => new CommentTag(
                e.Name.LocalName,
                (e.Attribute("name") ?? e.Attribute("cref"))?.Value ?? "",
                string.Concat(e.Nodes().Select(n => n.ToString(SaveOptions.DisableFormatting))).Trim()))));
        }
        catch (XmlException)
        {
            return None;
        }
    }
}
