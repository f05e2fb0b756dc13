namespace SoftDiff.Generator.IR;

/// <summary>
/// A method by which a rule computes a derivative, and how it is differentiated again when a second transform meets a call of it:
/// by a rule of its own, by its body, as the derivative of what the primal computes, or not at all.
/// </summary>
/// <param name="Name">The C# name, ready to call.</param>
internal sealed record RuleMethod(string Name)
{
    /// <summary>The method's own rule.</summary>
    public CustomRule? Rule { get; init; }

    /// <summary>The function of the module that the method's body was lowered to.</summary>
    public string? Callee { get; init; }

    /// <summary>Whether the <see cref="Callee"/> is called from the first, since no C# method does the same.</summary>
    public bool IsFunction { get; init; }

    /// <summary>The function of the module that computes what the primal does, for a library method without source: the method is its derivative.</summary>
    public string? Body { get; init; }

    /// <summary>What it computes of the <see cref="Body"/>.</summary>
    public RuleMode Mode { get; init; }

    /// <summary>Why it has none of them and what to write so that it has; null also where nobody has asked yet.</summary>
    public string? Missing { get; init; }
}

/// <summary>What a rule's method computes.</summary>
internal enum RuleMode
{
    /// <summary>The value, and what the backward method needs of it.</summary>
    Forward,

    Backward,

    Tangent,
}
