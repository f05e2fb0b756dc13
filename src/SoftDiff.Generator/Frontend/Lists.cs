using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Lists of numbers that the method makes and keeps: an array and a count. StorageSizes finds how long the array must be when the function is lowered.
internal sealed partial class FunctionLowering
{
    private const string Lists =
        "use Add, AddRange, Insert, RemoveAt, Clear, ToArray, Count, elements, foreach and queries of a list, or work on the array that ToArray gives";

    /// <summary>The lists that enclosing loops enumerate.</summary>
    private readonly List<MadeList> _enumerated = new();

    /// <summary>The list, if the expression names one that the method has made; nothing is evaluated.</summary>
    private MadeList? List(IOperation? operation) => Kept(operation) as MadeList;

    private Operand MakeList(IOperation creation)
    {
        var type = (INamedTypeSymbol)Types.Resolve(creation.Type!);
        var given = creation is IObjectCreationOperation { Arguments: { Length: 1 } arguments } ? arguments[0].Value : null;
        var isCapacity = given?.Type?.SpecialType == SpecialType.System_Int32;
        var capacity = isCapacity ? Lower(given!) : null;
        var room = _point.Values.Fresh(ScalarType.Int32);
        var numbers = _arrays.Allocate(Types.Scalar(type.TypeArguments[0])!, room);
        var list = new MadeList(type, numbers, Keep(Constants.Int(0), "count"));
        _growing[numbers] = (new GrowingList(numbers, room, new HashSet<Value>()), creation);
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

    private Operand CountOf(MadeList list) => _point.Env.Get(list.Count)!;

    private Value Minus(Operand a, Operand b) => _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, a, b);

    private void Append(MadeList list, Operand number)
    {
        var count = CountOf(list);
        _point.Block.Add(new Store(list.Numbers, count, ConvertTo(number, ((ArrayType)list.Numbers.Type).Element)));
        Grow(list, Constants.Int(1));
    }

    /// <summary>Appends the numbers of an array, of a list or of a query.</summary>
    private void AppendAll(MadeList list, IOperation source, IOperation at)
    {
        var other = List(source);
        var numbers = other is not null ? _arrays.View(other.Numbers, Constants.Int(0), CountOf(other))
            : Types.Array(Unconverted(source).Type!) is not null ? LowerArray(Unconverted(source)) : null;
        if (numbers is null)
        {
            if (SequenceIn(Lower(source), source) is not { } sequence) return;
            Enumerate(sequence, Enumerating.For(at), number => Append(list, number));
            return;
        }

        var length = other is null ? _arrays.LengthOf(numbers) : CountOf(other);
        _arrays.AddCopy(numbers, _arrays.View(list.Numbers, CountOf(list), length));
        Grow(list, length);
    }

    private void Grow(MadeList list, Operand by)
    {
        var count = _point.Block.Compute(ScalarType.Int32, Opcode.Add, CountOf(list), by);
        ((GrowingList)_growing[list.Numbers].Storage).Counts.Add(count);
        SetCount(list, count);
    }

    private void SetCount(MadeList list, Value count)
    {
        _arrays.AddCount(count);
        _point.Env.Set(list.Count, count);
    }

    private Operand ReadList(IPropertyReferenceOperation member, MadeList list) =>
        member.Property.Name == "Count" ? CountOf(list)
        : member.Arguments.Length == 1 && ListPlace(member, list) is { } element ? element.Read(this)
        : Unsupported(member, Lists);

    /// <summary>An element of a list; null if the expression is none, which was reported.</summary>
    private ElementPlace? ListPlace(IOperation element, MadeList list)
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
        RequireIndex(at, CountOf(list));
        return new ElementPlace(list.Numbers, at);
    }

    private const string Unchanged = "do not change a list while it is enumerated, as C# would throw; loop over its indices";

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

    private Operand? LowerListCall(IInvocationOperation call, MadeList list)
    {
        var (name, args) = (call.TargetMethod.Name, call.Arguments.Select(a => a.Value).ToList());
        if (name is "Add" or "AddRange" or "Insert" or "RemoveAt" or "Clear" && _enumerated.Contains(list)) return Unsupported(call, Unchanged);
        switch (name, args.Count)
        {
            case ("Add", 1):
                Append(list, Lower(args[0]));
                return null;
            case ("AddRange", 1):
                AppendAll(list, args[0], call);
                return null;
            case ("Insert", 2):
                Insert(list, Lower(args[0]), Lower(args[1]));
                return null;
            case ("RemoveAt", 1):
                RemoveAt(list, Lower(args[0]));
                return null;
            case ("Clear", 0):
                _point.Env.Set(list.Count, Constants.Int(0));
                return null;
            case ("ToArray", 0):
                return _arrays.CopyOf(_arrays.View(list.Numbers, Constants.Int(0), CountOf(list)));
            default:
                return Unsupported(call, Lists);
        }
    }

    private void Insert(MadeList list, Operand index, Operand number)
    {
        var count = CountOf(list);
        var isOutside = _point.Block.Compute(ScalarType.Bool, Opcode.BitOr, Less(index, Constants.Int(0)), Less(count, index));
        Refuse(isOutside, "new global::System.ArgumentOutOfRangeException(\"index\", \"Index must be within the bounds of the List.\")");
        var (rest, next) = (Minus(count, index), _arrays.Sum(index, Constants.Int(1)));
        _arrays.AddCopy(_arrays.View(list.Numbers, index, rest), _arrays.View(list.Numbers, next, rest));
        _point.Block.Add(new Store(list.Numbers, index, ConvertTo(number, ((ArrayType)list.Numbers.Type).Element)));
        Grow(list, Constants.Int(1));
    }

    private void RemoveAt(MadeList list, Operand index)
    {
        var count = CountOf(list);
        RequireIndex(index, count);
        var fewer = Minus(count, Constants.Int(1));
        var isLast = index is Value value && _point.Block.Find(value) is Compute { Code: Opcode.Subtract } last && last.Args.SequenceEqual(new[] { count, Constants.Int(1) });
        if (!isLast)
        {
            var rest = Minus(fewer, index);
            _arrays.AddCopy(_arrays.View(list.Numbers, _arrays.Sum(index, Constants.Int(1)), rest), _arrays.View(list.Numbers, index, rest));
        }

        SetCount(list, fewer);
    }

    /// <summary><c>foreach</c> over a list.</summary>
    private void LowerForEachNumber(IForEachLoopOperation loop, MadeList list, ILocalSymbol variable)
    {
        _enumerated.Add(list);
        LowerCounted(loop, loop.Body, null, Constants.Int(0), CountOf(list), 1, false, loop.ExitLabel, loop.ContinueLabel, index =>
        {
            Operand number = _point.Block.Load(list.Numbers, index);
            if (Types.Scalar(variable.Type) is { } type) number = ConvertTo(number, type);
            _point.Env.Set(variable, Named(number, variable.Name));
        });
        _enumerated.RemoveAt(_enumerated.Count - 1);
    }

    /// <summary>The numbers of a list as a sequence: those that it has when the sequence is enumerated.</summary>
    private Sequence ElementsOf(MadeList list) => new(SequenceKind.Array, ImmutableArray.Create<object>(Keep(list, "source")), ImmutableArray<Operand>.Empty)
    {
        Element = list.Of.TypeArguments[0],
    };

    private IEnumerable<MadeList> ListsIn(Sequence sequence) => sequence.Cells.Select(cell => _point.Env.Get(cell)).OfType<MadeList>()
        .Concat(sequence.Parts.OfType<Sequence>().SelectMany(ListsIn));
}
