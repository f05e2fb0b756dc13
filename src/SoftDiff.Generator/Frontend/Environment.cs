using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

/// <summary>A variable of the frontend's own: whether a jump was taken, what the method returns.</summary>
internal sealed class Slot
{
}

/// <summary>A part of what a variable holds, where that is an array in parts. Branches merge each part, and loops carry it, like a variable of its own.</summary>
internal sealed record Part(object Variable, int Index);

/// <summary>Maps each variable to its value at the current point. It is copied where control flow splits.</summary>
internal sealed class Environment
{
    private readonly Dictionary<object, Operand> _values;

    /// <summary>Some array in parts of each variable that has held one, for all copies.</summary>
    private readonly Dictionary<object, PartedArray> _parted;

    public Environment() => (_values, _parted) = (new Dictionary<object, Operand>(Comparer.Instance), new Dictionary<object, PartedArray>(Comparer.Instance));

    private Environment(Environment from) =>
        (_values, _parted) = (new Dictionary<object, Operand>(from._values, Comparer.Instance), from._parted);

    /// <summary>Nothing after this point runs: the path threw.</summary>
    public bool IsDead { get; set; }

    /// <summary>The arrays that may be null and are known not to be at this point.</summary>
    public ImmutableHashSet<Operand> NotNull { get; set; } = ImmutableHashSet<Operand>.Empty;

    public Environment Copy() => new(this) { IsDead = IsDead, NotNull = NotNull };

    public bool TryGet(object variable, out Operand value) => _values.TryGetValue(variable, out value!);

    /// <summary>What a variable, or a part of one, holds; null if nothing, or if it has parts.</summary>
    public Operand? Held(object variable) => _values.TryGetValue(variable, out var value) ? value : null;

    /// <summary>What a variable holds, put together from its parts; null if nothing.</summary>
    public Operand? Get(object variable)
    {
        if (!_parted.TryGetValue(variable, out var array) || Held(new Part(variable, 0)) is null) return Held(variable);
        return array.With(array.Parts.Select((_, i) => Held(new Part(variable, i))!).ToImmutableArray());
    }

    public void Set(object variable, Operand value)
    {
        if (value is not PartedArray array)
        {
            _values[variable] = value;
            return;
        }

        _parted[variable] = array;
        for (var i = 0; i < array.Parts.Length; i++) _values[new Part(variable, i)] = array.Parts[i];
    }

    public void Forget(Slot variable) => _values.Remove(variable);

    /// <summary>Continues with the state at the end of another path.</summary>
    public void Become(Environment other)
    {
        (IsDead, NotNull) = (other.IsDead, other.NotNull);
        foreach (var value in other._values) _values[value.Key] = value.Value;
    }

    /// <summary>
    /// Forgets the variables that another environment does not have, but for those that others may hold: fields of objects, and variables of delegates.
    /// </summary>
    public void Restrict(Environment to)
    {
        foreach (var variable in _values.Keys.Where(v => FieldOf(v) is null && WholeOf(v) is not Cell && !to._values.ContainsKey(v)).ToList()) _values.Remove(variable);
    }

    /// <summary>The variables that hold something, those with parts as their parts.</summary>
    public IEnumerable<object> Variables => _values.Keys;

    /// <summary>The user's variable, also of a part; null for a variable of the frontend's own.</summary>
    public static ISymbol? SymbolOf(object variable) => WholeOf(variable) as ISymbol;

    /// <summary>The field of an object that the method made, also of a part; null for any other variable.</summary>
    public static MadeField? FieldOf(object variable) => WholeOf(variable) as MadeField;

    /// <summary>A name for a variable or a part of one; empty if the user has given it none. (A type stands for <c>this</c> in its members.)</summary>
    public string NameOf(object variable)
    {
        var name = WholeOf(variable) switch { ITypeSymbol => null, ISymbol symbol => symbol.Name, MadeField field => field.Name, Cell cell => cell.Name, _ => null };
        return name is null ? "" : variable is Part part ? _parted[part.Variable].NameOf(part.Index, name) : name;
    }

    private static object WholeOf(object variable) => variable is Part part ? part.Variable : variable;

    /// <summary>Compares variables.</summary>
    public static IEqualityComparer<object> Keys => Comparer.Instance;

    private sealed class Comparer : IEqualityComparer<object>
    {
        public static readonly Comparer Instance = new();

        public new bool Equals(object? x, object? y) =>
            ReferenceEquals(x, y) || (x is ISymbol a && y is ISymbol b && SymbolEqualityComparer.Default.Equals(a, b))
            || (x is Part p && y is Part q && p.Index == q.Index && Equals(p.Variable, q.Variable));

        public int GetHashCode(object obj) => obj switch
        {
            ISymbol symbol => SymbolEqualityComparer.Default.GetHashCode(symbol),
            Part part => unchecked(GetHashCode(part.Variable) * 31 + part.Index),
            _ => obj.GetHashCode(),
        };
    }
}
