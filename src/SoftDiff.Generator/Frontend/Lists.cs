using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lists of values that the method makes and keeps: an array for each number of a value, and a count. StorageSizes finds how long the arrays must be when
// the function is lowered. Stacks and queues are lists too, which are read from the end or from a place that moves.
internal sealed partial class FunctionLowering
{
    private const string Lists =
        "use Add, AddRange, Insert, RemoveAt, Clear, ToArray, Count, elements, foreach and queries of a list, or work on the array that ToArray gives";
    private const string Unchanged = "do not change a list while it is enumerated, as C# would throw; loop over its indices";

    /// <summary>The lists that enclosing loops enumerate.</summary>
    private readonly List<MadeList> _enumerated = new();

    /// <summary>The list, if the expression names one that the method has made; nothing is evaluated.</summary>
    private MadeList? List(IOperation? operation) => Kept(operation) as MadeList;

    /// <summary>A new list without elements; null if they have no place in one, which is reported.</summary>
    private MadeList? MakeEmptyList(IOperation creation, INamedTypeSymbol type)
    {
        var element = TypeOf(type.TypeArguments[0]);
        var leaves = element is ScalarType number ? ImmutableArray.Create<IrType>(number) : element is ProductType product ? product.Leaves.ToImmutableArray() : default;
        if (leaves.IsDefault)
        {
            Fail(Descriptors.UnsupportedType, creation, type.Spelled(), TypeMapping.Supported);
            return null;
        }

        var room = _point.Values.Fresh(ScalarType.Int32);
        var numbers = _arrays.Allocate((ScalarType)leaves[0], room);
        var columns = leaves.Skip(1).Select(leaf => _arrays.Allocate((ScalarType)leaf, _arrays.LengthOf(numbers))).Prepend(numbers).ToImmutableArray();
        _growing[numbers] = (new GrowingList(numbers, room, new HashSet<Value>()), creation);
        return new MadeList(type, element!, columns, Keep(Constants.Int(0), "count"), type.Name == "Queue" ? Keep(Constants.Int(0), "first") : null);
    }

    private Operand MakeList(IOperation creation)
    {
        var given = creation is IObjectCreationOperation { Arguments: { Length: 1 } arguments } ? arguments[0].Value : null;
        var isCapacity = given?.Type?.SpecialType == SpecialType.System_Int32;
        var capacity = isCapacity ? Lower(given!) : null;
        if (MakeEmptyList(creation, (INamedTypeSymbol)Types.Resolve(creation.Type!)) is not { } list) return Placeholder(creation.Type);
        if (capacity is not null) Refuse(Less(capacity, Constants.Int(0)), "new global::System.ArgumentOutOfRangeException(\"capacity\")");
        else if (given is not null) AppendAll(list, given, creation);
        var items = creation switch
        {
            IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers.Select(add => ((IInvocationOperation)add).Arguments[0].Value),
            ICollectionExpressionOperation collection => collection.Elements,
            _ => Enumerable.Empty<IOperation>(),
        };
        foreach (var item in items)
        {
            if (item is ISpreadOperation spread) AppendAll(list, spread.Operand, creation);
            else Append(list, Lower(item));
        }

        return list;
    }

    private Operand Less(Operand a, Operand b) => _point.Block.Compute(ScalarType.Bool, Opcode.Less, a, b);

    private Operand EndOf(MadeList list) => _point.Env.Get(list.End)!;

    private Operand FirstOf(MadeList list) => list.First is { } first ? _point.Env.Get(first)! : Constants.Int(0);

    private Operand CountOf(MadeList list)
    {
        if (list.First is null) return EndOf(list);
        var count = Minus(EndOf(list), FirstOf(list));
        _arrays.AddCount(count);
        return count;
    }

