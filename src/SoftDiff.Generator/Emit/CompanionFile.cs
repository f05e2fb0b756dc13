namespace SoftDiff.Generator.Emit;

/// <summary>One method to print.</summary>
/// <param name="Function">Its name, parameters and body.</param>
/// <param name="Summary">One line of documentation, already XML; empty for private helpers.</param>
/// <param name="Accessibility">Modifiers; <c>static</c> is added by the writer.</param>
internal sealed record EmittedMethod(Function Function, string Summary, string Accessibility)
{
    /// <summary>Whether it is a method of an object.</summary>
    public bool IsInstance { get; init; }

    /// <summary>The elements of its documentation after the summary.</summary>
    public ImmutableArray<string> Documentation { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The signature, where the user has declared it; otherwise it follows from the function.</summary>
    public MethodHeader? Header { get; init; }
}

/// <summary>The generated file of one user method, or of one method that several share.</summary>
/// <param name="Title">The content of the file, for the comment on top.</param>
/// <param name="Declaration">The surroundings of the methods.</param>
/// <param name="Methods">The methods.</param>
/// <param name="Others">Methods of other files that they call.</param>
internal sealed record CompanionFile(string Title, Declaration Declaration, ImmutableArray<EmittedMethod> Methods, ImmutableArray<Function> Others)
{
    /// <summary>The project checks integer arithmetic for overflow where the code does not say otherwise.</summary>
    public bool ChecksOverflow { get; init; }
}
