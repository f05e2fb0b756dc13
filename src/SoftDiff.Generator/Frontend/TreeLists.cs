using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Trees;

namespace SoftDiff.Generator.Frontend;

// Arrays and lists of objects in parameter trees. What the objects hold stands in arrays with one element or row for each, so the object at an index is
// made of loads and views at that index.
internal sealed partial class FunctionLowering
{
    private TreeObjects EnterList(ITypeSymbol collection, ProductType list, Queue<Parameter> leaves)
    {
        var element = collection is IArrayTypeSymbol array ? array.ElementType : ((INamedTypeSymbol)collection).TypeArguments[0];
        var cells = list.Leaves.ToList().Select(_ => leaves.Dequeue().Value).Select(leaf => Keep(EnterLeaf(leaf), leaf.Name)).ToImmutableArray();
        return new TreeObjects(collection, (INamedTypeSymbol)Types.Resolve(element), list, cells);
    }

    /// <summary>The number of objects.</summary>
    private Value CountOf(TreeObjects list)
    {
        var count = _point.Values.Fresh(ScalarType.Int32);
        _point.Block.Add(new Evaluate(count, ListedObjects.Count(list.Listed, "{0}"), ImmutableArray.Create(_point.Env.Get(list.Cells[0])!), ObjectEffect.None));
        _arrays.AddCount(count);
        return count;
    }

    /// <summary>The object at an index.</summary>
    private MadeObject ObjectIn(TreeObjects list, Operand index, IOperation at)
    {
        var held = new Queue<Operand>(list.Cells.Select(cell => _point.Env.Get(cell)!));
        var item = _point.Values.Fresh(ObjectTypes.Of(list.Class, Types));
        _point.Block.Add(new Evaluate(item, "{0}[{1}]", ImmutableArray.Create(held.Dequeue(), index), ObjectEffect.None));
        return ListedObject(list.Class, list.Listed.Element!, item, held, index, at);
    }

    private MadeObject ListedObject(INamedTypeSymbol type, ProductType tree, Value item, Queue<Operand> held, Operand index, IOperation at)
    {
        var made = new MadeObject(type, new MadeFields { IsFixed = true }) { IsTree = true };
        foreach (var (field, member) in TreeTypes.Fields(type).Zip(tree.Members, (field, member) => (field, member)))
        {
            if (Listed(field, member, item, held, index, at) is { } value) _point.Env.Set(made.Fields[TreeTypes.Variable(field)], value);
        }

        return made;
    }

    /// <summary>What a member of one object holds; null for what has no place in a variable.</summary>
    private Operand? Listed(IFieldSymbol field, ProductMember member, Value item, Queue<Operand> held, Operand index, IOperation at)
    {
        switch (member.Type)
        {
            case ScalarType { IsFloat: true }:
                return _point.Block.Load(held.Dequeue(), index);
            case ArrayType { Element.IsFloat: true } array:
                var row = new RowPlace((Jagged)held.Dequeue(), index, at).Read(this);
                if (!array.IsMatrix) return row;
                var lengths = Enumerable.Range(0, array.Rank).Select(_ => _point.Block.Load(held.Dequeue(), index)).ToList();
                lengths.ForEach(_arrays.AddCount);
                return new Matrix(new MatrixType(array.Element, array.Rank), row, lengths.ToImmutableArray<Operand>());
            case ProductType { IsObject: true } inner when ReadListed(field, item, at) is Value part:
                return ListedObject((INamedTypeSymbol)Types.Resolve(field.Type), inner, part, held, index, at);
            case ProductType { IsObject: false } value when ReadListed(field, item, at) is Product constants:
                return Composite.Map(constants, leaf => leaf.Type.IsFloat ? _point.Block.Load(held.Dequeue(), index) : leaf);
            default:
                return ReadListed(field, item, at);
        }
    }

    /// <summary>What C# reads from a member of an object. Trees do not change, so it may be read at any time.</summary>
    private Operand ReadListed(IFieldSymbol field, Value item, IOperation at)
    {
        var member = field.AssociatedSymbol ?? field;
        var getter = (member as IPropertySymbol)?.GetMethod;
        var isNamed = TreeTypes.Variable(field) is not IParameterSymbol && _module.IsAccessible(member, field.ContainingType)
            && (getter is null || _module.IsAccessible(getter));
        var hidden = isNamed ? null : Hidden(field);
        if (!isNamed && hidden is null) return ReportInaccessible(at, member);
        var text = isNamed ? "{0}." + Identifiers.Escape(member.Name) : HiddenField.Expression;
        return Evaluated(at, field.Type, text, ImmutableArray.Create<Operand>(item), ObjectEffect.None, isWhole: false, hidden);
    }

    /// <summary>The list that an expression names; null if it names none.</summary>
    private TreeObjects? TreeList(IOperation operation) => Kept(Unconverted(operation)) as TreeObjects;

    /// <summary>Whether an expression names an object of a list, or an object in one that is a part of the tree.</summary>
    private bool IsListed(IOperation operation) => Unconverted(operation) switch
    {
        IArrayElementReferenceOperation element => TreeList(element.ArrayReference) is not null,
        IImplicitIndexerReferenceOperation element => TreeList(element.Instance) is not null,
        IPropertyReferenceOperation { Instance: { } instance, Arguments.Length: 1 } => TreeList(instance) is not null,
        IMemberReferenceOperation { Instance: { } instance, Type: { } type } => IsTakenApart(type) && IsListed(instance),
        _ => false,
    };

    /// <summary>An element of the list.</summary>
    private MadeObject ReadListed(IOperation element, TreeObjects list)
    {
        var index = element switch
        {
            IArrayElementReferenceOperation array => array.Indices[0],
            IPropertyReferenceOperation property => property.Arguments[0].Value,
            _ => ((IImplicitIndexerReferenceOperation)element).Argument,
        };
        return ObjectIn(list, LowerIndex(index, () => CountOf(list)), element);
    }

    /// <summary>A property of the list itself.</summary>
    private Operand ReadListed(IPropertyReferenceOperation member, TreeObjects list) => member.Property.Name switch
    {
        "Length" or "Count" => CountOf(list),
        "LongLength" => ConvertTo(CountOf(list), ScalarType.Int64),
        _ => Escapes(member, list),
    };
}