    private Value Minus(Operand a, Operand b) => _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, a, b);

    /// <summary>The place in the arrays of a value with a position. A stack counts from the last one.</summary>
    private Operand PlaceOf(MadeList list, Operand index) =>
        list.IsStack ? Minus(Minus(EndOf(list), Constants.Int(1)), index) : _arrays.Sum(FirstOf(list), index);

    private Operand ItemAt(MadeList list, Operand index) => ReadItem(list, PlaceOf(list, index));

    private Operand ReadItem(MadeList list, Operand place)
    {
        var numbers = new Queue<Operand>(list.Columns.Select(column => (Operand)_point.Block.Load(column, place)));
        return list.Element is ProductType product ? Product.Build(product, numbers) : numbers.Dequeue();
    }

    private void WriteItem(MadeList list, Operand place, Operand value)
    {
        var numbers = value is Composite composite ? Composite.Leaves(composite).ToList() : new List<Operand> { value };
        foreach (var (column, number) in list.Columns.Zip(numbers, (column, number) => (column, number)))
        {
            _point.Block.Add(new Store(column, place, ConvertTo(number, ((ArrayType)column.Type).Element)));
        }
    }

    private void Append(MadeList list, Operand value)
    {
        WriteItem(list, EndOf(list), value);
        Grow(list, Constants.Int(1));
    }

    /// <summary>Appends the values of an array, of a list or of a query.</summary>
    private void AppendAll(MadeList list, IOperation source, IOperation at)
    {
        if (List(source) is { IsStack: false } other)
        {
            var count = CountOf(other);
            Copy(other, FirstOf(other), list, EndOf(list), count);
            Grow(list, count);
            return;
        }

        if (list.Element is ScalarType && Types.Array(Unconverted(source).Type!) is not null)
        {
            if (LowerArray(Unconverted(source)) is not { } numbers) return;
            var length = _arrays.LengthOf(numbers);
            _arrays.AddCopy(numbers, _arrays.View(list.Numbers, EndOf(list), length));
            Grow(list, length);
            return;
        }

        if (Unconverted(source) is ICollectionExpressionOperation { Elements: var listed } && !listed.Any(item => item is ISpreadOperation))
        {
            foreach (var value in listed.Select(Lower).ToList()) Append(list, value);
            return;
        }

        if (SequenceIn(LowerSequence(source), source) is not { } sequence) return;
        if (ListsIn(sequence).Contains(list)) Unsupported(at, "call ToArray on the query first: C# throws when a list changes that is enumerated");
        else Enumerate(sequence, Enumerating.For(at), value => Append(list, value));
    }

    /// <summary>Copies values, all of them before the first is overwritten.</summary>
    private void Copy(MadeList source, Operand from, MadeList target, Operand to, Operand count)
    {
        foreach (var (column, into) in source.Columns.Zip(target.Columns, (column, into) => (column, into)))
        {
            _arrays.AddCopy(_arrays.View(column, from, count), _arrays.View(into, to, count));
        }
    }

    private void Grow(MadeList list, Operand by)
    {
        var end = _point.Block.Compute(ScalarType.Int32, Opcode.Add, EndOf(list), by);
        ((GrowingList)_growing[list.Numbers].Storage).Counts.Add(end);
        SetEnd(list, end);
    }

    private void SetEnd(MadeList list, Value end)
    {
        _arrays.AddCount(end);
        _point.Env.Set(list.End, end);
    }

    private void Clear(MadeList list)
    {
        _point.Env.Set(list.End, Constants.Int(0));
        if (list.First is { } first) _point.Env.Set(first, Constants.Int(0));
    }

    private Operand ReadList(IPropertyReferenceOperation member, MadeList list) =>
        member.Property.Name == "Count" ? CountOf(list)
        : member.Arguments.Length == 1 && ItemPlace(member, list) is { } item ? item.Read(this)
        : Unsupported(member, list.IsList ? Lists : Stacks);

    private sealed record ListPlace(MadeList List, Operand Index) : AssignablePlace(List.Element)
    {
        public override Operand Read(FunctionLowering lowering) => lowering.ReadItem(List, Index);

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            lowering.WriteItem(List, Index, value);
            return value;
        }
    }

    /// <summary>
    /// An element whose index is checked where the element is read or written. C# does so too: after it has computed the value that is assigned.
    /// </summary>
    private sealed record CheckedPlace(AssignablePlace Item, Operand Index, Func<Operand> Count) : AssignablePlace(Item.Type)
    {
        private Operand? _count;

        public override Operand Read(FunctionLowering lowering)
        {
            Check(lowering);
            return Item.Read(lowering);
        }

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            Check(lowering);
            return Item.Write(lowering, value);
        }

        private void Check(FunctionLowering lowering)
        {
            var count = Count();
            if (!count.Equals(_count)) lowering.RequireIndex(Index, count);
            _count = count;
        }
    }

    /// <summary>An element of a list; null if the expression is none, which was reported.</summary>
    private CheckedPlace? ItemPlace(IOperation element, MadeList list)
    {
        var argument = element switch
        {
            IPropertyReferenceOperation { Arguments: { Length: 1 } arguments } => arguments[0].Value,
            IImplicitIndexerReferenceOperation { Argument: not IRangeOperation and var index } => index,
            _ => null,
        };
        if (argument is null || (_enumerated.Contains(list) && IsTarget(element)))
        {
            Unsupported(element, argument is null ? Lists : Unchanged);
            return null;
        }

        var at = LowerIndex(argument, () => CountOf(list));
        return new CheckedPlace(new ListPlace(list, at), at, () => CountOf(list));
    }

    private static bool IsTarget(IOperation element) => element.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == element,
        IIncrementOrDecrementOperation => true,
        _ => false,
    };

    private void RequireIndex(Operand index, Operand end)
    {
        const string Outside =
            "new global::System.ArgumentOutOfRangeException(\"index\", \"Index was out of range. Must be non-negative and less than the size of the collection.\")";
        Refuse(OutOf(index, end), Outside);
    }

    private Operand OutOf(Operand index, Operand end)
    {
        var isPast = _point.Block.Compute(ScalarType.Bool, Opcode.LessEqual, end, index);
        return _arrays.IsCount(index) ? isPast : _point.Block.Compute(ScalarType.Bool, Opcode.BitOr, Less(index, Constants.Int(0)), isPast);
    }

    /// <summary><c>foreach</c> over a list.</summary>
    private void LowerForEachItem(IForEachLoopOperation loop, Operand count, Func<Operand, Operand> itemAt)
    {
        var info = SemanticModels.Of(_module.Compilation, loop.Syntax.SyntaxTree).GetForEachStatementInfo((CommonForEachStatementSyntax)loop.Syntax);
        LowerCounted(loop, loop.Body, null, Constants.Int(0), count, 1, false, loop.ExitLabel, loop.ContinueLabel, index => Assign(loop, info, itemAt(index)));
    }

    /// <summary>The values of a list as a sequence: those that it has when the sequence is enumerated.</summary>
    private Sequence ElementsOf(MadeList list) => new(SequenceKind.Array, ImmutableArray.Create<object>(Keep(list, "source")), ImmutableArray<Operand>.Empty)
    {
        Element = list.Of.TypeArguments[0],
    };

    private IEnumerable<MadeList> ListsIn(Sequence sequence) => sequence.Cells.Select(cell => _point.Env.Get(cell)).OfType<MadeList>()
        .Concat(sequence.Parts.OfType<Sequence>().SelectMany(ListsIn));
}
