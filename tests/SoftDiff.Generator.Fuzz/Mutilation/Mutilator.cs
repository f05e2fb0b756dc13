using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Mutilation;

/// <summary>Source text as it is while someone types: tokens missing, double or exchanged, or the end not there yet.</summary>
internal sealed record Mutilated(string Kind, string Origin, string Text);

/// <summary>Mutilates probes, each alone with the members it may call, and drawn programs.</summary>
internal static class Mutilator
{
    private static readonly Lazy<IReadOnlyList<(string Origin, string Text)>> s_probes = new(
        () => [.. Probe.EmbeddedSources.SelectMany(Split)]);

    public static IEnumerable<Mutilated> Draw(int seed, int count)
    {
        Dice dice = new(seed);
        for (int number = 0; number < count; number++)
        {
            (string origin, string text) = Source(dice);
            (string kind, string mutilated) = Mutilate(text, dice);
            yield return new Mutilated(kind, origin, mutilated);
        }
    }

    /// <summary>Every prefix of some sources.</summary>
    public static IEnumerable<Mutilated> EveryPrefix(int seed, int sources)
    {
        Dice dice = new(seed);
        for (int number = 0; number < sources; number++)
        {
            (string origin, string text) = Source(dice);
            for (int length = 0; length < text.Length; length++) yield return new Mutilated("prefix", origin, text[..length]);
        }
    }

    private static (string Origin, string Text) Source(Dice dice)
    {
        if (dice.Chance(0.5)) return dice.Pick(s_probes.Value);
        (int seed, int number) = (dice.Below(int.MaxValue), dice.Below(Kind.All.Count));
        return ($"program {number} of seed {seed}", Drawer.Draw(seed, number).Source("SoftDiff.Fuzz", 0).Text);
    }

    /// <summary>A file for each marked method, without the other marked ones.</summary>
    private static IEnumerable<(string Origin, string Text)> Split(SourceFile file)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(file.Text).GetRoot();
        MethodDeclarationSyntax[] marked =
            [.. root.DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(method => method.AttributeLists.ToString().Contains("[Differentiable", StringComparison.Ordinal))];
        foreach (MethodDeclarationSyntax method in marked)
        {
            yield return (
                $"{file.Path}, {method.Identifier.ValueText}",
                root.RemoveNodes(marked.Where(other => other != method), SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString());
        }
    }

    private static (string Kind, string Text) Mutilate(string text, Dice dice)
    {
        if (dice.Chance(0.25)) return ("prefix", text[..dice.Below(text.Length)]);
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];
        int at = dice.Below(tokens.Length - 1);
        (int start, int end) = (tokens[at].SpanStart, tokens[at].Span.End);
        (int next, int nextEnd) = (tokens[at + 1].SpanStart, tokens[at + 1].Span.End);
        return dice.Below(3) switch
        {
            0 => ("deleted token", text.Remove(start, end - start)),
            1 => ("doubled token", text.Insert(end, " " + tokens[at].Text)),
            _ => ("swapped tokens", text[..start] + text[next..nextEnd] + text[end..next] + text[start..end] + text[nextEnd..]),
        };
    }
}
