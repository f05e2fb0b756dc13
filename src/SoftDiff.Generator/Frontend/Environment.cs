using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

/// <summary>A variable of the frontend's own: whether a jump was taken, what the method returns.</summary>
internal sealed class Slot
{
}

/// <summary>Maps each variable to its value at the current point. It is copied where control flow splits.</summary>
internal sealed class Environment
{
    private readonly Dictionary<object, Operand> _values;

    public Environment() => _values = new Dictionary<object, Operand>(Comparer.Instance);

    private Environment(Dictionary<object, Operand> values) => _values = new Dictionary<object, Operand>(values, Comparer.Instance);

    /// <summary>Nothing after this point runs: the path threw.</summary>
    public bool IsDead { get; set; }

    /// <summary>The arrays that may be null and are known not to be at this point.</summary>
    public ImmutableHashSet<Operand> NotNull { get; set; } = ImmutableHashSet<Operand>.Empty;

    public Environment Copy() => new(_values) { IsDead = IsDead, NotNull = NotNull };

    public bool TryGet(object variable, out Operand value) => _values.TryGetValue(variable, out value!);

    public Operand? Get(object variable) => _values.TryGetValue(variable, out var value) ? value : null;

    public void Set(object variable, Operand value) => _values[variable] = value;

    /// <summary>Continues with the state at the end of another path.</summary>
    public void Become(Environment other)
    {
        (IsDead, NotNull) = (other.IsDead, other.NotNull);
        foreach (var value in other._values) _values[value.Key] = value.Value;
    }

    /// <summary>Forgets the variables that another environment does not have, but for the fields of objects: others may hold them.</summary>
    public void Restrict(Environment to)
    {
        foreach (var variable in _values.Keys.Where(v => v is not MadeField && !to._values.ContainsKey(v)).ToList()) _values.Remove(variable);
    }

    public IEnumerable<object> Variables => _values.Keys;

    /// <summary>The user's name of a variable; empty if it has none. (A type stands for <c>this</c> in its members.)</summary>
    public static string NameOf(object variable) => variable switch
    {
        ITypeSymbol => "",
        ISymbol symbol => symbol.Name,
        MadeField field => field.Name,
        _ => "",
    };

    private sealed class Comparer : IEqualityComparer<object>
    {
        public static readonly Comparer Instance = new();

        public new bool Equals(object? x, object? y) =>
            ReferenceEquals(x, y) || (x is ISymbol a && y is ISymbol b && SymbolEqualityComparer.Default.Equals(a, b));

        public int GetHashCode(object obj) => obj is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : obj.GetHashCode();
    }
}
