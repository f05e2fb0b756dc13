using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Shrinking;

/// <summary>Fewer points, shorter buffers, smaller integers, and parameters that go with their arguments.</summary>
internal static class PointEdits
{
    private const string Marker = "//? ";

    public static IEnumerable<Edit> Of(string members)
    {
        (TextSpan Span, string Text)[] points = [.. Lines(members).Where(line => line.Text.Contains(" = ", StringComparison.Ordinal))];
        return
        [
            .. points.Select(point => new Edit(new TextChange(point.Span, ""))),
            .. points.SelectMany(Smaller),
            .. Parameters(members, points),
        ];
    }

    private static IEnumerable<(TextSpan Span, string Text)> Lines(string members)
    {
        int start = 0;
        foreach (string line in members.Split('\n'))
        {
            int at = line.IndexOf(Marker, StringComparison.Ordinal);
            if (at >= 0) yield return (new TextSpan(start + at, line.Length - at), line[(at + Marker.Length)..]);
            start += line.Length + 1;
        }
    }

    /// <summary>All buffers of one length lose an element; an integer loses 1.</summary>
    private static IEnumerable<Edit> Smaller((TextSpan Span, string Text) point)
    {
        string[] arguments = [.. Probe.SplitOutsideBrackets(point.Text)];
        int[] counts = [.. arguments.Where(IsBuffer).Select(argument => Items(argument).Length).Where(count => count > 0).Distinct()];
        foreach (int count in counts)
        {
            yield return With(point.Span, arguments.Select(argument =>
                IsBuffer(argument) && Items(argument).Length == count ? $"{Name(argument)} = [{string.Join(", ", Items(argument)[..^1])}]" : argument));
        }

        foreach (string argument in arguments)
        {
            if (int.TryParse(Value(argument), out int number) && number > 0)
            {
                yield return With(point.Span, arguments.Select(other => other == argument ? $"{Name(other)} = {number - 1}" : other));
            }
        }
    }

    private static IEnumerable<Edit> Parameters(string members, (TextSpan Span, string Text)[] points)
    {
        const string before = "class C\n{\n";
        var method = CSharpSyntaxTree.ParseText(before + members + "\n}").GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(m => m.Identifier.ValueText == "F");
        if (method is null || method.ParameterList.Parameters.Count < 2) yield break;
        foreach (ParameterSyntax parameter in method.ParameterList.Parameters)
        {
            string rest = string.Join(", ", method.ParameterList.Parameters.Where(other => other != parameter));
            TextSpan span = method.ParameterList.Span;
            TextChange head = new(new TextSpan(span.Start - before.Length, span.Length), $"({rest})");
            yield return new Edit([head, .. points.Select(point => With(
                point.Span,
                Probe.SplitOutsideBrackets(point.Text).Where(argument => Name(argument) != parameter.Identifier.ValueText)).Changes[0])]);
        }
    }

    private static Edit With(TextSpan span, IEnumerable<string> arguments) => new(new TextChange(span, Marker + string.Join(", ", arguments)));

    private static bool IsBuffer(string argument) => Value(argument).StartsWith('[');

    private static string[] Items(string argument) => [.. Probe.SplitOutsideBrackets(Value(argument)[1..^1])];

    private static string Name(string argument) => argument.Split('=')[0].Trim();

    private static string Value(string argument) => argument.Split('=', 2)[^1].Trim();
}
