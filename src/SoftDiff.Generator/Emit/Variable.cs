using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Emit;

/// <summary>A C# variable and the values that live in it, one after the other.</summary>
internal sealed class Variable
{
    public Variable(Value first) => Values.Add(first);

    public List<Value> Values { get; } = new();

    public string Name { get; set; } = "";

    /// <summary>The function's parameter it is, if it is one.</summary>
    public Parameter? Parameter { get; set; }

    /// <summary>The C# name as written.</summary>
    public string Text => Identifiers.Escape(Name);

    public string Type => TypeNames.OfLocal(Values[0].Type);

    /// <summary>The operation before or at which it is declared.</summary>
    public Node? DeclaredAt { get; set; }

    public bool IsDeclared { get; set; }

    public string? UserName => Parameter?.Name ?? Values.FirstOrDefault(v => v.IsUserNamed)?.Name;
}
