using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDiff.Generator.Frontend.Numerics;

/// <summary>
/// The C# source of the formulas: the types of System.Numerics, written as structs whose members compute with numbers. The framework's own
/// source is not at hand, and works on vector registers. Every type is a resource; Vector2, Vector3 and Vector4 share a template.
/// </summary>
internal static class FormulaTexts
{
    private const string Prefix = "Formulas/";
    private const string Template = Prefix + "VectorN.txt";

    /// <summary>What the template repeats for each component: items of a list, operands of an operator, or statements.</summary>
    private static readonly Regex Each = new(@"<\[(?<join>\+|&&|\|\||;|)(?<item>.*?)\]>", RegexOptions.CultureInvariant);

    private static readonly Lazy<ImmutableHashSet<SyntaxTree>> Parsed = new(() =>
        Texts().Select(text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest))).ToImmutableHashSet());

    /// <summary>The parsed texts, which all compilations share.</summary>
    public static ImmutableHashSet<SyntaxTree> Trees => Parsed.Value;

    public static bool Contain(SyntaxTree tree) => Parsed.IsValueCreated && Trees.Contains(tree);

    /// <summary>The text of each file.</summary>
    public static IEnumerable<string> Texts()
    {
        var names = typeof(FormulaTexts).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (var name in names.OrderBy(name => name, StringComparer.Ordinal))
        {
            if (name != Template)
            {
                yield return Read(name);
                continue;
            }

            foreach (var components in new[] { "XY", "XYZ", "XYZW" }) yield return Expand(Read(name), components);
        }
    }

    /// <summary>The template for vectors with these components.</summary>
    private static string Expand(string template, string components)
    {
        var expanded = Each.Replace(template, match =>
        {
            var join = match.Groups["join"].Value switch { "" => ", ", ";" => " ", var sign => " " + sign + " " };
            return string.Join(join, components.Select((component, i) => match.Groups["item"].Value.Trim()
                .Replace("@@", char.ToLowerInvariant(component).ToString()).Replace("@", component.ToString()).Replace("#", Number(i))));
        });
        return expanded.Replace("VectorN", "Vector" + Number(components.Length)).Replace("$", Number(components.Length));

        static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(FormulaTexts).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
