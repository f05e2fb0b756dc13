using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The type of sequences, <c>IEnumerable&lt;T&gt;</c>. The IR has no such type: how a sequence is made must be known where it is enumerated.
/// </summary>
internal sealed record SequenceType : StaticType
{
    public static readonly SequenceType Instance = new();
}

/// <summary>How the elements of a sequence are found.</summary>
internal enum SequenceKind
{
    /// <summary>Those of an array.</summary>
    Array,

    /// <summary>Those of a collection that is a constant.</summary>
    Objects,

    /// <summary>So many integers from a start on.</summary>
    Range,

    /// <summary>One value, so many times.</summary>
    Repeat,

    /// <summary>What a function returns for each element.</summary>
    Select,

    /// <summary>The elements for which a function returns true.</summary>
    Where,

    /// <summary>The elements of all the sequences that a function returns.</summary>
    SelectMany,

    /// <summary>What a function returns for each pair of elements; without function the pairs.</summary>
    Zip,

    /// <summary>All but the first elements, a given number of them.</summary>
    Skip,

    /// <summary>The first elements, a given number of them.</summary>
    Take,
}

/// <summary>A sequence as LINQ describes it: nothing is computed until something enumerates it.</summary>
/// <param name="Kind">How its elements are found.</param>
/// <param name="Cells">The variables that it was made of: an array, a start, a number.</param>
/// <param name="Parts">The sequences and functions that it was made of.</param>
internal sealed record Sequence(SequenceKind Kind, ImmutableArray<object> Cells, ImmutableArray<Operand> Parts)
    : FrontendValue(SequenceType.Instance)
{
    /// <summary>The type of the function, if it has one.</summary>
    public ITypeSymbol? FunctionType { get; init; }

    /// <summary>The type of the function by which SelectMany makes an element of a pair; null if it has none.</summary>
    public ITypeSymbol? PairFunctionType { get; init; }

    /// <summary>The type of the elements of an array or a collection.</summary>
    public ITypeSymbol? Element { get; init; }

    /// <summary>How C# asks the collection for the number of its elements; null if they have no positions.</summary>
    public string? Length { get; init; }

    /// <summary>The sequence from which it takes its elements.</summary>
    public Sequence Source => (Sequence)Parts[0];

    /// <summary>The function; null if it has none.</summary>
    public Closure? Function => Parts.OfType<Closure>().FirstOrDefault();

    /// <summary>Whether the function also takes the position of the element.</summary>
    public bool TakesPosition { get; init; }

    /// <summary>The kind, for the key of a function that gets the sequence.</summary>
    public string Key => Kind + (TakesPosition ? "#" : "") + NameOf(Element) + Length + NameOf(FunctionType) + NameOf(PairFunctionType);

    /// <summary>Whether both give the same elements: they are made in the same way of the same variables.</summary>
    public bool Equals(Sequence? other) =>
        other is not null && Key == other.Key && Cells.SequenceEqual(other.Cells, Environment.Keys) && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => (int)Kind;

    /// <summary>The type of the elements of a sequence type; null for any other type.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence
            ? sequence.TypeArguments[0]
            : null;

    private static string? NameOf(ITypeSymbol? type) => type?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
