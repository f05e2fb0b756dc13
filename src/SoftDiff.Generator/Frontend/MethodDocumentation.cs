using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>Reads the documentation of a method, which its companions repeat.</summary>
internal static class MethodDocumentation
{
    private static readonly Regex Space = new(@"\s+");

    /// <summary>The documentation; null for a method without, and for one whose XML is wrong.</summary>
    public static Documentation? Of(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.GetDocumentationCommentXml(cancellationToken: cancellation) is not { Length: > 0 } xml || Parsed(xml) is not { } root) return null;
        var parameters = root.Elements("param").Select(p => (p.Attribute("name")?.Value ?? "", Inner(p))).ToImmutableArray();
        var others = root.Elements().Where(e => e.Name.LocalName is "returns" or "exception" or "remarks")
            .Select(e => Line(e.ToString(SaveOptions.DisableFormatting))).ToImmutableArray();
        return new Documentation(root.Element("summary") is { } summary ? Inner(summary) : "", parameters, others);
    }

    private static XElement? Parsed(string xml)
    {
        try
        {
            return XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Inner(XElement element) => Line(string.Concat(element.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting))));

    private static string Line(string text) => Space.Replace(text, " ").Trim();
}
