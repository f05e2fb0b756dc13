using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>The type of objects that a method makes and keeps. The IR has no such type.</summary>
internal sealed record MadeType : IrType
{
    public static readonly MadeType Instance = new();
}

/// <summary>An object that a method makes and keeps to itself. All names for it are one operand.</summary>
/// <param name="DeclaredType">Its type.</param>
internal abstract record KeptObject(ITypeSymbol DeclaredType) : FrontendValue(MadeType.Instance);

/// <summary>
/// An object that a method makes and keeps to itself. Its fields are variables of the frontend, so the IR sees their values only. All names
/// for it are one operand.
/// </summary>
/// <param name="Of">Its type, which says which methods run.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record MadeObject(INamedTypeSymbol Of, MadeFields Fields) : KeptObject(Of)
{
    /// <summary>
    /// Whether it is an object of the caller's: a parameter that is differentiated. Its members are not assigned, and it may be of a derived class.
    /// </summary>
    public bool IsTree { get; init; }
}

/// <summary>The variables that hold the fields of one object. Equal only to itself.</summary>
internal sealed class MadeFields
{
    private readonly Dictionary<ISymbol, MadeField> _fields = new(SymbolEqualityComparer.Default);

    /// <summary>The variable for a field, or for a parameter of a primary constructor that methods use.</summary>
    public MadeField this[ISymbol symbol] =>
        _fields.TryGetValue(symbol.OriginalDefinition, out var known) ? known : _fields[symbol.OriginalDefinition] = new MadeField(symbol) { IsFixed = IsFixed };

    /// <summary>Whether the object stands for one of several, depending on the path.</summary>
    public bool IsJoined { get; init; }

    /// <summary>Whether the object is one of a parameter tree, which does not change.</summary>
    public bool IsFixed { get; init; }

    /// <summary>The fields and parameters that have a variable.</summary>
    public IEnumerable<ISymbol> Symbols => _fields.Keys;

    public bool Has(ISymbol symbol) => _fields.ContainsKey(symbol.OriginalDefinition);

    /// <summary>Variables for the same fields of another object, each with the one here.</summary>
    public IEnumerable<(MadeField Old, MadeField New)> CopyTo(MadeFields other) =>
        _fields.Select(field => (field.Value, other[field.Key])).ToList();
}

/// <summary>The variable that holds a field of an object.</summary>
internal sealed class MadeField(ISymbol symbol)
{
    public ISymbol Symbol { get; } = symbol;

    /// <summary>Whether it holds one value for as long as the method runs.</summary>
    public bool IsFixed { get; init; }

    /// <summary>The field's name as that of a variable.</summary>
    public string Name { get; } = Plain(symbol is IFieldSymbol { AssociatedSymbol: { } property } ? property.Name : symbol.Name);

    private static string Plain(string name)
    {
        var bare = name.TrimStart('_');
        return bare.Length == 0 ? name : char.ToLowerInvariant(bare[0]) + bare.Substring(1);
    }
}
