namespace SoftDiff.Generator.IR;

/// <summary>A containing type as its partial declaration repeats it: <c>partial {Keyword} {Name}{TypeParameters}</c>.</summary>
/// <param name="Keyword">class, struct, record, record struct or interface.</param>
/// <param name="Name">The escaped identifier.</param>
/// <param name="TypeParameters">With angle brackets, or empty.</param>
internal sealed record TypeDeclaration(string Keyword, string Name, string TypeParameters);

/// <summary>A method's signature as C# text, with <c>global::</c> names.</summary>
/// <param name="Start">Modifiers, return type, name and type parameters.</param>
/// <param name="Parameters">The parameters with their modifiers.</param>
/// <param name="Constraints">The <c>where</c> clauses, or empty.</param>
internal sealed record MethodHeader(string Start, ImmutableArray<string> Parameters, string Constraints);

/// <summary>Everything about a method's surroundings that the emitted file repeats, as text.</summary>
/// <param name="HintName">Unique file name, ending in <c>.g.cs</c>.</param>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Types">Containing types, outermost first.</param>
/// <param name="Accessibility">Modifiers of the companions: <c>public</c>, <c>private</c>, <c>protected internal</c> …</param>
/// <param name="TypeParameters">The method's own, with angle brackets, or empty.</param>
/// <param name="Constraints">The method's <c>where</c> clauses, with <c>global::</c> names, or empty.</param>
/// <param name="Cref">The method as a documentation reference, for example <c>Huber(double, double)</c>.</param>
/// <param name="DisplayName">Namespace, types and name, for comments.</param>
/// <param name="Fingerprint">A hash of the method's tokens.</param>
/// <param name="ReservedNames">Names that locals must not take: members of the containing types, identifiers of the body, in ordinal order.</param>
internal sealed record Declaration(
    string HintName,
    string Namespace,
    ImmutableArray<TypeDeclaration> Types,
    string Accessibility,
    string TypeParameters,
    string Constraints,
    string Cref,
    string DisplayName,
    string Fingerprint,
    ImmutableArray<string> ReservedNames)
{
    /// <summary>How the line of a warning starts. The analyzer finds by it that there is something to report.</summary>
    public const string WarningMark = "// Warning: ";

    /// <summary>Whether the method has a receiver, which its companions then have too.</summary>
    public bool IsInstance { get; init; }

    /// <summary>The signature of a declared transformation as the implementing part repeats it; null for a method that gets companions.</summary>
    public MethodHeader? Header { get; init; }

    /// <summary>The documentation of the method; null if it has none.</summary>
    public Documentation? Documentation { get; init; }

    /// <summary>The ids of the warnings about the method, for the second line of the generated file.</summary>
    public ImmutableArray<string> Warnings { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>
    /// The first line of the generated file. The analyzer recognises by it that the file belongs to this text of the method.
    /// </summary>
    public string Title => (Header is null ? "derivatives of " : "body of ") + DisplayName + ", source " + Fingerprint;
}
