namespace SoftDiff.Generator.Emit;

/// <summary>A C# variable and the values that live in it, one after the other.</summary>
internal sealed class Variable
{
    private readonly ValueSet _members;
    private readonly ValueSet _conflicts;

    /// <param name="first">The first value that lives in it.</param>
    /// <param name="members">The set of that value.</param>
    /// <param name="conflicts">The values that may not live in it as well.</param>
    public Variable(Value first, ValueSet members, ValueSet conflicts)
    {
        Values.Add(first);
        _members = members;
        _conflicts = conflicts;
    }

    public List<Value> Values { get; } = new();

    public bool ConflictsWith(Variable other) => _conflicts.Overlaps(other._members) || other._conflicts.Overlaps(_members);

    /// <summary>Takes over another variable's values.</summary>
    public void Append(Variable other)
    {
        Values.AddRange(other.Values);
        Join(other);
    }

    /// <summary>Takes over another variable's values, which come first.</summary>
    public void Prepend(Variable other)
    {
        Values.InsertRange(0, other.Values);
        Join(other);
    }

    private void Join(Variable other)
    {
        _members.UnionWith(other._members);
        _conflicts.UnionWith(other._conflicts);
        Parameter ??= other.Parameter;
    }

    public string Name { get; set; } = "";

    /// <summary>The function's parameter it is, if it is one.</summary>
    public Parameter? Parameter { get; set; }

    /// <summary>The C# expression for a part of a parameter; null for a variable of its own.</summary>
    public string? PartText { get; set; }

    /// <summary>The C# name as written.</summary>
    public string Text => PartText ?? Identifiers.Escape(Name);

    public string Type => TypeNames.OfLocal(Values[0].Type);

    /// <summary>The operation before or at which it is declared.</summary>
    public Node? DeclaredAt { get; set; }

    public bool IsDeclared { get; set; }

    public string? UserName => Parameter?.Name ?? Values.FirstOrDefault(v => v.IsUserNamed)?.Name;
}
