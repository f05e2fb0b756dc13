namespace SoftDiff.Generator.IR;

/// <summary>
/// A method by which a rule computes a derivative, and how it is differentiated again when a second transform meets a call of it:
/// by a rule of its own, by its body, or not at all.
/// </summary>
/// <param name="Name">The C# name, ready to call.</param>
internal sealed record RuleMethod(string Name)
{
    /// <summary>The method's own rule.</summary>
    public CustomRule? Rule { get; init; }

    /// <summary>The function of the module that the method's body was lowered to.</summary>
    public string? Callee { get; init; }

    /// <summary>Why it has neither and what to write so that it has; null also where nobody has asked yet.</summary>
    public string? Missing { get; init; }
}
