using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Trees;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Parameter trees in the body of the method: objects whose fields are variables, as those of objects that the method makes.
internal sealed partial class FunctionLowering
{
    /// <summary>The arrays among the leaves: those of matrices and arrays of arrays as their elements.</summary>
    private readonly HashSet<Operand> _leaves = new();

    /// <summary>The object whose leaves are the next parameters.</summary>
    private MadeObject EnterTree(INamedTypeSymbol type, ProductType tree, Queue<Parameter> leaves)
    {
        var made = new MadeObject(type, new MadeFields { IsFixed = true }) { IsTree = true };
        foreach (var (field, member) in TreeTypes.Fields(type).Zip(tree.Members, (field, member) => (field, member)))
        {
            _point.Env.Set(made.Fields[TreeTypes.Variable(field)], member.Type switch
            {
                ProductType { IsTree: true } inner => EnterTree((INamedTypeSymbol)Types.Resolve(field.Type), inner, leaves),
                ProductType { IsList: true } list => EnterList(Types.Resolve(field.Type), list, leaves),
                ProductType value => Composite.Map(Constants.Default(value), _ => leaves.Dequeue().Value),
                _ => EnterLeaf(leaves.Dequeue().Value),
            });
        }

        return made;
    }

    private Operand EnterLeaf(Value value)
    {
        var entered = Entered(value);
        if (value.Type is ArrayType) _leaves.Add(PartedArray.Storage(entered));
        return entered;
    }

    /// <summary>Whether a derived class may have another body for the member of an object that comes from the caller.</summary>
    private static bool IsOpen(MadeObject made, ISymbol member, IOperation reference)
    {
        if (!made.IsTree || made.Of.IsSealed || member is IFieldSymbol || IsThroughBase(reference)) return false;
        return member.ContainingType.TypeKind == TypeKind.Interface
            || ((member.IsVirtual || member.IsAbstract || member.IsOverride) && !member.IsSealed && !member.ContainingType.IsSealed);
    }

    private Operand RefuseOpen(IOperation reference, MadeObject made) => Fail(
        Descriptors.InstanceCall, reference, SourceLines.Short(reference.Syntax),
        $"a class derived from '{made.Of.Name}' may have another body for it; seal '{made.Of.Name}', or let the member not be virtual");

    /// <summary>Whether the array is a leaf of a tree, which the method must not write.</summary>
    private bool IsOfTree(Operand array) =>
        _leaves.Count > 0 && _arrays.Locate(array) is { } located && located.Roots.Any(root => _leaves.Contains(root.Array));
}
