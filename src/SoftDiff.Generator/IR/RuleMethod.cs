namespace SoftDiff.Generator.IR;

/// <summary>
/// A method by which a rule computes a derivative. It also says how a second transform differentiates calls of the method: by a rule of its
/// own, by its body, as the derivative of the primal's body, or not at all.
/// </summary>
/// <param name="Name">The C# name, ready to call.</param>
internal sealed record RuleMethod(string Name)
{
    /// <summary>The method's own rule.</summary>
    public CustomRule? Rule { get; init; }

    /// <summary>The function of the module that the method's body was lowered to.</summary>
    public string? Callee { get; init; }

    /// <summary>Whether calls go to the <see cref="Callee"/> from the start, because no C# method does the same.</summary>
    public bool IsFunction { get; init; }

    /// <summary>
    /// The function of the module with the primal's formula, for a library method without source. The method is a derivative of this
    /// function.
    /// </summary>
    public string? Body { get; init; }

    /// <summary>Which derivative of <see cref="Body"/> the method computes.</summary>
    public RuleMode Mode { get; init; }

    /// <summary>Why it has none of these, and what the user must write. Null if there is no reason, or nobody has asked yet.</summary>
    public string? Missing { get; init; }

    /// <summary>The functions of the module that do its task, or say how it is differentiated.</summary>
    public IEnumerable<string> Functions =>
        new[] { Callee, Body }.OfType<string>().Concat(Rule?.Methods.SelectMany(method => method.Functions) ?? Enumerable.Empty<string>());

    /// <summary>A function of the module that does a rule's task and has no C# name.</summary>
    public static RuleMethod Function(string name) => new("") { Callee = name, IsFunction = true };
}

/// <summary>The task of a rule's method.</summary>
internal enum RuleMode
{
    /// <summary>Computes the value and the residual for the backward method.</summary>
    Forward,

    Backward,

    Tangent,
}
