using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDiff.Generator.Fuzz.Shrinking;

/// <summary>Makes a text that need not be C# smaller for as long as it fails: pieces of it go, first many tokens at a time, then few (delta debugging).</summary>
internal static class TextShrinker
{
    private const int MostTrials = 2000;

    public static string Shrink(string text, Func<string, bool> fails)
    {
        List<string> tokens = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens(descendIntoTrivia: false).Select(token => token.ToFullString())];
        if (!fails(string.Concat(tokens))) return text;
        int trials = 0;
        for (int size = Math.Max(1, tokens.Count / 2); size >= 1; size /= 2)
        {
            for (int start = 0; start + size <= tokens.Count && trials < MostTrials; trials++)
            {
                List<string> rest = [.. tokens[..start], .. tokens[(start + size)..]];
                if (fails(string.Concat(rest))) tokens = rest;
                else start += size;
            }
        }

        return string.Concat(tokens);
    }
}
