using System.Text;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// A marked method as it travels from one step to the next: IR and text, nothing of Roslyn's. Two specs are equal when their canonical
/// texts are, so whatever the output may depend on must be in that text.
/// </summary>
internal sealed class MethodSpec : IEquatable<MethodSpec>
{
    private readonly string _text;

    public MethodSpec(Declaration declaration, Function signature, Module? module, string? errorId, ImmutableArray<string> takenNames)
    {
        Declaration = declaration;
        Signature = signature;
        Module = module;
        ErrorId = errorId;
        TakenNames = takenNames;
        _text = CanonicalText();
    }

    public Declaration Declaration { get; }

    public Function Signature { get; }

    /// <summary>Null when the method cannot be differentiated as it stands; the companions are then stubs.</summary>
    public Module? Module { get; }

    /// <summary>The first diagnostic's id, when there is one; stubs name it.</summary>
    public string? ErrorId { get; }

    /// <summary>The names of companions that are left out.</summary>
    public ImmutableArray<string> TakenNames { get; }

    public bool Equals(MethodSpec? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as MethodSpec);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    public override string ToString() => _text;

    private string CanonicalText()
    {
        var text = new StringBuilder();
        void Line(string? line) => text.Append(line).Append('\n');

        Line(Declaration.HintName);
        Line(Declaration.Namespace);
        foreach (var type in Declaration.Types) Line(type.Keyword + ' ' + type.Name + type.TypeParameters);
        Line(Declaration.Accessibility + (Declaration.IsInstance ? "" : " static"));
        Line(Declaration.TypeParameters);
        Line(Declaration.Constraints);
        Line(Declaration.Cref);
        Line(Declaration.Title);
        Line(Declaration.Documentation?.Text);
        foreach (var warning in Declaration.Warnings) Line(warning);
        if (Declaration.Header is { } header) Line(header.Start + '(' + string.Join(", ", header.Parameters) + ')' + header.Constraints);
        foreach (var name in Declaration.ReservedNames) Line(name);

        Line(ErrorId);
        Line(string.Join(" ", TakenNames));
        Line(IrText.Print(Signature));
        if (Module is not null) Line(IrText.Print(Module));
        return text.ToString();
    }
}
