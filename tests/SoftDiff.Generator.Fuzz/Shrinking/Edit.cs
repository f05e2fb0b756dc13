using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace SoftDiff.Generator.Fuzz.Shrinking;

/// <summary>A change of a text: other text in the place of some of it.</summary>
internal sealed record Edit(params TextChange[] Changes)
{
    /// <summary>How many characters go.</summary>
    public int Gain => Changes.Sum(change => change.Span.Length - change.NewText!.Length);

    /// <summary>The text with several edits done, but for those that overlap earlier ones.</summary>
    public static string Apply(string text, IEnumerable<Edit> edits)
    {
        List<TextChange> accepted = [];
        foreach (Edit edit in edits)
        {
            if (edit.Changes.All(change => accepted.All(other => !Touches(other.Span, change.Span)))) accepted.AddRange(edit.Changes);
        }

        StringBuilder result = new(text);
        foreach (TextChange change in accepted.OrderByDescending(change => change.Span.Start))
        {
            result.Remove(change.Span.Start, change.Span.Length).Insert(change.Span.Start, change.NewText);
        }

        return result.ToString();
    }

    private static bool Touches(TextSpan a, TextSpan b) => a.Start <= b.End && b.Start <= a.End;
}
