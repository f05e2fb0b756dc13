using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>Where a probe is evaluated, and what is known of it there besides differences.</summary>
/// <param name="Arguments">C# text by parameter (or type parameter) name; a buffer is <c>[…]</c>, a tensor or a matrix <c>[[…], […]]</c>.</param>
/// <param name="Gradient">Entries of the gradient stated by hand, by parameter name, as C# text that may use the arguments.</param>
/// <param name="Throws">The exception the method throws here, or null.</param>
internal sealed record ProbePoint(
    string Line,
    ImmutableDictionary<string, string> Arguments,
    ImmutableDictionary<string, string> Gradient,
    string? Throws);

/// <summary>
/// A method with one construct of the supported language, and the points to check it at. Above the method stands
/// <code>
/// //? The construct, as docs/language.md names it
/// //? x = 0.5, w = [1, 2, 3], n = 3
/// //? x = 3.2, w = [1, 2, 3], n = 3 -> dX = 1
/// //? x = -1, w = [1], n = 1 -> throws ArgumentException
/// </code>
/// Each line after the first is a point. Without an arrow the derivatives are compared with differences; with one, the named gradients
/// (for cotangent 1 of the result and 0 of everything else) are compared with the values given, for methods whose derivative is by
/// intention not that of the primal. <c>//? writes: a, b</c> names <c>T[]</c> parameters the method assigns elements of;
/// <c>//? single</c> says that the method rounds to single precision inside. An argument of a value type is any C# expression; structs
/// that a probe takes or returns are declared in its file.
/// </summary>
internal sealed record Probe(
    string File,
    string Type,
    string Method,
    int Line,
    string Construct,
    ImmutableArray<ProbePoint> Points,
    ImmutableArray<string> WrittenArrays,
    bool Single,
    bool ReturnsNumber,
    bool HasValueTypes,
    bool HasContainers,
    bool HasObjects,
    bool HasTrees,
    bool GivesArrays)
{
    private const string Marker = "//?";

    /// <summary>The framework's value types of numbers in single precision.</summary>
    private static readonly ImmutableHashSet<string> SingleStructs = ["Vector2", "Vector3", "Vector4", "Quaternion", "Plane", "Matrix3x2", "Matrix4x4"];

    /// <summary>The names of the structs of all files: the probes share one namespace.</summary>
    private static readonly Lazy<ImmutableHashSet<string>> Structs =
        new(() => ReadTypes(SyntaxKind.StructDeclaration, SyntaxKind.RecordStructDeclaration).Union(SingleStructs).Add("Complex"));

    /// <summary>The names of the classes, records and interfaces of all files.</summary>
    private static readonly Lazy<ImmutableHashSet<string>> Classes = new(() => ReadTypes(SyntaxKind.ClassDeclaration, SyntaxKind.RecordDeclaration, SyntaxKind.InterfaceDeclaration));

    /// <summary>The names of the structs that have arrays or objects among their members, or a struct that has.</summary>
    private static readonly Lazy<ImmutableHashSet<string>> StructTrees = new(ReadStructTrees);

    private static readonly ImmutableHashSet<string> FrameworkClasses =
        ["DateTime", "Dictionary", "IEnumerable", "IReadOnlyList", "List", "Random", "TimeSpan"];

    /// <summary>Topic, containing type unless it is the topic's own class, and method.</summary>
    public string Id => File + "/" + (Type.Split('.')[^1] == File ? Method : Type.Split('.')[^1] + "." + Method);

    public override string ToString() => Id;

    public static ImmutableArray<SourceFile> EmbeddedSources { get; } = ReadEmbedded();

    /// <summary>All probes of a file, in order.</summary>
    public static ImmutableArray<Probe> Parse(SourceFile source)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source.Text, new CSharpParseOptions(LanguageVersion.Latest)).GetRoot();
        string file = Path.GetFileNameWithoutExtension(source.Path);
        return
        [
            .. from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
               let lines = Lines(method)
               where lines.Length > 0
               select Parse(file, method, lines),
        ];
    }

    private static Probe Parse(string file, MethodDeclarationSyntax method, ImmutableArray<string> lines)
    {
        ImmutableArray<ProbePoint>.Builder points = ImmutableArray.CreateBuilder<ProbePoint>();
        ImmutableArray<string> written = [];
        bool single = method.DescendantTokens().Any(token =>
            token.IsKind(SyntaxKind.FloatKeyword) || token.ValueText == "MathF" || SingleStructs.Contains(token.ValueText) || (token.IsKind(SyntaxKind.NumericLiteralToken) && token.Value is float));
        foreach (string line in lines.Skip(1))
        {
            if (line == "single")
            {
                single = true;
            }
            else if (line.StartsWith("writes:", StringComparison.Ordinal))
            {
                written = [.. line["writes:".Length..].Split(',', StringSplitOptions.TrimEntries)];
            }
            else
            {
                points.Add(ParsePoint(line));
            }
        }

        int position = method.Identifier.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        return points.Count == 0
            ? throw new FormatException($"{file}.{method.Identifier.ValueText} has no points.")
            : new Probe(file, TypeName(method), method.Identifier.ValueText, position, lines[0], points.ToImmutable(), written, single,
                method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: not (int)SyntaxKind.VoidKeyword } or IdentifierNameSyntax && !IsValueType(method.ReturnType),
                method.ParameterList.Parameters.Select(p => p.Type!).Append(method.ReturnType).Any(IsValueType),
                method.ParameterList.Parameters.Any(p => p.Type is GenericNameSyntax { Identifier.ValueText: "Memory" or "ReadOnlyMemory" }
                    || (p.Type is ArrayTypeSyntax { RankSpecifiers: var ranks } && (ranks.Count > 1 || ranks[0].Rank > 1))),
                method.ParameterList.Parameters.Any(p => IsObject(p.Type!)),
                method.ParameterList.Parameters.Any(p => IsTree(method, p)),
                method.ReturnType is ArrayTypeSyntax || method.ParameterList.Parameters.Any(p => p.Type is ArrayTypeSyntax && p.Modifiers.Any(SyntaxKind.OutKeyword)));
    }

    /// <summary>Whether the method is differentiated by an object, which Wrt names, or takes a struct with arrays.</summary>
    private static bool IsTree(MethodDeclarationSyntax method, ParameterSyntax parameter) =>
        (parameter.Type is IdentifierNameSyntax own && StructTrees.Value.Contains(own.Identifier.ValueText))
        || (parameter.Type!.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => Classes.Value.Contains(name.Identifier.ValueText))
            && method.AttributeLists.SelectMany(list => list.DescendantTokens()).Any(token => token.ValueText == parameter.Identifier.ValueText));

    /// <summary>Whether it is an object, or holds some: a class of the probes or one of the framework's.</summary>
    private static bool IsObject(TypeSyntax type) => type.DescendantNodesAndSelf().Any(part =>
        part is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.StringKeyword }
        || (part is SimpleNameSyntax name && (Classes.Value.Contains(name.Identifier.ValueText) || FrameworkClasses.Contains(name.Identifier.ValueText))));

    /// <summary>Whether it is a tuple, a struct of the probes or a number that may be null, or an array or a span of those.</summary>
    private static bool IsValueType(TypeSyntax type) => type.DescendantNodesAndSelf()
        .Any(part => part is TupleTypeSyntax or NullableTypeSyntax { ElementType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.DoubleKeyword or (int)SyntaxKind.FloatKeyword } }
            || (part is SimpleNameSyntax name && Structs.Value.Contains(name.Identifier.ValueText)));

    private static ImmutableHashSet<string> ReadTypes(params SyntaxKind[] kinds) =>
    [
        .. EmbeddedSources.SelectMany(source => CSharpSyntaxTree.ParseText(source.Text).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>())
            .Where(declared => kinds.Contains(declared.Kind()))
            .Select(declared => declared.Identifier.ValueText),
    ];

    private static ImmutableHashSet<string> ReadStructTrees()
    {
        List<TypeDeclarationSyntax> structs =
        [
            .. EmbeddedSources.SelectMany(source => CSharpSyntaxTree.ParseText(source.Text).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>())
                .Where(declared => declared.IsKind(SyntaxKind.StructDeclaration) || declared.IsKind(SyntaxKind.RecordStructDeclaration)),
        ];
        HashSet<string> found = [];
        int before;
        do
        {
            before = found.Count;
            found.UnionWith(structs.Where(declared => MemberTypes(declared).Any(IsHeld)).Select(declared => declared.Identifier.ValueText));
        }
        while (found.Count > before);
        return [.. found];

        bool IsHeld(TypeSyntax type) => type is ArrayTypeSyntax
            || (type is IdentifierNameSyntax name && (found.Contains(name.Identifier.ValueText) || Classes.Value.Contains(name.Identifier.ValueText)));

        static IEnumerable<TypeSyntax> MemberTypes(TypeDeclarationSyntax declared) =>
            declared.Members.OfType<FieldDeclarationSyntax>().Select(field => field.Declaration.Type)
                .Concat(declared.Members.OfType<PropertyDeclarationSyntax>().Select(property => property.Type))
                .Concat(declared.ParameterList?.Parameters.Select(parameter => parameter.Type!) ?? []);
    }

    private static ProbePoint ParsePoint(string line)
    {
        string[] sides = line.Split(" -> ", 2);
        string? throws = null;
        ImmutableDictionary<string, string> gradient = ImmutableDictionary<string, string>.Empty;
        if (sides.Length == 2)
        {
            if (sides[1].StartsWith("throws ", StringComparison.Ordinal))
            {
                throws = sides[1]["throws ".Length..].Trim();
            }
            else
            {
                gradient = Assignments(sides[1]);
            }
        }

        return new ProbePoint(line, Assignments(sides[0]), gradient, throws);
    }

    /// <summary>The parts between commas, but not the commas inside brackets; empty parts are dropped.</summary>
    public static IEnumerable<string> SplitOutsideBrackets(string text)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                string part = text[start..i].Trim();
                start = i + 1;
                if (part.Length > 0)
                {
                    yield return part;
                }
            }
            else
            {
                depth += text[i] is '[' or '(' or '{' ? 1 : text[i] is ']' or ')' or '}' ? -1 : 0;
            }
        }
    }

    /// <summary>Reads <c>a = 1, b = [2, 3]</c>.</summary>
    private static ImmutableDictionary<string, string> Assignments(string text)
    {
        ImmutableDictionary<string, string>.Builder found = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string part in SplitOutsideBrackets(text))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            found.Add(pair[0], pair.Length == 2 ? pair[1] : throw new FormatException($"'{part}' is not 'name = value'."));
        }

        return found.ToImmutable();
    }

    private static ImmutableArray<string> Lines(MethodDeclarationSyntax method) =>
    [
        .. from trivia in method.GetLeadingTrivia()
           where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
           let text = trivia.ToString()
           where text.StartsWith(Marker, StringComparison.Ordinal)
           select text[Marker.Length..].Trim(),
    ];

    /// <summary>Metadata name with dots for nesting, which is enough to tell probes apart and to look their types up.</summary>
    private static string TypeName(MethodDeclarationSyntax method)
    {
        IEnumerable<string> types = method.Ancestors().OfType<TypeDeclarationSyntax>().Reverse().Select(type => type.Identifier.ValueText);
        return string.Join('.', types);
    }

    private static ImmutableArray<SourceFile> ReadEmbedded()
    {
        Assembly assembly = typeof(Probe).Assembly;
        ImmutableArray<SourceFile>.Builder sources = ImmutableArray.CreateBuilder<SourceFile>();
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Probes/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            sources.Add(new SourceFile(name, reader.ReadToEnd()));
        }

        return sources.ToImmutable();
    }
}
