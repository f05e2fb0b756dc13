using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend.Trees;

/// <summary>
/// The objects in an array or a list of a parameter tree. Neither it nor they change while the method runs, so all names for it are one operand, and an
/// object is made of its numbers wherever one is asked for.
/// </summary>
/// <param name="Collection">The type of the array or list.</param>
/// <param name="Class">The class of the objects.</param>
/// <param name="Listed">What the array or list is in the tree.</param>
/// <param name="Cells">The variables that hold its leaves, in order; the first one holds the array or list itself.</param>
internal sealed record TreeObjects(ITypeSymbol Collection, INamedTypeSymbol Class, ProductType Listed, ImmutableArray<Cell> Cells) : KeptObject(Collection)
{
    public bool Equals(TreeObjects? other) => other is not null && Cells.SequenceEqual(other.Cells);

    public override int GetHashCode() => Cells[0].GetHashCode();
}
