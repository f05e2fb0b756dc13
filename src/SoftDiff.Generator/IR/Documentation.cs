namespace SoftDiff.Generator.IR;

/// <summary>What the documentation of a method says, as the XML between its tags.</summary>
/// <param name="Summary">The summary.</param>
/// <param name="Parameters">The text of each parameter that has one.</param>
/// <param name="Others">The elements about results and exceptions, whole.</param>
internal sealed record Documentation(string Summary, ImmutableArray<(string Name, string Text)> Parameters, ImmutableArray<string> Others)
{
    /// <summary>Everything, for the comparison of texts.</summary>
    public string Text => Summary + "\n" + string.Join("\n", Parameters.Select(p => p.Name + ": " + p.Text).Concat(Others));

    /// <summary>The text of a parameter; null if it has none.</summary>
    public string? Of(string parameter) => Parameters.Where(p => p.Name == parameter).Select(p => p.Text).FirstOrDefault();
}
