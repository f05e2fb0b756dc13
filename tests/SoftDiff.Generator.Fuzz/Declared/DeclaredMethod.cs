using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Declared;

/// <summary>A method that the check calls: the drawn one, or a transformation that it declares.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Attribute">What declares it; empty for a method that is there anyway.</param>
/// <param name="Result">The returned type; null for none.</param>
/// <param name="Parameters">Their names, types and how they are passed.</param>
internal sealed record DeclaredMethod(string Name, string Attribute, string? Result, IReadOnlyList<DeclaredParameter> Parameters)
{
    /// <summary>What the returned number is called among those of the parameters; no parameter has this name.</summary>
    public const string Returned = "(returned)";

    /// <summary>The body of a method that the check writes itself.</summary>
    public string? Body { get; init; }

    /// <summary>The declaration; empty for a method that is there anyway.</summary>
    public string Text(bool isGeneric)
    {
        if (Attribute.Length == 0) return "";
        string parameters = string.Join(", ", Parameters.Select(p => p.Declaration));
        string partial = Body is null ? "partial " : "";
        string head = $"public static {partial}{Result ?? "void"} {Name}{(isGeneric ? "<T>" : "")}({parameters})";
        string constraint = isGeneric ? " where T : IFloatingPointIeee754<T>" : "";
        return $"    [{Attribute}]\n    {head}{constraint}{(Body is null ? ";" : "\n    {\n" + Body + "    }")}\n";
    }
}

/// <summary>A parameter of such a method.</summary>
/// <param name="Like">The parameter of the drawn method that has the same length and shape; null where the call decides.</param>
internal sealed record DeclaredParameter(string Name, string Type, PassedAs PassedAs, string? Like)
{
    public bool IsShared { get; init; }

    /// <summary>Whether it is a tensor with one more axis, the first, for the examples.</summary>
    public bool HasExamples { get; init; }

    public bool IsBuffer => PassedAs is PassedAs.ReadOnlySpan or PassedAs.Span or PassedAs.Array || IsTensor;

    public bool IsTensor => PassedAs is PassedAs.ReadOnlyTensor or PassedAs.Tensor;

    /// <summary>The type of the number or of the elements.</summary>
    public string Element => IsBuffer ? ArgumentText.ElementOf(Type) : Type;

    public string Declaration => (IsShared ? "[Shared] " : "") + Modifier + Type + " " + Name;

    public string Passed => Modifier + Name;

    private string Modifier => PassedAs switch
    {
        PassedAs.In => "in ",
        PassedAs.Ref => "ref ",
        PassedAs.Out => "out ",
        _ => "",
    };
}
