namespace SoftDiff.Generator.IR;

/// <summary>Names that transforms give to values, collected while they build and applied at the end.</summary>
internal sealed class Naming
{
    private readonly Dictionary<Value, string> _names = new();

    /// <summary>Gives a nameless value a name; the first one stays.</summary>
    public void Suggest(Operand operand, string name)
    {
        if (operand is Value value && value.Name.Length == 0 && !_names.ContainsKey(value)) _names[value] = name;
    }

    public Value Apply(Value value) => _names.TryGetValue(value, out var name) ? value with { Name = name } : value;
}
