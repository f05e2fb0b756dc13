using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>The type of delegates. The IR has no such type: the code that a delegate runs must be known where it is called.</summary>
internal sealed record DelegateType : StaticType
{
    public static readonly DelegateType Instance = new();
}

/// <summary>
/// Where a captured variable lives after the body that declares it has ended, or in a function that gets it from its caller.
/// </summary>
internal sealed class Cell
{
    public Cell(string name) => Name = name;

    /// <summary>The variable's name.</summary>
    public string Name { get; }
}

/// <summary>A delegate: the code that it runs, and the variables from around that code.</summary>
/// <param name="Code">A lambda, a local function or a method.</param>
/// <param name="Body">The body of a lambda or local function; null for a method.</param>
/// <param name="Types">Maps the type parameters around the code.</param>
/// <param name="Receiver">The object that <c>this</c> is in the code; null if it has none.</param>
/// <param name="Captured">The variables from around the code that it names.</param>
internal sealed record Closure(IMethodSymbol Code, MethodBody? Body, TypeMapping Types, ConstantObject? Receiver, ImmutableArray<ISymbol> Captured)
    : FrontendValue(DelegateType.Instance)
{
    /// <summary>Where captured variables live, if not under their own names.</summary>
    public ImmutableDictionary<ISymbol, object> Cells { get; init; } =
        ImmutableDictionary.Create<ISymbol, object>(SymbolEqualityComparer.Default);

    /// <summary>The key of a captured variable in the environment.</summary>
    public object Home(ISymbol variable) => Cells.TryGetValue(variable, out var cell) ? cell : variable;

    /// <summary>The mapping of type parameters in the body.</summary>
    public TypeMapping TypesInside => Code.MethodKind == MethodKind.AnonymousFunction ? Types : TypeMapping.Of(Code, Types);

    /// <summary>The code, with the types and the object it is used with.</summary>
    public string Key => Declarations.Key(Code.OriginalDefinition) + "<" + TypesInside.Arguments + ">" + Receiver?.Expression;

    public bool Equals(Closure? other) =>
        other is not null && SymbolEqualityComparer.Default.Equals(Code, other.Code) && Key == other.Key
        && Captured.All(variable => Equals(Home(variable), other.Home(variable)));

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Code);
}
